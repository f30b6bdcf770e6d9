"""Reading and preparing a Word file take time that grows with its size, whatever it repeats."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from packages import complex_field, paragraph, run, tracked, word, workbook_of, zipped
from vanban.office import prepare
from vanban.ooxml.package import UnreadableOffice
from vanban.ooxml.reading import read_word_file

CEILING = 4.0
"""Seconds of processor time; what is not quadratic takes less than one or two."""

BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
BODIES = {
    "runs": paragraph(run("a") * 20_000),
    "fields": paragraph(complex_field("MERGEFIELD a", run("1")) * 5_000),
    "fields that never end": paragraph(BEGIN * 20_000),
    "results that never end": paragraph((BEGIN + SEPARATE + run("a")) * 10_000),
    "tabs to the margin": paragraph('<w:r><w:ptab w:alignment="center"/></w:r>' * 20_000),
    "page breaks": paragraph('<w:r><w:br w:type="page"/></w:r>' * 20_000),
    "insertions": paragraph(tracked("ins", run("a")) * 20_000),
    "deletions": paragraph(tracked("del", run("a")) * 20_000),
    "paragraphs": paragraph(run("a")) * 5_000,
    "deleted marks": paragraph(run("a"), mark="<w:del/>") * 5_000,
    "tables": "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>" * 5_000,
    "deleted rows": "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc/></w:tr></w:tbl>" * 5_000,
    "links": f'<w:p><w:hyperlink r:id="rId1">{run("a")}</w:hyperlink></w:p>' * 5_000,
}
LINKS = [(f"rId{number}", "hyperlink", "file:///c:/a", True) for number in range(300)]


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_hostile_file_takes_no_longer_than_its_size(body: str) -> None:
    data = word(body + paragraph(run("Hết.")), relate=LINKS)
    start = time.process_time()
    assert read_word_file(data, lambda _: False).paragraphs
    assert prepare(data).data
    assert time.process_time() - start < CEILING


def test_a_book_is_no_document() -> None:
    with pytest.raises(UnreadableOffice, match="tệp dài quá 50000 đoạn"):
        read_word_file(word("<w:p/>" * 50_001), lambda _: False)


def test_a_workbook_with_a_format_for_each_cell() -> None:
    count = 16_000
    cells = "".join(f'<c s="{number}"><v>1</v></c>' for number in range(count))
    with zipfile.ZipFile(io.BytesIO(workbook_of(cells))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b'<xf xfId="0"/>', b"<xf/>" * count)
    data = zipped(parts)
    start = time.process_time()
    assert prepare(data).data
    assert time.process_time() - start < CEILING
