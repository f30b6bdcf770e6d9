"""Active parts stay outside, with a warning each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from dossiers import Maker, item, plan, write_pdf

SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
LAUNCH = Dictionary(S=Name.Launch, F=String("cmd.exe"))
FORBIDDEN = ("/JS", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/AcroForm", "/XFA", "/OpenAction")
FORBIDDEN_TYPES = ("/JavaScript", "/Launch", "/Filespec", "/EmbeddedFile", "/RichMedia")


def mark(pdf: Pdf, **keys: Any) -> None:
    pdf.pages[0].obj.Annots = Array(
        [pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=Array([10, 10, 50, 50]), **keys))]
    )


def attach(pdf: Pdf) -> None:
    pdf.attachments["a.exe"] = b"MZ"


def chain(pdf: Pdf) -> None:
    first = pdf.make_indirect(Dictionary(S=Name.GoTo))
    first.Next = Array([LAUNCH, first])
    mark(pdf, Subtype=Name.Link, A=first)


def fields(pdf: Pdf) -> None:
    mark(pdf, Subtype=Name.Widget, FT=Name.Tx, T=String("a"), V=String("b"))
    pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].obj.Annots)


def named_script(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), SCRIPT])))


CASES: dict[str, tuple[Callable[[Pdf], None], str]] = {
    "script on opening": (lambda pdf: setattr(pdf.Root, "OpenAction", SCRIPT), "mã JavaScript"),
    "named script": (named_script, "mã JavaScript"),
    "script of a page": (
        lambda pdf: setattr(pdf.pages[0].obj, "AA", Dictionary(O=SCRIPT)),
        "mã JavaScript",
    ),
    "launch by a link": (lambda pdf: mark(pdf, Subtype=Name.Link, A=LAUNCH), "mở chương trình"),
    "launch after another": (chain, "mở chương trình"),
    "attached file": (attach, "tệp đính kèm"),
    "attached note": (lambda pdf: mark(pdf, Subtype=Name.FileAttachment), "tệp đính kèm"),
    "film": (lambda pdf: mark(pdf, Subtype=Name.RichMedia), "âm thanh, phim"),
    "form": (fields, "biểu mẫu"),
    "field without a picture": (fields, "không có hình"),
    "XFA": (
        lambda pdf: setattr(pdf.Root, "AcroForm", Dictionary(Fields=Array(), XFA=String("x"))),
        "XFA",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_left_out_with_a_warning(maker: Maker, tmp_path: Path, case: str) -> None:
    change, words = CASES[case]
    file = write_pdf(tmp_path / "a.pdf", change=change)
    facts = maker.pdf(plan(item("1.1.1-01", file)), tmp_path / "d.pdf")
    assert any(words in warning.message for warning in facts.warnings)
    assert all("a.pdf" in warning.message for warning in facts.warnings)
    assert {warning.key for warning in facts.warnings} == {"1.1.1-01"}
    with pikepdf.open(tmp_path / "d.pdf") as pdf:
        for entry in (*pdf.objects, pdf.Root):
            if isinstance(entry, (pikepdf.Dictionary, pikepdf.Stream)):
                assert not set(FORBIDDEN) & set(entry.keys())
                kinds = {str(entry.get(key)) for key in ("/S", "/Type", "/Subtype")}
                assert not set(FORBIDDEN_TYPES) & kinds


HARMLESS: dict[str, Callable[[Pdf], None] | None] = {
    "plain": None,
    "opens at a page": lambda pdf: setattr(
        pdf.Root, "OpenAction", Array([pdf.pages[0].obj, Name.Fit])
    ),
    "web link": lambda pdf: mark(
        pdf, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("http://a.vn"))
    ),
}


@pytest.mark.parametrize("case", HARMLESS)
def test_no_warning_without_need(maker: Maker, tmp_path: Path, case: str) -> None:
    file = write_pdf(tmp_path / "a.pdf", change=HARMLESS[case])
    assert maker.pdf(plan(item("1.1.1-01", file)), tmp_path / "d.pdf").warnings == ()
