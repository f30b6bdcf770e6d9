"""What is remembered comes back; what is damaged, foreign or too much is as if it were not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from vanban.io import memory as module
from vanban.io.memory import Memory, remembered, remembering
from vanban.io.sealed import change_sealed


def keep(path: Path, program: str = "p", **values: object) -> None:
    with remembering(Memory(path, program)):
        for key, value in values.items():
            memory = remembered()
            assert memory is not None
            memory.put(key, value)
    assert remembered() is None


def test_values_come_back_and_grow(tmp_path: Path) -> None:
    path = tmp_path / "new" / ".memory.json"
    keep(path, a={"trang": [1, 2.5], "ghi chú": None})
    keep(path, b="chữ")
    memory = Memory(path, "p")
    assert (memory.get("a"), memory.get("b")) == ({"trang": [1, 2.5], "ghi chú": None}, "chữ")
    assert memory.get("c") is None
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_what_is_as_it_was_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / ".memory.json"
    keep(path, a=1)
    before = path.stat().st_mtime_ns, path.stat().st_ino
    with remembering(memory := Memory(path, "p")):
        assert memory.get("a") == 1
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut": lambda data: data[:-3],
    "another value": lambda data: data.replace(b'"a":1', b'"a":2'),
    "no seal": lambda data: data.partition(b"\n")[2],
    "not text": lambda data: b"\xff\x00" * 100,
    "deep": lambda data: b"[" * 200_000,
    "pickle": lambda data: b"\x80\x04}\x94.",
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_forgotten_and_mended(name: str, tmp_path: Path) -> None:
    path = tmp_path / ".memory.json"
    keep(path, a=1)
    path.write_bytes(DAMAGE[name](path.read_bytes()))
    assert Memory(path, "p").get("a") is None
    keep(path, b=2)
    memory = Memory(path, "p")
    assert (memory.get("a"), memory.get("b")) == (None, 2)


@pytest.mark.parametrize("text", (b"[1]", b"[" * 200_000, b'{"a":', b"\xff"))
def test_sealed_nonsense_is_forgotten_too(text: bytes, tmp_path: Path) -> None:
    path = tmp_path / ".memory.json"
    change_sealed(path, "p", lambda: text)
    assert Memory(path, "p").get("a") is None


def test_another_program_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / ".memory.json"
    keep(path, "p", a=1)
    assert Memory(path, "q").get("a") is None


def test_a_folder_that_takes_nothing_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    keep(tmp_path / "file" / ".memory.json", a=1)
    (tmp_path / ".memory.json").mkdir()
    keep(tmp_path / ".memory.json", a=1)


def test_the_latest_used_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / ".memory.json"
    monkeypatch.setattr(module, "MOST", 3)
    keep(path, a=1, b=2, c=3)
    with remembering(memory := Memory(path, "p")):
        memory.get("a")
        memory.put("d", 4)
    memory = Memory(path, "p")
    assert [memory.get(key) for key in "abcd"] == [1, None, 3, 4]
    monkeypatch.setattr(module, "MAX_BYTES", 15)
    keep(path, e=5)
    assert [Memory(path, "p").get(key) for key in "ade"] == [None, None, 5]
    monkeypatch.setattr(module, "MAX_BYTES", 5)
    keep(path, f="longer than all the room that there is")
    assert path.stat().st_size < 100
