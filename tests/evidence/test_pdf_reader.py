"""What a PDF says of itself, however it is written: sizes, signatures, notes on what is odd."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from evidences import pdf_bytes
from vanban.evidence.file_facts import facts_of
from vanban.evidence.file_kinds import FileFacts, FileKind


def facts(change: Callable[[Pdf], object]) -> FileFacts:
    return facts_of(pdf_bytes(1, change, keep=True), FileKind.PDF)


SIGNATURES: dict[str, tuple[dict[str, Any], dict[str, Any], bool]] = {
    "all in the field": ({}, {"FT": Name.Sig, "V": Dictionary()}, True),
    "type above": ({"FT": Name.Sig}, {"V": Dictionary()}, True),
    "value above": ({"V": Dictionary()}, {"FT": Name.Sig}, True),
    "all above": ({"FT": Name.Sig, "V": Dictionary()}, {}, True),
    "no value": ({"FT": Name.Sig}, {}, False),
    "another type": ({"FT": Name.Sig}, {"FT": Name.Tx, "V": String("a")}, False),
    "no type": ({}, {"V": Dictionary()}, False),
}


@pytest.mark.parametrize("case", SIGNATURES)
def test_type_and_value_of_a_signature_may_stand_above(case: str) -> None:
    above, own, signed = SIGNATURES[case]

    def change(pdf: Pdf) -> None:
        parent = pdf.make_indirect(Dictionary(T=String("a"), **above))
        parent.Kids = Array([pdf.make_indirect(Dictionary(Parent=parent, **own))])
        pdf.Root.AcroForm = Dictionary(Fields=Array([parent]))

    assert facts(change).signed is signed


def test_fields_in_circles_end() -> None:
    def change(pdf: Pdf) -> None:
        field = pdf.make_indirect(Dictionary(T=String("a")))
        field.Kids = Array([field, field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))

    assert not facts(change).signed


def picture(data: bytes, name: str = "/FlateDecode") -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        image = pdf.make_stream(b"", Subtype=Name.Image, Width=100, Height=100)
        image.write(data, filter=Name(name))
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=image))

    return change


PIXELS = zlib.compress(bytes(range(100)) * 100)


@pytest.mark.parametrize(
    ("change", "note"),
    [
        (lambda pdf: None, ""),
        (picture(PIXELS), ""),
        (picture(PIXELS[: len(PIXELS) // 2]), "1 ảnh trong tệp bị hỏng"),
        (picture(b"42?>", "/ASCIIHexDecode"), "1 ảnh trong tệp bị hỏng"),
        (lambda pdf: setattr(pdf.pages[0].obj, "Rotate", 45), "trang 1: Rotate"),
    ],
)
def test_what_viewers_take_is_taken_with_a_note(change: Callable[[Pdf], object], note: str) -> None:
    found = facts(change)
    assert found.page_count == 1
    assert len(found.notes) == bool(note) and all(note in each for each in found.notes)
