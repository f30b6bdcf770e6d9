# ruff: noqa: E501 - tables of cases read best one case a line
"""``vanban verify``: files signed by a test authority into our own fields, and what is said.

A case is what was done to a built PDF, and lines that the command must say, in this order.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
    TextStringObject,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from documents import pdf_of, plain, sample
from signing import AGENCY, LEADER, signed, write_revoked, write_root
from vanban.cli import main
from vanban.compose.annex_files import separated
from vanban.compose.composed import Composed

TITLE = "Báo cáo thử"
OFFLINE = "chứng thư: chưa xác minh chứng thư, thu hồi"
UNTOUCHED = "nội dung: không bị sửa sau khi ký"


@cache
def annex() -> bytes:
    """Return an annex in a file of its own."""
    return pdf_of(separated(Composed(sample(), Path("a.md")))[1].document)


@cache
def built() -> bytes:
    return pdf_of(plain("Một đoạn."))


def incremental(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer, target = IncrementalPdfFileWriter(io.BytesIO(pdf)), io.BytesIO()
    change(writer)
    writer.write(target)  # type: ignore[no-untyped-call]
    return target.getvalue()


def with_words_over_it(pdf: bytes) -> bytes:
    """Return ``pdf`` with an annotation, by which some tools write number and date."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        words = DictionaryObject(  # type: ignore[no-untyped-call]
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/FreeText"),
                NameObject("/Contents"): TextStringObject("35"),
                NameObject("/Rect"): ArrayObject(map(FloatObject, (80, 700, 120, 720))),
            }
        )
        page = writer.root["/Pages"]["/Kids"][0]
        page["/Annots"].append(writer.add_object(words))
        writer.update_container(page["/Annots"])

    return incremental(pdf, change)


def with_other_words(pdf: bytes) -> bytes:
    """Return ``pdf`` with something drawn on its page, as an editor would do."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        more = writer.add_object(StreamObject(stream_data=b"0 0 100 100 re f"))
        page = writer.root["/Pages"]["/Kids"][0]
        page["/Contents"] = ArrayObject([page.raw_get("/Contents"), more])
        writer.update_container(page)

    return incremental(pdf, change)


def with_a_byte_changed(pdf: bytes) -> bytes:
    at = pdf.index(b"/Title")
    return pdf[:at] + b"/Titel" + pdf[at + 6 :]


def with_a_broken_signature(pdf: bytes, at: int) -> bytes:
    """Return ``pdf`` with other bytes at a place of its signature."""
    found = re.search(rb"/Contents\s*<(?=[0-9a-fA-F]{400})", pdf)
    assert found is not None
    start = found.end() + 2 * at
    return pdf[:start] + b"ff" * 6 + pdf[start + 12 :]


def rewritten(pdf: bytes) -> bytes:
    """Return ``pdf`` as a tool saves it that does not append."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(target)
    return target.getvalue()


def locked(pdf: bytes) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))
    return target.getvalue()


by_leader = signed
by_agency = partial(signed, field="CoQuan", name=AGENCY)
PAST = datetime(2025, 1, 1, tzinfo=UTC)

Case = tuple[Callable[[bytes], bytes], tuple[str, ...], int, list[str]]
CASES: dict[str, Case] = {
    "not signed": (
        lambda pdf: pdf,
        (),
        1,
        [
            "CHƯA CÓ CHỮ KÝ SỐ",
            "ô còn để trống: ô của người ký, ô của cơ quan",
            "bản dựng: đúng bản bao-cao-thu",
            "nguyên bản dựng",
            "kết luận: chưa ký",
        ],
    ),
    "signed by one": (
        by_leader,
        (),
        0,
        [
            "1 chữ ký số",
            f"chữ ký 1 (ô của người ký): {LEADER}, Cơ quan thử",
            "+07:00 (theo đồng hồ máy người ký, không có dấu thời gian)",
            UNTOUCHED,
            OFFLINE,
            "ô còn để trống: ô của cơ quan",
            "bản dựng: đúng bản bao-cao-thu",
            "trạng thái trình ký; sau đó chỉ thêm chữ ký, điền ô",
            "kết luận: chữ ký khớp với tệp; chưa xác minh chứng thư, thu hồi",
        ],
    ),
    "signed by two, trusted": (
        lambda pdf: by_agency(by_leader(pdf), clock=True),
        ("--trust", "root.pem"),
        0,
        [
            "2 chữ ký số",
            f"chữ ký 1 (ô của người ký): {LEADER}",
            "nội dung: không bị sửa; sau khi ký chỉ có chữ ký khác",
            "chứng thư: tin cậy theo gốc “Gốc thử”; chưa xác minh thu hồi",
            f"chữ ký 2 (ô của cơ quan): {AGENCY}",
            "thời gian ký: 01/08/2025 16:05:00 +07:00 (dấu thời gian)",
            UNTOUCHED,
            "chứng thư: tin cậy theo gốc “Gốc thử”",
            "kết luận: chữ ký khớp với tệp, chứng thư tin cậy; chưa xác minh thu hồi",
        ],
    ),
    "a folder of roots": (by_leader, ("--trust", "roots"), 0, ["tin cậy theo gốc “Gốc thử”"]),
    "an annex by itself": (
        lambda _: by_agency(annex()),
        (),
        0,
        ["1 chữ ký số", f"chữ ký 1 (ô của cơ quan): {AGENCY}", UNTOUCHED, "chưa đối chiếu"],
    ),
    "a time-stamp that nobody vouches for": (
        lambda pdf: by_leader(pdf, clock=True),
        (),
        0,
        ["thời gian ký: 01/08/2025 16:05:00 +07:00 (dấu thời gian, chưa xác minh nơi cấp)"],
    ),
    "not among the revoked": (
        by_leader,
        ("--trust", "lists"),
        0,
        [
            "tin cậy theo gốc “Gốc thử”; chưa bị thu hồi",
            "kết luận: chữ ký khớp với tệp, chứng thư tin cậy, chưa bị thu hồi",
        ],
    ),
    "revoked": (
        lambda pdf: by_agency(pdf),
        ("--trust", "lists"),
        1,
        [UNTOUCHED, "KHÔNG TIN CẬY: chứng thư đã bị thu hồi", "có điểm cần xem lại"],
    ),
    "a list of another authority": (
        by_leader,
        ("--trust", "others"),
        0,
        ["tin cậy theo gốc “Gốc thử”; chưa xác minh thu hồi"],
    ),
    "another root": (
        partial(by_leader, root="Gốc khác"),
        ("--trust", "root.pem"),
        1,
        [UNTOUCHED, "CHƯA TIN CẬY: không nối được", "kết luận: có điểm cần xem lại"],
    ),
    "a certificate that had run out": (
        partial(by_leader, end=PAST),
        ("--trust", "root.pem"),
        1,
        [UNTOUCHED, "CHƯA TIN CẬY: chứng thư hết hạn"],
    ),
    "changed by a byte": (
        lambda pdf: with_a_byte_changed(by_leader(pdf)),
        (),
        1,
        ["nội dung: CHỮ KÝ KHÔNG KHỚP", "kết luận: có điểm cần xem lại"],
    ),
    "drawn over after signing": (
        lambda pdf: with_other_words(by_leader(pdf)),
        (),
        1,
        ["nội dung: ĐÃ BỊ SỬA sau khi ký", "SAU ĐÓ NỘI DUNG ĐÃ BỊ THAY ĐỔI", "có điểm cần xem lại"],
    ),
    "annotated after signing": (
        lambda pdf: with_words_over_it(by_leader(pdf)),
        (),
        1,
        [
            "phần đã ký không đổi, nhưng CÓ GHI THÊM",
            "ghi thêm trên trang: 1 chú thích loại FreeText",
        ],
    ),
    "number written in before signing": (
        lambda pdf: by_leader(with_words_over_it(pdf)),
        (),
        0,
        [
            UNTOUCHED,
            "ghi thêm trên trang: 1 chú thích loại FreeText",
            "đúng bản bao-cao-thu",
            "sau đó có ghi thêm trên trang (số, ngày, chú thích)",
        ],
    ),
    "changed between build and signature": (
        lambda pdf: by_leader(with_other_words(pdf)),
        (),
        1,
        [UNTOUCHED, "SAU ĐÓ NỘI DUNG ĐÃ BỊ THAY ĐỔI"],
    ),
    "rewritten before signing": (
        lambda pdf: by_leader(rewritten(pdf)),
        (),
        1,
        [UNTOUCHED, "bản dựng: KHÔNG TRÙNG bản dựng cùng tên", "có điểm cần xem lại"],
    ),
    "another document": (
        lambda _: by_leader(pdf_of(plain("Đoạn khác."))),
        (),
        1,
        ["bản dựng: KHÔNG TRÙNG bản dựng cùng tên"],
    ),
    "a broken signature": (
        lambda pdf: with_a_broken_signature(by_leader(pdf), 1000),
        (),
        1,
        [
            "1 chữ ký số",
            "KHÔNG ĐỌC ĐƯỢC",
            "chữ ký hỏng, không đọc được — lấy",
            "có điểm cần xem lại",
        ],
    ),
    "no signature where one should be": (
        lambda pdf: with_a_broken_signature(by_leader(pdf), 0),
        (),
        1,
        ["signed.pdf: cấu trúc tệp PDF bị hỏng, không xem được chữ ký — lấy lại"],
    ),
    "locked": (lambda pdf: locked(by_leader(pdf)), (), 1, ["signed.pdf: tệp có mật khẩu"]),
    "no PDF": (lambda pdf: b"abc", (), 1, ["signed.pdf: không phải là tệp PDF"]),
    "cut": (lambda pdf: by_leader(pdf)[:9000], (), 1, ["signed.pdf: cấu trúc tệp PDF bị hỏng"]),
    "empty": (lambda pdf: b"", (), 1, ["signed.pdf: không phải là tệp PDF"]),
    "no root": (by_leader, ("--trust", "build"), 2, ["build không có chứng thư gốc nào"]),
    "a root that is none": (by_leader, ("--trust", "signed.pdf"), 2, ["không phải là chứng thư"]),
    "a root that is not there": (by_leader, ("--trust", "x.pem"), 2, ["không đọc được x.pem"]),
}


def bare(
    catalog: str = "", pages: str = "/Kids [3 0 R] /Count 1", page: str = "", field: str = "null"
) -> bytes:
    """Return a PDF of one page by hand, with these entries; ``field`` is object 4."""
    objects = (
        f"<</Type /Catalog /Pages 2 0 R {catalog}>>",
        f"<</Type /Pages {pages}>>",
        f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] {page}>>",
        field,
    )
    data, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(f"{len(data):010} 00000 n \n")
        data += f"{number} 0 obj\n{each}\nendobj\n".encode()
    table = f"xref\n0 5\n0000000000 65535 f \n{''.join(places)}trailer\n<</Size 5 /Root 1 0 R>>\n"
    return data + f"{table}startxref\n{len(data)}\n%%EOF\n".encode()


NOT_SIGNED, DAMAGED = "CHƯA CÓ CHỮ KÝ SỐ", "cấu trúc tệp PDF bị hỏng, không xem được chữ ký — lấy"
FIELD = "/AcroForm <</Fields [4 0 R]>>"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (bare(), NOT_SIGNED),
        (bare("/AcroForm null"), NOT_SIGNED),
        (bare("/AcroForm 99 0 R"), NOT_SIGNED),
        (bare("/AcroForm 5"), DAMAGED),
        (bare("/AcroForm <</Fields null>>"), NOT_SIGNED),
        (bare("/AcroForm <</Fields [99 0 R null 5]>>"), NOT_SIGNED),
        (bare(FIELD, field="<</T (a) /FT /Sig /Kids [99 0 R]>>"), "ô còn để trống: ô a"),
        (bare(FIELD, field="<</T (a) /FT /Sig /Kids [4 0 R]>>"), DAMAGED),
        (bare(FIELD, field="<</T (a) /FT /Sig /V 5>>"), DAMAGED),
        (bare(page="/Annots null"), NOT_SIGNED),
        (bare(page="/Annots [null 99 0 R 5]"), NOT_SIGNED),
        (bare(page="/Annots [<</Subtype /Stamp>> null <</Subtype /Stamp>>]"), "2 chú thích loại Stamp"),
        (bare(pages="/Kids [99 0 R] /Count 1"), NOT_SIGNED),
        (bare(pages="/Kids [] /Count 0"), NOT_SIGNED),
        (bare(pages="/Kids 5 /Count 0"), NOT_SIGNED),
        (bare(pages="/Kids [2 0 R] /Count 1"), NOT_SIGNED),
        (bare(page="/Kids [2 0 R] /Annots [<</Subtype /Stamp>>]"), "1 chú thích loại Stamp"),
        (bare(pages="/Count 1"), NOT_SIGNED),
        (b"%PDF-1.7\n", DAMAGED),
    ],
)  # fmt: skip
def test_odd_structures(data: bytes, line: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    result = run(str(tmp_path / "a.pdf"), "--out", str(tmp_path / "none"))
    assert line in result.output and result.exit_code == 1, (result.output, result.exception)


def describe(folder: Path, pdf: bytes, state: str = "trình ký") -> None:
    """Write the description of a build into ``folder``."""
    folder.mkdir(parents=True)
    facts = {
        **{"ma": "bao-cao-thu", "loai": "Báo cáo", "trich_yeu": "thử", "trang_thai": state},
        "tep": [{"ten": "bao-cao-thu.pdf", "sha256": sha256(pdf).hexdigest()}],
    }
    (folder / "bao-cao-thu.json").write_text(json.dumps(facts), encoding="utf-8")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "roots").mkdir()
    write_root(tmp_path / "root.pem")
    write_root(tmp_path / "roots" / "a.crt")
    for folder, revoker in (("lists", "Gốc thử"), ("others", "Gốc khác")):
        (tmp_path / folder).mkdir()
        write_root(tmp_path / folder / "a.pem")
        write_revoked(tmp_path / folder / "a.crl", AGENCY, root=revoker)
    describe(tmp_path / "build" / "2025", built())
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["verify", *words])


@pytest.mark.parametrize("name", CASES)
def test_what_is_said(name: str, place: Path) -> None:
    make, options, status, lines = CASES[name]
    data = make(built())
    (place / "signed.pdf").write_bytes(data)
    result = run("signed.pdf", *options)
    at = 0
    for line in lines:
        assert line in result.output[at:], result.output
        at = result.output.index(line, at) + len(line)
    assert result.exit_code == status, result.output
    assert (place / "signed.pdf").read_bytes() == data


def test_without_a_build_nothing_is_compared(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(by_leader(built()))
    result = run(str(path), "--out", str(tmp_path / "none"))
    assert "bản dựng: chưa đối chiếu" in result.output
    assert result.exit_code == 0


def test_the_description_may_stand_beside_the_file(tmp_path: Path) -> None:
    describe(tmp_path / "a", built())
    (tmp_path / "a" / "b.pdf").write_bytes(by_leader(built()))
    assert "đúng bản bao-cao-thu" in run(str(tmp_path / "a" / "b.pdf")).output


def test_a_draft_that_was_signed_is_told(tmp_path: Path) -> None:
    describe(tmp_path / "a", built(), "bản nháp")
    (tmp_path / "a" / "b.pdf").write_bytes(by_leader(built()))
    result = run(str(tmp_path / "a" / "b.pdf"))
    assert "trạng thái bản nháp (CHƯA PHẢI BẢN TRÌNH KÝ)" in result.output


def test_files_of_others_beside_it_are_passed(place: Path) -> None:
    for name, text in (("a", "[]"), ("b", "{"), ("c", '{"tep": 1}'), ("d", "\xff")):
        (place / "build" / "2025" / f"{name}.json").write_text(text, encoding="latin-1")
    (place / "signed.pdf").write_bytes(by_leader(built()))
    assert "đúng bản bao-cao-thu" in run("signed.pdf").output


def test_without_the_library_the_set_up_is_named(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vanban.exchange.signatures.has_signature_library", lambda: False)
    result = run("root.pem")
    assert result.exit_code == 1
    assert "make verify FILE=" in result.output
