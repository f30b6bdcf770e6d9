"""An entry of the register is edited, given another file, taken out; no file is ever lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from evidences import encrypted_pdf, entry, pdf_bytes, picture_bytes, write_evidence
from vanban.app.change_evidence import (
    Changed,
    edit_evidence,
    mark_of,
    remove_evidence,
    replace_evidence,
)
from vanban.app.content_file import ChangedMeanwhile
from vanban.app.load import new_problems
from vanban.app.undo import undo
from vanban.cli import main
from vanban.errors import ContentError, Problem, VanbanError
from vanban.evidence.inspection import check_evidence
from vanban.evidence.new_entry import Request, Values
from vanban.io.journal import Stamp
from vanban.workspace.load import load_workspace
from vanban.workspace.models.evidence import Evidence

STAMP = Stamp(datetime(2025, 9, 16, tzinfo=UTC), "thử")
A, B = pdf_bytes(2), pdf_bytes(3)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    first = entry("1.1.1-01", "a.pdf", trang="1-2", ghi_chu="bản sao")
    first = first.replace("    ghi_chu", "    # ghi của văn thư\n    ghi_chu")
    return write_evidence(tmp_path, (first, entry("1.1.2-01", "b.png")), FILES)


FILES = {"a.pdf": A, "b.png": picture_bytes("PNG")}


def registered(content: Path) -> dict[str, Evidence]:
    workspace = load_workspace(content, 2025)
    assert workspace.evidence is not None
    assert check_evidence(workspace) == []
    return {each.code: each for each in workspace.evidence.evidence}


def snapshot(content: Path) -> dict[str, bytes]:
    files = (path for path in content.rglob("*") if path.is_file())
    return {path.relative_to(content).as_posix(): path.read_bytes() for path in files}


def new_file(content: Path, name: str, data: bytes) -> Request:
    path = content.parent / name
    path.write_bytes(data)
    return Request(path)


def removed(content: Path) -> Changed:
    return remove_evidence(content, 2025, "1.1.1-01", STAMP)


def replaced(content: Path) -> Changed:
    return replace_evidence(content, 2025, "1.1.1-01", new_file(content, "m.pdf", B), STAMP)


def edited(content: Path) -> Changed:
    return edit_evidence(content, 2025, "1.1.1-01", {"ngay": "2/9/2025", "ghi_chu": ""}, STAMP)


CHANGES = (removed, replaced, edited)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_taken_back_to_the_byte(
    content: Path, change: Callable[[Path], Changed]
) -> None:
    before = snapshot(content)
    change(content)
    assert snapshot(content) != before
    undo(content)
    assert snapshot(content) == before


def test_a_removed_file_is_in_the_bin(content: Path) -> None:
    (bin_file,) = removed(content).binned
    assert bin_file == content / ".vanban/thung-rac/2025/a.pdf"
    assert bin_file.read_bytes() == A
    assert registered(content).keys() == {"1.1.2-01"}
    assert not (content / "2025/minh-chung/a.pdf").exists()


def test_files_of_one_name_in_the_bin_stand_beside_each_other(content: Path) -> None:
    removed(content)
    (content / "2025/minh-chung/b.png").rename(content / "2025/minh-chung/a.pdf.png")
    register = content / "2025/minh-chung.yaml"
    register.write_text(register.read_text("utf-8").replace("b.png", "a.pdf.png"), "utf-8")
    (content / ".vanban/thung-rac/2025/a.pdf.png").write_bytes(b"another")
    (place,) = remove_evidence(content, 2025, "1.1.2-01", STAMP).binned
    assert place.name == "a.pdf-2.png"
    assert "tai_lieu: []" in register.read_text("utf-8")


def test_an_entry_without_its_file_can_be_removed(content: Path) -> None:
    (content / "2025/minh-chung/a.pdf").unlink()
    assert removed(content).binned == ()
    assert registered(content).keys() == {"1.1.2-01"}


def test_another_file_takes_the_place_and_the_rest_stays(content: Path) -> None:
    text = (content / "2025/minh-chung.yaml").read_text("utf-8")
    changed = replaced(content)
    now = registered(content)["1.1.1-01"]
    assert changed.evidence == now
    assert (now.page_count, now.pages, now.note) == (3, "1-2", "bản sao")
    assert (content / "2025/minh-chung" / now.file).read_bytes() == B
    assert changed.binned[0].read_bytes() == A
    after = (content / "2025/minh-chung.yaml").read_text("utf-8")
    assert "# ghi của văn thư" in after
    same = [line for line in text.splitlines() if line not in after.splitlines()]
    assert [line.split(":")[0].strip() for line in same] == ["tep", "sha256", "so_trang"]


@pytest.mark.slow
def test_a_picture_is_replaced_by_a_pdf_and_back(content: Path) -> None:
    replace_evidence(content, 2025, "1.1.2-01", new_file(content, "m.pdf", B), STAMP)
    assert registered(content)["1.1.2-01"].page_count == 3
    request = new_file(content, "m.png", picture_bytes("PNG", size=(90, 90)))
    replace_evidence(content, 2025, "1.1.2-01", request, STAMP)
    assert registered(content)["1.1.2-01"].file.endswith(".png")


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.pdf", A, "tệp này đã đăng ký với mã 1.1.1-01"),
        ("b.png", FILES["b.png"], "tệp này đã đăng ký với mã 1.1.2-01"),
        ("m.pdf", b"%PDF-1.7\n", "hỏng"),
        ("m.pdf", encrypted_pdf("bi-mat"), "đặt mật khẩu"),
        ("m.txt", b"chu", "không nhận ra loại tệp"),
        ("m.png", B, "đuôi tệp"),
        ("m.pdf", b"", "tệp rỗng"),
        ("m.pdf", pdf_bytes(1), "--pages: “1-2” không có trong tệp 1 trang"),
    ],
)
def test_a_file_that_cannot_serve_changes_nothing(
    content: Path, name: str, data: bytes, told: str
) -> None:
    before = snapshot(content)
    with pytest.raises(VanbanError, match=told):
        replace_evidence(content, 2025, "1.1.1-01", new_file(content, name, data), STAMP)
    assert snapshot(content) == before


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"ngay": "31/2/2025"}, "31/2/2025"),
        ({"trang": "9"}, "--pages: “9” không có trong tệp 2 trang"),
        ({"loai": ""}, "loai"),
        ({"dung_cho": ("9.9.9",)}, "9.9.9"),
        ({"tep": "../../etc/passwd"}, "không sửa được ở đây: tep"),
        ({"sha256": "0"}, "không sửa được ở đây: sha256"),
    ],
)
def test_a_value_that_is_not_sound_is_refused(
    content: Path, values: dict[str, str | tuple[str, ...]], told: str
) -> None:
    before = snapshot(content)
    with pytest.raises(VanbanError, match=told):
        edit_evidence(content, 2025, "1.1.1-01", values, STAMP)
    assert snapshot(content) == before


def test_a_register_that_an_editor_saves_meanwhile_is_not_written_over(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = content / "2025/minh-chung.yaml"

    def saved_meanwhile(root: Path, year: int, drafts: Mapping[Path, bytes]) -> tuple[Problem, ...]:
        register.write_bytes(register.read_bytes() + b"# cua nguoi khac\n")
        return new_problems(root, year, drafts)

    monkeypatch.setattr("vanban.app.change_evidence.new_problems", saved_meanwhile)
    with pytest.raises(ContentError, match="vừa được sửa ở nơi khác"):
        edit_evidence(content, 2025, "1.1.1-01", {"ghi_chu": "x"}, STAMP)
    assert register.read_bytes().endswith(b"# cua nguoi khac\n")


def test_values_are_written_in_place(content: Path) -> None:
    values: Values = {"so_ky_hieu": "9/TB-UBND", "dung_cho": ("1.1.2",), "con_hieu_luc": "true"}
    edit_evidence(content, 2025, "1.1.1-01", values, STAMP)
    values = {"dung_cho": (), "trich_yeu": "Lời: mới # 1"}
    edit_evidence(content, 2025, "1.1.1-01", values, STAMP)
    now = registered(content)["1.1.1-01"]
    assert (now.number, now.also_for, now.in_force) == ("9/TB-UBND", (), True)
    assert now.abstract == "Lời: mới # 1"


def test_what_says_so_already_is_not_written(content: Path) -> None:
    before = snapshot(content)
    edit_evidence(content, 2025, "1.1.1-01", {"ghi_chu": "bản sao"}, STAMP)
    assert snapshot(content) == before


@pytest.mark.parametrize("code", ["1.1.1-09", "", "../x", "1.1.1-01\0"])
def test_no_other_entry_is_changed(content: Path, code: str) -> None:
    with pytest.raises(VanbanError, match="không có tài liệu"):
        remove_evidence(content, 2025, code, STAMP)


def test_an_entry_that_changed_meanwhile_is_shown_and_kept(content: Path) -> None:
    seen = mark_of(registered(content)["1.1.1-01"])
    edit_evidence(content, 2025, "1.1.1-01", {"so_ky_hieu": "7/TB-UBND"}, STAMP, seen)
    before = snapshot(content)
    calls: tuple[Callable[[], Changed], ...] = (
        lambda: remove_evidence(content, 2025, "1.1.1-01", STAMP, seen),
        lambda: edit_evidence(content, 2025, "1.1.1-01", {"trang": "1"}, STAMP, seen),
        lambda: replace_evidence(content, 2025, "1.1.1-01", request, STAMP, seen),
    )
    request = new_file(content, "m.pdf", B)
    for call in calls:
        with pytest.raises(ChangedMeanwhile) as caught:
            call()
        assert "7/TB-UBND" in caught.value.now
    assert snapshot(content) == before


def test_commands_say_where_the_file_is_and_are_taken_back(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(content.parent)
    before = snapshot(content)

    def said(*arguments: str, status: int = 0) -> str:
        result = CliRunner().invoke(main, arguments, catch_exceptions=False)
        assert result.exit_code == status, result.output
        return " ".join(result.output.split())

    new_file(content, "m.pdf", B)
    told = said("evidence", "replace", "1.1.1-01", "m.pdf", "--pages", "3")
    assert "Đã thay tệp của 1.1.1-01 trong content/2025/minh-chung.yaml" in told
    assert "tệp cũ nay ở content/.vanban/thung-rac/2025/a.pdf" in told
    assert registered(content)["1.1.1-01"].pages == "3"
    assert "Đã bỏ 1.1.2-01" in said("evidence", "remove", "1.1.2-01")
    assert "đã đăng ký" in said("evidence", "replace", "1.1.1-01", "m.pdf", status=1)
    assert "có phải “1.1.1-01”" in said("evidence", "remove", "1.1.1-1", status=2)
    said("undo")
    said("undo")
    assert snapshot(content) == before
