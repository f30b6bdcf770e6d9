"""A damaged frame.docx is told with its part and what to do; never a traceback, never a hang."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from documents import FRAME, docx_of, edited_frame, in_style, sample
from vanban.document import StyleId
from vanban.errors import TemplateError
from vanban.layout.frame import read_frame

BODY, STYLES = "word/document.xml", "word/styles.xml"
Edit = Callable[[str], str]


def problem_of(path: Path) -> str:
    """Use the frame at ``path`` for a document; return what is told."""
    with pytest.raises(TemplateError) as raised:
        docx_of(sample(), read_frame(path))
    return str(raised.value.problems[0]).removeprefix(f"{path.parent}/")


def without(pattern: str) -> Edit:
    return lambda text: re.sub(pattern, "", text, count=1, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("part", "edit", "words"),
    [
        (STYLES, in_style(StyleId.BODY, '<w:sz w:val="28"/>', '<w:sz w:val="lớn"/>'), "“NoiDung”"),
        (STYLES, in_style(StyleId.BODY, '<w:sz w:val="28"/>', '<w:sz w:val="0"/>'), "cỡ chữ"),
        (STYLES, in_style(StyleId.BODY, 'w:after="120"', 'w:after="1e9"'), "w:after=“1e9”"),
        (STYLES, lambda text: text[:900], "word/styles.xml: phần này hỏng"),
        (BODY, without(r"<w:tblGrid>.*?</w:tblGrid>"), "hai cột"),
        (BODY, without(r"<w:pgSz [^>]*/>"), "khổ giấy"),
        (BODY, lambda text: text.replace('w:left="1701"', 'w:left="99999999"'), "w:pgMar"),
        (BODY, lambda text: text.replace("{{ number }}", "{{ khac }}"), "chỗ điền"),
        (BODY, lambda text: text.replace("{{ number }}", "{{ number"), "khung"),
        (
            BODY,
            lambda text: text.replace("{{ number }}", "{% for i in range(10**9) %}{% endfor %}"),
            "chỗ điền",
        ),
        (BODY, lambda text: text.replace("{{ number }}", "{{ ''.__class__ }}"), "chỗ điền"),
        ("word/header1.xml", lambda text: text[:200], "word/header1.xml: phần này hỏng"),
        ("word/settings.xml", lambda text: text[:200], "word/settings.xml: phần này hỏng"),
        ("word/_rels/document.xml.rels", lambda text: text[:200], "document.xml.rels: phần này"),
        ("[Content_Types].xml", lambda text: text[:200], "[Content_Types].xml: phần này hỏng"),
    ],
)
def test_a_damaged_part_is_named(part: str, edit: Edit, words: str, tmp_path: Path) -> None:
    message = problem_of(edited_frame(tmp_path / "frame.docx", {part: edit}))
    assert message.startswith("frame.docx: ")
    assert words in message
    assert " — " in message


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


PARTS = parts_of(FRAME)


def write(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


@pytest.mark.parametrize("name", ["[Content_Types].xml", "_rels/.rels", BODY, STYLES])
def test_a_part_that_is_not_there_is_named(name: str, tmp_path: Path) -> None:
    parts = {other: content for other, content in PARTS.items() if other != name}
    assert f"{name}: thiếu phần này" in problem_of(write(tmp_path / "frame.docx", parts))


def test_a_part_with_a_wrong_checksum_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "frame.docx", PARTS)
    data = bytearray(path.read_bytes())  # stored, not compressed
    data[data.index(b"<w:styles")] ^= 1
    path.write_bytes(data)
    assert "word/styles.xml: phần này hỏng" in problem_of(path)


# --- any damage --------------------------------------------------------------------------------

VALUES = (b"", b"abc", b"-5", b"0", b"1e9", b"99999999999999999999", b"NaN", b"12.5")
MARKUP = (b"{{", b"{% for", b"{{ khac }}", b'{% include "x" %}', b"{{ 1 / 0 }}", b"{{ number() }}")


def cut(chance: random.Random, part: bytes) -> bytes:
    return part[: chance.randrange(len(part))]


def scramble(chance: random.Random, part: bytes) -> bytes:
    letters = bytearray(part)
    for _ in range(8):
        letters[chance.randrange(len(letters))] = chance.randrange(256)
    return bytes(letters)


def put(chance: random.Random, part: bytes, pattern: bytes, values: tuple[bytes, ...]) -> bytes:
    found = list(re.finditer(pattern, part, re.DOTALL))
    if not found:
        return part
    match = chance.choice(found)
    return part[: match.start(1)] + chance.choice(values) + part[match.end(1) :]


def other_value(chance: random.Random, part: bytes) -> bytes:
    return put(chance, part, rb'="([^"]*)"', VALUES)


def no_element(chance: random.Random, part: bytes) -> bytes:
    return put(chance, part, rb"(<[\w:]+\b[^>]*/>)", (b"",))


def no_block(chance: random.Random, part: bytes) -> bytes:
    return put(chance, part, rb"(<(w:\w+)\b(?![^>]*/>)[^>]*>.*?</\2>)", (b"",))


def other_markup(chance: random.Random, part: bytes) -> bytes:
    return put(chance, part, rb"(\{[{%].*?[%}]\})", MARKUP)


def other_name(chance: random.Random, part: bytes) -> bytes:
    names = sorted(set(re.findall(rb"<(\w+:?\w+)", part)))
    return part.replace(chance.choice(names), b"w:khac")


def emptied(chance: random.Random, part: bytes) -> bytes:
    return b""


DAMAGES = (*(cut, scramble, other_value, no_element, no_block, other_markup, other_name, emptied),)


@pytest.mark.parametrize("name", PARTS)
def test_any_damage_is_told_or_harmless(name: str, tmp_path: Path) -> None:
    """The same seeds every time; a frame that is taken gives a document."""
    for damage in DAMAGES:
        chance = random.Random(f"{name} {damage.__name__}")
        parts = {**PARTS, name: damage(chance, PARTS[name])}
        path = write(tmp_path / "frame.docx", parts)
        try:
            assert docx_of(sample(), read_frame(path))
        except TemplateError as error:
            assert all(problem.place.file == path for problem in error.problems)
            assert all(" — " in problem.message for problem in error.problems)
