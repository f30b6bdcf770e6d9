"""Changes with their record: both or neither, whoever dies; few are kept; damage has a place."""

from __future__ import annotations

import json
import re
import shutil
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kills import Tree, dies_at, fill, tree
from vanban.errors import ContentError, MachineError
from vanban.io import journal
from vanban.io.journal import (
    FOLDER,
    Stamp,
    changed_since,
    read_record,
    record_files,
    take_back,
    write_change,
)
from vanban.io.lock import settle

STAMP = Stamp(datetime(2026, 11, 26, 8, 30, tzinfo=UTC), "evidence add 'a b.pdf'")
BEFORE: Tree = {"so.yaml": b"a: 1\n", "2025/old.pdf": b"%PDF\xff"}
AFTER: Tree = {"so.yaml": b"a: 2\n", "2025/minh-chung/new.pdf": b"%PDF\xff"}


def change(root: Path) -> journal.Record:
    """Edit a file, give another its new name in a folder that is not there yet."""
    files = [
        (root / "2025/minh-chung/new.pdf", b"%PDF\xff"),
        (root / "2025/old.pdf", None),
        (root / "so.yaml", b"a: 2\n"),
    ]
    return write_change(root, files, STAMP, {})


def content_of(root: Path) -> dict[str, bytes]:
    """Return the content; of who died an empty folder may be left."""
    files = {name: data for name, data in tree(root).items() if not name.endswith("/")}
    return {name: data for name, data in files.items() if not name.startswith(FOLDER)}


def last(root: Path) -> journal.Record:
    return read_record(record_files(root)[-1])


def test_a_change_is_written_down_and_taken_back_with_its_folders(tmp_path: Path) -> None:
    fill(tmp_path, BEFORE)
    record = change(tmp_path)
    assert content_of(tmp_path) == AFTER
    assert last(tmp_path) == record
    assert (record.number, record.stamp, record.folders) == (1, STAMP, ("2025/minh-chung",))
    assert list(changed_since(tmp_path, record)) == []
    take_back(tmp_path, last(tmp_path))
    assert tree(tmp_path) == BEFORE
    assert not (tmp_path / FOLDER).exists()


def test_the_folder_may_move(tmp_path: Path) -> None:
    fill(tmp_path / "a", BEFORE)
    change(tmp_path / "a")
    (tmp_path / "a").rename(tmp_path / "b")
    take_back(tmp_path / "b", last(tmp_path / "b"))
    assert tree(tmp_path / "b") == BEFORE


def test_two_writes_of_one_command_are_one_record(tmp_path: Path) -> None:
    fill(tmp_path, {"a": b"1", "b": b"1"})
    first = write_change(tmp_path, [(tmp_path / "a", b"2")], STAMP, {})
    write_change(tmp_path, [(tmp_path / "a", b"3"), (tmp_path / "b", b"2")], STAMP, {}, first)
    assert len(record_files(tmp_path)) == 1
    take_back(tmp_path, last(tmp_path))
    assert tree(tmp_path) == {"a": b"1", "b": b"1"}


@pytest.mark.parametrize("now", [{"a": b"2 by hand"}, {"b": b"1"}, {}])
def test_what_an_editor_has_changed_between_two_writes_is_taken_back_by_neither(
    tmp_path: Path, now: dict[str, bytes]
) -> None:
    fill(tmp_path, {"a": b"1", "b": b"1"})
    first = write_change(tmp_path, [(tmp_path / "a", b"2"), (tmp_path / "b", b"2")], STAMP, {})
    for name in ("a", "b"):
        (tmp_path / name).unlink()
    fill(tmp_path, now)
    write_change(tmp_path, [(tmp_path / "a", b"3")], STAMP, {}, first)
    assert len(record_files(tmp_path)) == 2
    take_back(tmp_path, last(tmp_path))
    left = {name: data for name, data in tree(tmp_path).items() if not name.startswith(FOLDER)}
    assert left == now
    assert any(changed_since(tmp_path, last(tmp_path)))


def test_what_cannot_be_written_leaves_no_record(tmp_path: Path) -> None:
    fill(tmp_path, {"a/b": b"1", "so.yaml": b"1"})
    with pytest.raises(MachineError):
        write_change(tmp_path, [(tmp_path / "so.yaml", b"2"), (tmp_path / "a", b"2")], STAMP, {})
    assert tree(tmp_path) == {"a/b": b"1", "so.yaml": b"1"}
    assert not (tmp_path / FOLDER).exists()


@pytest.mark.parametrize("now", [b"a: 9\n", None])
def test_what_an_editor_has_changed_since_it_was_read_stays(
    tmp_path: Path, now: bytes | None
) -> None:
    fill(tmp_path, {"2025/old.pdf": b"x", **({"so.yaml": now} if now is not None else {})})
    before = tree(tmp_path)
    path = tmp_path / "so.yaml"
    files = [(tmp_path / "2025/old.pdf", b"y"), (path, b"a: 2\n")]
    with pytest.raises(ContentError, match=r"so\.yaml: vừa được sửa ở nơi khác"):
        write_change(tmp_path, files, STAMP, {path: b"a: 1\n"})
    assert tree(tmp_path) == before


def test_who_may_write_to_the_content_may_write_to_the_journal(tmp_path: Path) -> None:
    tmp_path.chmod(0o775)
    write_change(tmp_path, [(tmp_path / "a", b"1")], STAMP, {})
    assert stat.S_IMODE((tmp_path / FOLDER).stat().st_mode) == 0o775


# --- death at every line ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "step", [pytest.param(17, marks=pytest.mark.slow), pytest.param(3, marks=pytest.mark.long)]
)
def test_whoever_dies_leaves_no_change_without_record_and_no_record_without_change(
    tmp_path: Path, step: int
) -> None:
    seen = set()
    line, alive = 0, False
    while not alive:
        line += step
        root = tmp_path / str(line)
        fill(root, BEFORE)
        alive = not dies_at(line, lambda: change(root))  # noqa: B023
        settle(root)
        now, records = content_of(root), record_files(root)
        assert (now, len(records)) in ((BEFORE, 0), (AFTER, 1)), line
        for path in records:
            take_back(root, read_record(path))
            assert content_of(root) == BEFORE
        seen.add(len(records))
        shutil.rmtree(root)
    assert seen == {0, 1} and line > 150


@pytest.mark.long
def test_whoever_dies_taking_back_leaves_all_or_nothing(tmp_path: Path) -> None:
    seen = set()
    line, alive = 0, False
    while not alive:
        line += 7
        root = tmp_path / str(line)
        fill(root, BEFORE)
        record = change(root)
        alive = not dies_at(line, lambda: take_back(root, record))  # noqa: B023
        settle(root)
        now, records = content_of(root), record_files(root)
        assert (now, len(records)) in ((BEFORE, 0), (AFTER, 1)), line
        seen.add(len(records))
        shutil.rmtree(root)
    assert seen == {0, 1} and line > 150


# --- few are kept -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "kept"), [("MAX_RECORDS", 3, 3), ("MAX_BYTES", 1000, 2), ("MAX_BYTES", 1, 1)]
)
def test_the_oldest_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: int, kept: int
) -> None:
    monkeypatch.setattr(journal, name, value)
    for number in range(12):
        write_change(tmp_path, [(tmp_path / "a", str(number).encode())], STAMP, {})
    numbers = [int(path.stem) for path in record_files(tmp_path)]
    assert numbers == list(range(13 - kept, 13))
    take_back(tmp_path, last(tmp_path))
    assert (tmp_path / "a").read_bytes() == b"10"


# --- damage -----------------------------------------------------------------------------------


def spoiled(**changes: object) -> Callable[[bytes], bytes]:
    return lambda data: json.dumps({**json.loads(data), **changes}).encode()


def of_file(**changes: object) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        found = json.loads(data)
        found["files"][0].update(changes)
        return json.dumps(found).encode()

    return change


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[:-5],
        lambda data: b"[]",
        lambda data: b"null",
        lambda data: b"[" * 100_000,
        lambda data: data.replace(b'"files"', b'"tep"'),
        lambda data: b"\xff" + data,
        spoiled(time="hôm qua"),
        spoiled(files=3),
        spoiled(folders=[".."]),
        of_file(path="../../etc/passwd"),
        of_file(path="/etc/passwd"),
        of_file(path=""),
        of_file(path=7),
        of_file(before="x"),
        of_file(before="eJwDAAAAAAE="),
        of_file(moved_to="../a"),
    ],
)
def test_a_damaged_record_is_one_located_line(
    tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    fill(tmp_path, BEFORE)
    path = change(tmp_path).file
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(ContentError) as raised:
        read_record(path)
    assert re.fullmatch(rf"{re.escape(str(path))}:\d+:\d+: .* — .*", str(raised.value))
    write_change(tmp_path, [(tmp_path / "so.yaml", b"a: 3\n")], STAMP, {})  # writing goes on
    assert last(tmp_path).number == 2


def test_what_is_no_record_is_passed_over(tmp_path: Path) -> None:
    fill(tmp_path, {f"{FOLDER}/ghi-chu.json": b"x", f"{FOLDER}/000001.json.bak": b"x"})
    assert record_files(tmp_path) == ()


def test_what_stands_outside_of_the_content_is_never_written(tmp_path: Path) -> None:
    content, shared = tmp_path / "content", tmp_path / "chung" / "chi-tieu.yaml"
    for folder in (content, shared.parent):
        folder.mkdir()
    shared.write_bytes(b"a: 1\n")
    with pytest.raises(ContentError) as told:
        write_change(content, [(content / "so.yaml", b"b: 1\n"), (shared, b"a: 2\n")], STAMP, {})
    assert str(told.value).startswith(f"{shared}: không thuộc {content}, lệnh này không ghi vào")
    assert shared.read_bytes() == b"a: 1\n"
    assert not list(content.iterdir())
