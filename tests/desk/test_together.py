"""Many at one desk: nobody waits for what has not changed, and work is done once for all."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor, wait
from multiprocessing import active_children
from pathlib import Path
from threading import Event

import pytest

from support import CONTENT
from vanban.app.year_review import YearReview
from vanban.desk.reviewer import ReviewProcess, review_content
from vanban.desk.reviews import Reviews
from vanban.desk.state import Desk
from vanban.errors import ContentError, MachineError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    for name, text in CONTENT.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    return Desk.of(tmp_path / "content", None, tmp_path / "build")


def change(desk: Desk) -> None:
    path = desk.content / "2025" / "ke-hoach.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")


def test_who_reads_what_has_not_changed_waits_for_nobody(desk: Desk) -> None:
    shown, loaded = desk.show("plan"), desk.loaded()
    assert shown.preview is not None
    with ThreadPoolExecutor() as pool, desk._composing, desk._loading:
        assert pool.submit(desk.show, "plan").result(60) is shown
        assert pool.submit(desk.loaded).result(60) is loaded


def test_a_change_is_composed_once_for_all_who_wait(desk: Desk) -> None:
    before = desk.show("plan")
    change(desk)
    with ThreadPoolExecutor() as pool:
        with desk._composing:
            asked = [pool.submit(desk.show, "plan") for _ in range(8)]
            assert not wait(asked, timeout=0.1).done
        after = {id(each.result(60)) for each in asked}
    assert len(after) == 1 and id(before) not in after


def test_who_waits_for_a_review_takes_one_that_began_after_he_asked(desk: Desk) -> None:
    begun, go_on = Event(), Event()
    made: list[YearReview] = []

    def slow(content: Path, year: int, also: str) -> YearReview:
        begun.set()
        assert go_on.wait(60)
        change(desk)  # somebody else goes on
        made.append(review_content(content, year, also))
        return made[-1]

    reviews = Reviews(desk, slow)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(reviews.year)
        assert begun.wait(60)
        others = [pool.submit(reviews.year) for _ in range(6)]
        assert not wait(others, timeout=0.2).done
        go_on.set()
        assert first.result(60) is made[0]
        assert all(each.result(60) is made[1] for each in others)
    assert len(made) == 2


@pytest.mark.slow
def test_another_process_reviews_alike_and_is_begun_again(desk: Desk) -> None:
    with ReviewProcess() as elsewhere:
        for _ in range(2):
            found = elsewhere.review(desk.content, desk.year, "")
            assert found == review_content(desk.content, desk.year, "")
        (desk.content / "co-quan.yaml").write_text("hỏng: [", encoding="utf-8")
        with pytest.raises(ContentError, match="co-quan"):
            elsewhere.review(desk.content, desk.year, "")
        for process in active_children():
            process.kill()
        with pytest.raises(MachineError, match="đã dừng giữa chừng"):
            elsewhere.review(desk.content, desk.year, "")
        with pytest.raises(ContentError):
            elsewhere.review(desk.content, desk.year, "")


def test_what_is_hidden_or_gone_is_no_content(desk: Desk) -> None:
    before = desk.files_state()
    (desk.content / "2025" / ".vanban-may-1-1-x").mkdir()
    (desk.content / "2025" / ".vanban-may-1-1-x" / "0.new.yaml").write_text("a: 1")
    (desk.content / "2025" / "mat.yaml").symlink_to("khong-co.yaml")
    (desk.content / "2025" / "thu-muc.yaml").mkdir()
    assert desk.files_state() == before
    (desk.content / "2025" / "thu-muc.yaml" / "moi.yaml").write_text("a: 1")
    assert desk.files_state() != before
