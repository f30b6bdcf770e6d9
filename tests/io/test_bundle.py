"""Bundles: the same bytes for the same files, all of it back, and nothing from a hostile one."""

from __future__ import annotations

import json
import os
import zlib
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanban.errors import MachineError
from vanban.io import bundle as module
from vanban.io.bundle import Bundle, Kept, bundled, unpacked

NAMES = st.text(
    st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1, max_size=9
).filter(lambda name: not name.startswith("."))
TREES: st.SearchStrategy[dict[str, object]] = st.recursive(
    st.dictionaries(NAMES, st.binary(max_size=40), max_size=4),
    lambda inner: st.dictionaries(NAMES, st.binary(max_size=40) | inner, max_size=4),
    max_leaves=8,
)


def lay(tree: dict[str, object], folder: Path) -> None:
    folder.mkdir()
    for name, held in tree.items():
        if isinstance(held, bytes):
            (folder / name).write_bytes(held)
        else:
            assert isinstance(held, dict)
            lay(held, folder / name)


def tree_of(folder: Path) -> dict[str, object]:
    return {
        path.name: tree_of(path) if path.is_dir() else path.read_bytes()
        for path in folder.iterdir()
    }


@settings(max_examples=25, deadline=None)
@given(tree=TREES)
def test_what_goes_in_comes_out_and_bytes_follow_from_it_alone(tree: dict[str, object]) -> None:
    with TemporaryDirectory() as name:
        home = Path(name)
        lay(tree, home / "a")
        lay(dict(reversed(tree.items())), home / "b")
        first, second = bundled({"content": home / "a"}), bundled({"content": home / "b"})
        assert first == second
        unpacked(first, home / "c")
        assert tree_of(home / "c") == {"content": tree}


def test_links_are_followed_hidden_files_stay_and_others_may_stand_instead(tmp_path: Path) -> None:
    lay({"x.yaml": b"1", ".vanban": {"big": b"2"}, "sub": {"y": b"3"}}, tmp_path / "ward")
    (tmp_path / "ward" / "circle").symlink_to(tmp_path / "ward")
    (tmp_path / "ward" / "file").symlink_to("x.yaml")
    found = bundled({"w": tmp_path / "ward"}, {"w/x.yaml": b"other"})
    unpacked(found, tmp_path / "out")
    assert tree_of(tmp_path / "out") == {
        "w": {"x.yaml": b"other", "file": b"1", "sub": {"y": b"3"}}
    }
    unpacked(bundled({"w": tmp_path / "ward"}, hidden={"w"}), tmp_path / "all")
    assert (tmp_path / "all" / "w" / ".vanban" / "big").read_bytes() == b"2"


def test_two_links_to_one_folder_are_no_circle(tmp_path: Path) -> None:
    lay({"a.pdf": b"1"}, tmp_path / "store")
    lay({"2024": {}, "2025": {}}, tmp_path / "ward")
    for year in ("2024", "2025"):
        (tmp_path / "ward" / year / "minh-chung").symlink_to(tmp_path / "store")
    unpacked(bundled({"w": tmp_path / "ward"}), tmp_path / "out")
    held = {"minh-chung": {"a.pdf": b"1"}}
    assert tree_of(tmp_path / "out") == {"w": {"2024": held, "2025": held}}


@pytest.mark.parametrize("kind", ["dangling", "pipe", "too large", "too many"])
def test_what_cannot_be_sent(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay({"x": b"12345", "y": b"12345"}, tmp_path / "ward")
    if kind == "dangling":
        (tmp_path / "ward" / "z").symlink_to("nowhere")
    elif kind == "pipe":
        os.mkfifo(tmp_path / "ward" / "z")
    else:
        limit = {"too large": "MOST_BYTES", "too many": "MOST_FILES"}[kind]
        monkeypatch.setattr(module, limit, 9 if kind == "too large" else 2)
    with pytest.raises(OSError, match=r".") as raised:
        bundled({"w": tmp_path / "ward"})
    assert raised.value.filename


def made(index: object, rest: bytes = b"", digest: str | None = None) -> Bundle:
    whole = (index if isinstance(index, bytes) else json.dumps(index).encode()) + b"\n" + rest
    return Bundle(digest or sha256(whole).hexdigest(), zlib.compress(whole))


HOSTILE = {
    "up": made([["../x", 1]], b"1"),
    "up within": made([["a/../../x", 1]], b"1"),
    "root": made([["/etc/x", 1]], b"1"),
    "here": made([["./x", 1]], b"1"),
    "nothing": made([["", 1]], b"1"),
    "end of text": made([["a\0b", 1]], b"1"),
    "half a sign": made([["\ud800", 1]], b"1"),
    "number for a name": made([[1, 1]], b"1"),
    "twice": made([["x", 1], ["x", 1]], b"12"),
    "file and folder": made([["x", 1], ["x/y", 1]], b"12"),
    "folder and file": made([["x/y", 1], ["x", 1]], b"12"),
    "below zero": made([["x", -1]], b""),
    "true for a size": made([["x", True]], b"1"),
    "part of a byte": made([["x", 0.5]], b"1"),
    "too little": made([["x", 3]], b"1"),
    "too much": made([["x", 1]], b"123"),
    "no list": made({"x": 1}, b"1"),
    "no pairs": made([["x"]], b"1"),
    "no JSON": made(b"\xff[", b"1"),
    "deep": made(b"[" * 100_000, b"1"),
    "another hash": made([["x", 1]], b"1", digest="0" * 64),
    "not compressed": Bundle("0" * 64, b"abc"),
    "cut": Bundle(made([["x", 1]], b"1").digest, made([["x", 1]], b"1").data[:-3]),
    "goes on": Bundle(made([["x", 1]], b"1").digest, made([["x", 1]], b"1").data + b"more"),
}


@pytest.mark.parametrize("bundle", HOSTILE.values(), ids=HOSTILE)
def test_hostile_bundles_are_refused(bundle: Bundle, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(MachineError, match="gói dữ liệu gửi đến máy này bị hỏng"):
        unpacked(bundle, tmp_path / "in")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_bomb_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 1000)
    monkeypatch.setattr(module, "MOST_FILES", 1)
    with pytest.raises(MachineError):
        unpacked(made([["x", 10**6]], bytes(10**6)), tmp_path / "in")


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=30), st.integers(0, 200), st.integers(0, 255))
def test_changed_bytes_change_nothing_or_are_noticed(data: bytes, at: int, byte: int) -> None:
    """The level that zlib writes in its head, for one, is only said."""
    good = made([["x", len(data)]], data)
    changed = bytearray(good.data)
    changed[at % len(changed)] = byte
    with TemporaryDirectory() as name:
        with suppress(MachineError):
            unpacked(Bundle(good.digest, bytes(changed)), Path(name))
        assert tree_of(Path(name)) in ({}, {"x": data})


def test_kept_bundles_are_unpacked_once_and_old_ones_go() -> None:
    kept = Kept(most=5000)
    one, two, three = (made([[name, 3000]], bytes(3000)) for name in "abc")
    try:
        first = kept.folder(one)
        (first / "mark").touch()
        assert kept.folder(one) == first
        assert (first / "mark").exists()  # not unpacked anew
        second = kept.folder(two)
        assert (second / "b").exists() and not first.exists()
        assert (kept.folder(three) / "c").exists() and not second.exists()
        with pytest.raises(MachineError):
            kept.folder(HOSTILE["twice"])
        assert (kept.folder(one) / "a").exists()
    finally:
        kept.clear()
    assert not first.parent.exists()
