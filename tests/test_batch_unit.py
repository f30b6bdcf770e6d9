"""A ward as a unit of work: what becomes of it, whatever is wrong with it, and when it is done."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from msgspec.structs import replace

from kills import tree
from support import CONTENT, changed, write_content
from vanban.app.batch import DOSSIER, run_unit, run_units
from vanban.app.batch_manifest import MANIFEST, SIGNED, BatchManifest, DocumentRecord
from vanban.app.check import check
from vanban.app.load import Loaded, load_content
from vanban.app.unit import Unit
from vanban.errors import MachineError
from vanban.io.workers import Workers
from vanban.workspace.folder import shown_path
from vanban.workspace.wards import Ward
from warm import ROOT
from worker_tasks import run_or_die


def unit(folder: Path, name: str = "an-sinh", **how: Any) -> Unit:
    """Write a ward and return its unit; of its documents only the plan, unless said otherwise."""
    home = folder / "wards" / name
    home.mkdir(parents=True)
    content = write_content(
        home, changed("co-quan.yaml", "dia_danh: Phường Trần Liễu", f"dia_danh: Phường {name}")
    )
    (home / "templates").symlink_to(ROOT / "templates")
    how = {"ids": ("plan",), "engine": "pages", **how}
    return Unit(Ward(name, content), folder / "out" / name, **how)


def write(content: Path, name: str, text: str) -> None:
    (content / name).write_text(text, encoding="utf-8")


def misspell(content: Path, name: str) -> None:
    write(content, name, CONTENT[name].replace("nguoi_ky: chu-tich", "nguoi_kyy: chu-tich"))


FAULTS: dict[str, tuple[Callable[[Path], object], dict[str, Any], list[tuple[str, str]]]] = {
    "a folder that went away": (shutil.rmtree, {}, [("", "content: thư mục nội dung của đơn")]),
    "no co-quan.yaml": (
        lambda content: (content / "co-quan.yaml").unlink(),
        {},
        [("", "content/co-quan.yaml: không có tệp này")],
    ),
    "a newer schema": (
        lambda content: write(content, "co-quan.yaml", "phien_ban_noi_dung: 99\n"),
        {},
        [("", "content/co-quan.yaml:1:21: phien_ban_noi_dung: nội dung ở phiên bản 99")],
    ),
    "a register": (
        lambda content: write(content, "chi-tieu.yaml", "linh_vuc: 1\n"),
        {},
        [("", "content/chi-tieu.yaml:1:11: linh_vuc:")],
    ),
    "one document": (
        lambda content: misspell(content, "2025/bao-cao/q3.yaml"),
        {"ids": ()},
        [("plan", ""), ("report-q3", "content/2025/bao-cao/q3.yaml:5:1: nguoi_kyy:")],
    ),
    "another year": (lambda _: None, {"year": 2031}, [("", "content/2031: chưa có thư mục")]),
    "no such document": (
        lambda _: None,
        {"ids": ("plan", "cv-so-lieu")},
        [("plan", ""), ("cv-so-lieu", "content: không có văn bản “cv-so-lieu”")],
    ),
    "a document without content": (
        lambda _: None,
        {"ids": ("report-q1",)},
        [("report-q1", "content/2025/bao-cao/q1.yaml: chưa có tệp này")],
    ),
    "nothing yet": (
        lambda content: (content / "2025").rename(content / "mau"),
        {"ids": ()},
        [("", "content: chưa có thư mục năm nào")],
    ),
    "no templates": (
        lambda content: (content.parent / "templates").unlink(),
        {},
        [("", "content: không có thư mục mẫu")],
    ),
    "no evidence": (
        lambda _: None,
        {"dossier": True},
        [("plan", ""), (DOSSIER, "content/2025/minh-chung.yaml: chưa có tệp này")],
    ),
}


@pytest.mark.parametrize(("spoil", "how", "expected"), FAULTS.values(), ids=FAULTS)
def test_what_is_wrong_with_a_ward_is_told_with_its_place(
    spoil: Callable[[Path], object],
    how: dict[str, Any],
    expected: list[tuple[str, str]],
    tmp_path: Path,
) -> None:
    given = unit(tmp_path, **how)
    spoil(given.ward.content)
    done = run_unit(given)
    assert [each.document for each in done.records] == [name for name, _ in expected]
    for record, (_, told) in zip(done.records, expected, strict=True):
        assert (record.ward, record.engine) == ("an-sinh", "pages")
        assert bool(record.state and record.files) is not bool(told)
        place = f"{shown_path(given.ward.content.parent / told)}" if told else ""
        assert record.error.startswith(place), record
        assert bool(record.error) is bool(told)
        assert all((given.out / name).is_file() for name in record.files)


def test_results_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    given = unit(tmp_path)
    given.out.parent.write_text("no folder")
    (record,) = run_unit(given).records
    assert record.error.startswith(f"{shown_path(given.ward.content)}: ")
    assert str(given.out) in record.error


def _edit(given: Unit) -> None:
    plan = given.ward.content / "2025" / "ke-hoach.yaml"
    plan.write_text(plan.read_text("utf-8").replace("Phân công rõ", "Phân định rõ"), "utf-8")


def _rewrite(given: Unit) -> None:
    plan = given.ward.content / "2025" / "ke-hoach.yaml"
    plan.write_bytes(plan.read_bytes())


CHANGES: dict[str, tuple[Callable[[Unit], object], dict[str, Any], bool]] = {
    "nothing": (lambda _: None, {}, True),
    "a file saved as it was": (_rewrite, {}, True),
    "content": (_edit, {}, False),
    "a result that is gone": (lambda given: (given.out / "2025/plan.pdf").unlink(), {}, False),
    "a result that somebody edited": (
        lambda given: (given.out / "2025/plan.docx").write_bytes(b"mine"),
        {},
        False,
    ),
    "the year": (lambda _: None, {"year": 2025}, False),
    "the date": (lambda _: None, {"stamp": date(2025, 9, 1)}, False),
    "all anew": (lambda _: None, {"force": True}, False),
    "the record of another batch": (lambda _: None, {"known": ()}, False),
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "how", "unchanged"),
    [
        pytest.param(*case, id=name, marks=[pytest.mark.long] if case[1] else [])
        for name, case in CHANGES.items()
    ],
)
def test_a_ward_is_done_again_where_anything_changed(
    change: Callable[[Unit], object], how: dict[str, Any], unchanged: bool, tmp_path: Path
) -> None:
    first = unit(tmp_path)
    records = run_unit(first).records
    made = tree(first.out / "2025")
    change(first)
    done = run_unit(replace(first, **{"known": records, **how}))
    assert done.unchanged is unchanged
    assert [each.error for each in done.records] == [""]
    if unchanged:
        assert done.records == records
        assert tree(first.out / "2025") == made
    again = run_unit(replace(first, **{**how, "known": done.records, "force": False}))
    assert again.unchanged


def test_a_ward_that_was_edited_meanwhile_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = unit(tmp_path)
    plan = first.ward.content / "2025/ke-hoach.yaml"

    def meanwhile(content: Path, year: int) -> Loaded:
        good = plan.read_bytes()
        plan.write_bytes(good + b"# x\n")
        loaded = load_content(content, year)
        plan.write_bytes(good)
        return loaded

    with monkeypatch.context() as patch:
        patch.setattr("vanban.app.load.load_content", meanwhile)
        known = run_unit(first).records
    assert not run_unit(replace(first, known=known)).unchanged


@pytest.mark.slow
def test_what_is_counted_is_what_the_check_finds(tmp_path: Path) -> None:
    given = unit(tmp_path)
    plan = "2025/ke-hoach.yaml"
    write(given.ward.content, plan, CONTENT[plan].replace("Phân công rõ", "Phân cônng rỏ rõ rõ"))
    (record,) = run_unit(given).records
    found = check(("plan",), given.ward.content, 2025, lambda _: ROOT / "templates", given.out)
    counts = Counter(str(each.severity) for each in found.findings if not each.excused)
    assert counts["error"] and record.state.startswith("bản nháp")
    assert record.counts == {**record.counts, **counts}


def test_what_failed_is_tried_again(tmp_path: Path) -> None:
    given = unit(tmp_path)
    misspell(given.ward.content, "2025/ke-hoach.yaml")
    records = run_unit(given).records
    assert not run_unit(replace(given, known=records)).unchanged
    write(given.ward.content, "2025/ke-hoach.yaml", CONTENT["2025/ke-hoach.yaml"])
    (record,) = run_unit(replace(given, known=records)).records
    assert record.state


def test_a_signed_file_is_kept_and_done_with(tmp_path: Path) -> None:
    given = unit(tmp_path, dossier=True)
    files = [given.out / "2025" / name for name in ("plan.pdf", "dossier.pdf")]
    files[0].parent.mkdir(parents=True)
    for path in files:
        path.write_bytes(b"%PDF-1.7 /ByteRange")
    records = run_unit(replace(given, force=True)).records
    assert [(each.state, each.error) for each in records] == [(SIGNED, "")] * 2
    assert all(path.read_bytes() == b"%PDF-1.7 /ByteRange" for path in files)
    again = replace(given, known=records)
    assert run_unit(again).unchanged
    files[0].write_bytes(b"%PDF-1.7 /ByteRange again")
    assert not run_unit(again).unchanged


LEFT = "phụ lục riêng của lần dựng trước"


def _beside(given: Unit, data: bytes = b"x") -> None:
    (given.out / "2025/plan-phu-luc-1.pdf").write_bytes(data)


NOTED: dict[str, tuple[Callable[[Unit], object], bool, int]] = {
    "nothing": (lambda _: None, True, 2),
    "an annex of another build": (_beside, True, 3),
    "a signed annex": (lambda given: _beside(given, b"%PDF-1.7 /ByteRange"), False, 2),
    "another working folder": (lambda given: os.chdir(given.out), False, 2),
}
"""What happens to a ward with notes, whether it is kept as it is, how many notes are told then."""


@pytest.mark.parametrize(("change", "unchanged", "count"), NOTED.values(), ids=NOTED)
def test_what_was_noted_of_a_ward_is_told_while_it_holds(
    change: Callable[[Unit], object],
    unchanged: bool,
    count: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    given = unit(tmp_path)
    misspell(given.ward.content, "2025/bao-cao/q3.yaml")
    first = run_unit(given)
    about, place = first.notes
    assert about == "Chưa đối chiếu được với report-q3: nội dung ở đó đang có lỗi."
    assert place.startswith("wards/an-sinh/content/2025/bao-cao/q3.yaml:5:1: ")
    change(given)
    again = run_unit(replace(given, known=first.records))
    assert again.unchanged is unchanged
    assert len(again.notes) == count and again.notes[0] == about
    assert again.notes[1].startswith(f"{shown_path(given.ward.content)}/2025/bao-cao/q3.yaml:5:1")
    assert (LEFT in again.notes[-1]) is (count > 2)
    (given.out / "2025/plan-phu-luc-1.pdf").unlink(missing_ok=True)
    last = run_unit(replace(given, known=again.records))
    assert last.notes == again.notes[:2]


class _Deadly(Executor):
    """Processes of which one dies whenever it is given the ward ``name``."""

    def __init__(self, workers: Workers, name: str) -> None:
        self._workers, self._name = workers, name

    def submit(self, work: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self._workers.submit(run_or_die, self._name, work, *args, **kwargs)


@pytest.mark.long
def test_the_ward_that_ends_a_process_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    units = [unit(tmp_path, name) for name in ("a", "b", "c")]
    with Workers(1) as workers:
        found = {d.unit.ward.name: d for d in run_units(units, _Deadly(workers, "b"), Event())}
    assert [name for name in "abc" if found[name].records[0].state] == ["a", "c"]
    (record,) = found["b"].records
    place = shown_path(units[1].ward.content)
    assert record.error.startswith(f"{place}: tiến trình dựng đơn vị này bị dừng")
    assert "(mã -9)" in record.error


def test_a_stop_lets_those_at_work_end(tmp_path: Path) -> None:
    stop, units = Event(), [unit(tmp_path, name) for name in ("a", "b", "c", "d")]
    done = []
    with ThreadPoolExecutor(1) as here:
        for each in run_units(units, here, stop):
            done.append(each.unit.ward.name)
            stop.set()
    assert 1 <= len(done) <= 2
    assert done == [each.ward.name for each in units[: len(done)]]


# --- the manifest -----------------------------------------------------------------------------

PLAN = DocumentRecord(
    "a", "plan", 2025, "mẫu", {"error": 0}, {"2025/plan.pdf": "ab"}, key="k", of=2
)
REPORT = replace(PLAN, document="report-q3")
LATER = replace(PLAN, year=2026)
FAILED = DocumentRecord("a", "", error="a/content: sai")
FAILED_LATER = replace(FAILED, year=2026)


def read(out: Path) -> list[DocumentRecord]:
    return list(BatchManifest(out).of_ward("a"))


@pytest.mark.parametrize(
    ("before", "new", "whole", "left"),
    [
        ([], [PLAN, REPORT], True, [PLAN, REPORT]),
        ([PLAN, REPORT], [replace(PLAN, key="l")], False, [replace(PLAN, key="l"), REPORT]),
        ([PLAN, REPORT], [replace(PLAN, key="l")], True, [replace(PLAN, key="l")]),
        ([FAILED], [PLAN], False, [PLAN]),
        ([PLAN], [FAILED], True, [FAILED]),
        ([PLAN, REPORT], [LATER], True, [PLAN, LATER, REPORT]),
        ([PLAN, LATER], [FAILED_LATER], True, [PLAN, FAILED_LATER]),
        ([PLAN, LATER], [FAILED_LATER], False, [PLAN, LATER, FAILED_LATER]),
        ([PLAN, FAILED_LATER], [LATER], False, [PLAN, LATER]),
    ],
)
def test_later_lines_count(
    before: list[DocumentRecord],
    new: list[DocumentRecord],
    whole: bool,
    left: list[DocumentRecord],
    tmp_path: Path,
) -> None:
    other = replace(PLAN, ward="b")
    BatchManifest(tmp_path).add("b", [other], True)
    BatchManifest(tmp_path).add("a", before, True)
    manifest = BatchManifest(tmp_path)
    manifest.add("a", new, whole)
    manifest.tidy()
    assert read(tmp_path) == left
    assert BatchManifest(tmp_path).of_ward("b") == (other,)
    text = (tmp_path / MANIFEST).read_text("utf-8")
    assert [json.loads(line)["ward"] for line in text.splitlines()] == ["a"] * len(left) + ["b"]


@pytest.mark.parametrize(
    "damage",
    [
        *(b'{"ward": "a", "docu', b"\xff\xfe\n", b"[]\n", b'{"ward": 3}\n', b'{"ten": 1}\n'),
        *(b"[" * 200_000 + b"\n", b'{"ward":' * 100_000 + b"\n", b"null\n"),
        b'{"ward": "a", "document": "plan", "files": {"plan.pdf": []}}\n',
        b'{"ward": "a", "document": "plan", "of": 1e400}\n',
        b'{"ward": "a", "document": "plan", "error": [1]}\n',
    ],
)
def test_a_damaged_line_is_none(damage: bytes, tmp_path: Path) -> None:
    BatchManifest(tmp_path).add("a", [PLAN, REPORT], True)
    with (tmp_path / MANIFEST).open("ab") as file:
        file.write(damage)
    assert read(tmp_path) == [PLAN, REPORT]
    manifest = BatchManifest(tmp_path)
    manifest.add("b", [replace(PLAN, ward="b")], True)
    assert BatchManifest(tmp_path).of_ward("b")
    manifest.tidy()
    assert len((tmp_path / MANIFEST).read_bytes().splitlines()) == 3


def test_file_names_that_are_no_text_are_kept(tmp_path: Path) -> None:
    failed = replace(FAILED, error=os.fsdecode(b"a/content/b\xe1o.pdf: sai"))
    BatchManifest(tmp_path).add("a", [failed], True)
    manifest = BatchManifest(tmp_path)
    manifest.tidy()
    assert read(tmp_path) == [failed]
    (tmp_path / MANIFEST).read_text("utf-8")


def test_a_pipe_in_the_place_of_the_manifest_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / MANIFEST)
    manifest = BatchManifest(tmp_path)
    manifest.add("a", [PLAN], True)
    assert manifest.unwritten == 1
    with pytest.raises(MachineError, match="đây không phải là tệp thường"):
        manifest.tidy()


def test_lines_wait_for_a_disk_that_takes_them(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("in the way")
    manifest = BatchManifest(out)
    manifest.add("a", [PLAN], True)
    assert manifest.unwritten == 1
    out.unlink()
    manifest.add("a", [REPORT], False)
    assert manifest.unwritten == 0
    assert read(out) == [PLAN, REPORT]
