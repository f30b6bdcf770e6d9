"""Facts that are remembered are those that were read; anything else is read again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from evidences import office_bytes, pdf_bytes, picture_bytes
from vanban.evidence.file_errors import FileError, WrongExtension
from vanban.evidence.file_facts import read_facts
from vanban.evidence.file_kinds import FileFacts, FileKind, PageSize
from vanban.evidence.known_facts import keep, recall
from vanban.io.memory import Memory, remembered, remembering

FILES = {
    "a.pdf": pdf_bytes(3),
    "noted.pdf": b"before" + pdf_bytes(1),
    "b.tif": picture_bytes("TIFF", frames=2),
    "c.docx": office_bytes("word/document.xml"),
}


def memory(folder: Path, program: str = "p") -> Memory:
    return Memory(folder / "memory" / ".memory.json", program)


@pytest.mark.parametrize("name", FILES)
def test_what_was_read_comes_back_equal(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name])
    with remembering(memory(tmp_path)):
        facts = read_facts(path)
    assert recall(facts.sha256, facts.size) is None
    with remembering(memory(tmp_path)):
        assert recall(facts.sha256, facts.size) == facts
    with remembering(memory(tmp_path, "another program")):
        assert recall(facts.sha256, facts.size) is None


def test_many_pages_of_two_sizes_keep_their_order(tmp_path: Path) -> None:
    tall, wide = PageSize(209.99972222222223, 297.0001388888889), PageSize(297.0, 210.0)
    facts = FileFacts(FileKind.PDF, 7, "ab", (tall, tall, wide, tall), True, ("lời",))
    with remembering(memory(tmp_path)):
        keep(facts)
    with remembering(memory(tmp_path)):
        assert recall("ab", 7) == facts


GOOD: dict[str, Any] = {"kind": ".pdf", "pages": [[2, 210.0, 297.0]], "signed": False, "notes": []}
HOSTILE: dict[str, Any] = {
    "nothing": None,
    "a list": [],
    "an unknown kind": GOOD | {"kind": ".exe"},
    "a kind of no name": GOOD | {"kind": {}},
    "no pages": {key: value for key, value in GOOD.items() if key != "pages"},
    "pages without a size": GOOD | {"pages": [[1]]},
    "pages without end": GOOD | {"pages": [[10**12, 210.0, 297.0]]},
    "fewer than no pages": GOOD | {"pages": [[10**12, 1.0, 1.0], [-(10**12), 1.0, 1.0]]},
    "a size of words": GOOD | {"pages": [[1, "210", 297.0]]},
    "a size beyond numbers": GOOD | {"pages": [[1, float("inf"), 297.0]]},
    "a size too long": GOOD | {"pages": [[1, 10**400, 297.0]]},
    "signed by words": GOOD | {"signed": "yes"},
    "notes that are no text": GOOD | {"notes": [{"a": 1}]},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_values_of_another_form_are_unknown(name: str, tmp_path: Path) -> None:
    with remembering(memory(tmp_path)):
        known = remembered()
        assert known is not None
        known.put("facts:good", GOOD)
        known.put("facts:bad", HOSTILE[name])
        assert recall("good", 1) is not None
        assert recall("bad", 1) is None


def test_a_known_file_under_a_wrong_name_is_told(tmp_path: Path) -> None:
    with remembering(memory(tmp_path)):
        for name in ("a.pdf", "a.png"):
            (tmp_path / name).write_bytes(FILES["a.pdf"])
        read_facts(tmp_path / "a.pdf")
        with pytest.raises(WrongExtension):
            read_facts(tmp_path / "a.png")


@pytest.mark.parametrize("keep_times", [True, False])
def test_a_file_that_changes_is_read_anew(keep_times: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    one, two = pdf_bytes(1), pdf_bytes(2)
    path.write_bytes(one + b"\n" * (len(two) - len(one)))
    before = path.stat()
    assert read_facts(path).page_count == 1
    path.write_bytes(two)
    if keep_times:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert read_facts(path).page_count == 2
    path.write_bytes(b"%PDF-1.7\n%%EOF")
    for _ in range(2):
        with pytest.raises(FileError, match="hỏng"):
            read_facts(path)
    path.unlink()
    with pytest.raises(FileError, match="không có tệp"):
        read_facts(path)
