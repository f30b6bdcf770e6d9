"""Values read and written at the desk: nobody's change is lost, a new file is seen."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest

from support import CONTENT
from vanban.app.edit_value import ChangedMeanwhile, read_field, write_field
from vanban.app.figure_sheet import figure_sheet, write_figures
from vanban.app.load import Loaded, load_content
from vanban.desk.state import Desk
from vanban.errors import UsageError
from vanban.io.journal import Stamp

PLAN = Path("2025/ke-hoach.yaml")
AREA = Path("2025/linh-vuc/03-thu-tuc.yaml")
STAMP = Stamp(datetime(2025, 9, 16, tzinfo=UTC), "thử")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    for name, text in CONTENT.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "content"


def test_a_value_is_shown_with_its_label_and_place(content: Path) -> None:
    field = read_field(content, PLAN, ("trich_yeu",))
    assert field.labels == ("Kế hoạch", "Trích yếu")
    assert field.text == "Nâng cao Chỉ số cải cách hành chính năm 2025"
    assert (field.place.line, field.form) == (2, "đoạn chữ")


def test_saving_an_unchanged_value_makes_no_other_value_newer(content: Path) -> None:
    first = read_field(content, PLAN, ("trich_yeu",))
    second = read_field(content, PLAN, ("ngay",))
    path = content / PLAN
    path.write_text(path.read_text().replace("01/8/2025", "02/8/2025", 1), encoding="utf-8")
    version = write_field(content, PLAN, first.keys, first.version, first.text, STAMP)
    with pytest.raises(ChangedMeanwhile) as told:
        write_field(content, PLAN, second.keys, version, "05/8/2025", STAMP)
    assert told.value.now == "02/8/2025"
    assert "02/8/2025" in path.read_text()


def test_letters_in_pieces_say_what_whole_ones_say(content: Path) -> None:
    field = read_field(content, PLAN, ("trich_yeu",))
    path = content / PLAN
    before = path.read_bytes()
    typed = unicodedata.normalize("NFD", f"{field.text} ")
    assert typed.strip() != field.text
    write_field(content, PLAN, field.keys, field.version, typed, STAMP)
    assert path.read_bytes() == before
    path.write_text(path.read_text().replace("01/8/2025", "02/8/2025", 1), encoding="utf-8")
    write_field(content, PLAN, field.keys, field.version, "Khác", STAMP, was=typed)
    assert "trich_yeu: Khác" in path.read_text()


def test_another_value_of_the_file_may_change_meanwhile(content: Path) -> None:
    field = read_field(content, PLAN, ("ngay",))
    path = content / PLAN
    path.write_text(path.read_text().replace("Nâng cao", "Nâng  cao hơn", 1), encoding="utf-8")
    write_field(content, PLAN, ("ngay",), field.version, "05/8/2025", STAMP, field.text)
    assert "05/8/2025" in path.read_text() and "cao hơn" in path.read_text()
    with pytest.raises(ChangedMeanwhile) as told:
        write_field(content, PLAN, ("ngay",), field.version, "06/8/2025", STAMP, field.text)
    assert told.value.now == "05/8/2025"


def test_of_a_newer_file_only_what_was_written_is_known(content: Path) -> None:
    """Otherwise the next save from the same page would write over what it has never shown."""
    day, abstract = (read_field(content, PLAN, (name,)) for name in ("ngay", "trich_yeu"))
    path = content / PLAN
    path.write_text(path.read_text().replace("Nâng cao", "Của người khác", 1), encoding="utf-8")
    version = write_field(content, PLAN, ("ngay",), day.version, "05/8/2025", STAMP, day.text)
    with pytest.raises(ChangedMeanwhile):
        write_field(content, PLAN, ("trich_yeu",), version, "Của tôi", STAMP, abstract.text)
    assert "Của người khác" in path.read_text()


def test_what_others_have_moved_is_not_taken_for_another_item(content: Path) -> None:
    """Nothing at the same place, or the same words, do not tell that it is the same item."""
    path = content / AREA
    field = read_field(content, AREA, ("nhiem_vu", 0, "noi_dung"))
    first = "nhiem_vu:\n"
    path.write_text(path.read_text().replace(first, f"{first}  - {{ma: tthc-09, noi_dung: b}}\n"))
    now = path.read_text()
    with pytest.raises(ChangedMeanwhile):
        keys = ("nhiem_vu", 0, "han")
        write_field(content, AREA, keys, field.version, "15/12/2025", STAMP, was="")
    assert path.read_text() == now


def test_the_version_that_comes_back_is_that_of_what_was_written(content: Path) -> None:
    field = read_field(content, PLAN, ("ngay",))
    version = write_field(content, PLAN, field.keys, field.version, "05/8/2025", STAMP)
    assert version == read_field(content, PLAN, ("ngay",)).version != field.version


def sheet_of(content: Path) -> tuple[Loaded, str]:
    loaded = load_content(content, 2025)
    return loaded, figure_sheet(loaded, "q3").version


@pytest.mark.parametrize(
    ("values", "notes"), [({}, {"so-ky-luat": "của tôi"}), ({"so-ky-luat": ""}, {})]
)
def test_the_note_of_another_is_not_written_over(
    content: Path, values: dict[str, str], notes: dict[str, str]
) -> None:
    path = content / "2025/bao-cao/q3.yaml"
    loaded, version = sheet_of(content)
    path.write_text(path.read_text().replace("Không có}", "của người khác}"), encoding="utf-8")
    was, noted = {"so-ky-luat": "0"}, {"so-ky-luat": "Không có"}
    with pytest.raises(ChangedMeanwhile):
        write_figures(loaded, "q3", version, values, notes, STAMP, was, noted)
    assert "của người khác" in path.read_text()
    now = {"so-ky-luat": "của người khác"}
    write_figures(loaded, "q3", version, values, notes, STAMP, was, now)
    assert "của người khác" not in path.read_text()


def test_of_newer_figures_only_those_written_are_known(content: Path) -> None:
    path = content / "2025/bao-cao/q3.yaml"
    loaded, version = sheet_of(content)
    path.write_text(path.read_text().replace("311", "322"), encoding="utf-8")
    was = {"hs-truc-tuyen": "1204", "hs-truc-tiep": "311"}
    left = write_figures(loaded, "q3", version, {"hs-truc-tuyen": "1"}, {}, STAMP, was)
    with pytest.raises(ChangedMeanwhile):
        write_figures(loaded, "q3", left.version, {"hs-truc-tiep": "2"}, {}, STAMP, was)
    assert "hs-truc-tuyen: 1\n  hs-truc-tiep: 322" in path.read_text()


@pytest.mark.parametrize("keys", [("khong_co",), ("can_cu", 7), ("can_cu",), ()])
def test_only_a_value_that_is_there_is_written(content: Path, keys: tuple[str | int, ...]) -> None:
    version = read_field(content, PLAN, ("ngay",)).version
    with pytest.raises(UsageError):
        write_field(content, PLAN, keys, version, "x", STAMP)


@pytest.mark.parametrize("name", ["2025/soan-thao/hinh/a.png", "2025/linh-vuc/01.yaml"])
def test_a_file_that_comes_is_seen(content: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "templates").mkdir()
    desk = Desk.of(content, 2025, tmp_path / "build")
    before = desk.files_state()
    (content / name).parent.mkdir(parents=True, exist_ok=True)
    (content / name).write_bytes(b"x")
    assert desk.files_state() != before
