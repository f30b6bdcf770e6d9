from __future__ import annotations

import io
import os
import re
import unicodedata
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
import xlsxwriter
from click.testing import CliRunner, Result
from pikepdf import Dictionary, Name, Pdf
from PIL import Image

from documents import docx_of, opened, pdf_of, plain, sample
from evidences import encrypted_pdf, entry, pdf_bytes, picture_bytes, write_evidence
from office import require_soffice
from vanban.app.add_evidence import Request, propose_evidence
from vanban.cli import main
from vanban.evidence.file_kinds import FileKind
from vanban.evidence.first_page import first_page_lines
from vanban.evidence.inspection import check_evidence
from vanban.evidence.office import _printed
from vanban.workspace.load import load_workspace
from vanban.workspace.models.evidence import Evidence

REGISTER = Path("content/2025/minh-chung.yaml")
FOLDER = Path("content/2025/minh-chung")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_evidence(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["evidence", *arguments], catch_exceptions=False)


def add(name: str, data: bytes, *options: str, criterion: str = "1.1.1") -> Result:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(data)
    return run("add", name, "--criterion", criterion, *options)


def registered() -> tuple[Evidence, ...]:
    workspace = load_workspace(Path("content"), 2025)
    assert workspace.evidence is not None
    assert check_evidence(workspace) == []
    return workspace.evidence.evidence


def snapshot() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in Path("content").rglob("*") if path.is_file()}


def workbook(rows: list[tuple[str | int, ...]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for position, row in enumerate(rows):
            sheet.write_row(position, 0, row)
    return target.getvalue()


def letter(text: str = "Căn cứ luật.") -> bytes:
    return pdf_of(sample(header={"number": "Số: 15/BC-UBND"}, body=plain(text).body, annexes=()))


def test_a_pdf_is_copied_and_described_from_its_first_page(project: Path) -> None:
    result = add("Bản quét (1).pdf", letter())
    assert result.exit_code == 0, result.output
    (evidence,) = registered()
    assert evidence.code == "1.1.1-01"
    assert (evidence.type, evidence.number) == ("Báo cáo", "15/BC-UBND")
    assert (str(evidence.date), evidence.issuer) == ("2025-08-01", "UBND phường Trần Liễu")
    assert evidence.abstract == "Kết quả thử"
    assert evidence.file == "1.1.1-01_BC-15-UBND_2025-08-01.pdf"
    assert evidence.page_count == 1
    assert (FOLDER / evidence.file).read_bytes() == letter()
    assert "gợi ý từ trang 1" in result.stdout
    assert "minh-chung.yaml:7" in result.stdout
    assert run("status").stdout.count("1/1  đủ") == 1


def test_what_is_typed_goes_before_what_is_read(project: Path) -> None:
    options = {
        "--number": "9/TB-UBND",
        "--date": "02/9/2025",
        "--issuer": "Sở Nội vụ",
        "--type": "Thông báo",
        "--abstract": "Về việc: họp # 1",
        "--section": "mục II.2",
        "--pages": "1",
        "--note": "bản sao",
        "--also-for": "1.1.2",
    }
    typed = [word for pair in options.items() for word in pair]
    result = add("a.pdf", letter(), *typed, "--signed", "--in-force")
    assert result.exit_code == 0, result.output
    (evidence,) = registered()
    assert evidence.model_dump(exclude={"file", "sha256", "sample"}, exclude_none=True) == {
        "code": "1.1.1-01",
        "also_for": ("1.1.2",),
        "type": "Thông báo",
        "number": "9/TB-UBND",
        "date": evidence.date,
        "issuer": "Sở Nội vụ",
        "abstract": "Về việc: họp # 1",
        "section": "mục II.2",
        "pages": "1",
        "page_count": 1,
        "signed": True,
        "in_force": True,
        "note": "bản sao",
    }
    assert evidence.file == "1.1.1-01_TB-9-UBND_2025-09-02.pdf"
    assert "gợi ý" not in result.stdout


def test_a_document_of_the_register_is_referred_to(project: Path) -> None:
    header = {
        "number": "Số: 1747/UBND-KSTTHC",
        "place_date": "Hải Phòng, ngày 30 tháng 6 năm 2025",
    }
    document = sample(header=header, annexes=())
    assert add("a.pdf", pdf_of(document)).exit_code == 0
    assert add("b.png", picture_bytes("PNG"), "--document", "kh-cchc").exit_code == 0
    first, second = registered()
    assert (first.document, first.number, first.abstract) == ("cv-1747", None, None)
    assert first.file == "1.1.1-01_CV-1747-UBND-KSTTHC_2025-06-30.pdf"
    assert second.document == "kh-cchc"
    assert second.file == "1.1.1-02_KH-UBND_2025-08-01.png"


def test_a_report_of_the_project_is_referred_to_once_it_is_issued(project: Path) -> None:
    report = Path("content/2025/bao-cao/q3.yaml")
    report.write_text(f"so: 15\nngay: 01/8/2025\n{report.read_text('utf-8')}", "utf-8")
    result = add("a.pdf", letter())
    assert "15/BC-UBND đã có trong sổ với mã report-q3" in " ".join(result.stdout.split())
    (evidence,) = registered()
    assert (evidence.document, evidence.number, evidence.abstract) == ("report-q3", None, None)
    assert evidence.file == "1.1.1-01_BC-15-UBND_2025-08-01.pdf"


@pytest.mark.parametrize(
    ("name", "data", "file"),
    [
        ("Ảnh họp.jpg", picture_bytes("JPEG"), "1.1.1-01_Anh-hop.jpg"),
        ("màn hình.PNG", picture_bytes("PNG"), "1.1.1-01_man-hinh.png"),
        ("a.tiff", picture_bytes("TIFF", 3), "1.1.1-01_a.tif"),
        ("_-_.pdf", pdf_bytes(), "1.1.1-01.pdf"),
    ],
)
def test_files_without_text(name: str, data: bytes, file: str, project: Path) -> None:
    result = add(name, data)
    assert result.exit_code == 0, result.output
    (evidence,) = registered()
    assert evidence.file == file
    assert evidence.type is not None
    assert evidence.abstract is not None
    assert "sửa khóa trich_yeu" in result.stdout


def test_codes_go_on_and_other_lines_stay(project: Path) -> None:
    text = REGISTER.read_text("utf-8").replace("tai_lieu: []", "tai_lieu:  # danh sách\n")
    data = pdf_bytes(1, lambda pdf: pdf.add_blank_page())
    facts = {"so_trang": 2, "sha256": sha256(data).hexdigest()}
    text += entry("1.1.1-09", "cu.pdf", **facts) + "    # ghi chú của 1.1.1-09\n\n# cuối tệp\n"
    REGISTER.write_text(text, "utf-8")
    (FOLDER / "cu.pdf").write_bytes(data)
    assert add("a.pdf", pdf_bytes(3), "--pages", "1").exit_code == 0
    assert add("b.pdf", pdf_bytes(4), "--pages", "1", criterion="1.1.2").exit_code == 0
    assert [each.code for each in registered()] == ["1.1.1-09", "1.1.1-10", "1.1.2-01"]
    lines = REGISTER.read_text("utf-8").splitlines(keepends=True)
    old = text.splitlines(keepends=True)
    remaining = iter(lines)
    assert all(line in remaining for line in old)  # every old line, in order
    assert lines[-1] == "# cuối tệp\n"


def test_a_register_is_made_where_there_is_none(project: Path) -> None:
    REGISTER.unlink()
    assert add("a.png", picture_bytes("PNG")).exit_code == 0
    assert [each.code for each in registered()] == ["1.1.1-01"]
    assert "so_lieu_mau: true" in REGISTER.read_text("utf-8")


def test_a_picture_that_the_dossier_cannot_draw_is_refused(project: Path) -> None:
    target = io.BytesIO()
    Image.new("F", (20, 20)).save(target, "TIFF")
    before = snapshot()
    result = add("a.tif", target.getvalue())
    assert result.exit_code == 1
    assert "a.tif: ảnh mở được nhưng không đưa được vào hồ sơ" in result.stderr
    assert snapshot() == before


def test_a_duplicate_is_refused_wherever_it_stands(project: Path) -> None:
    assert add("a.png", picture_bytes("PNG")).exit_code == 0
    before = snapshot()
    result = add("khac ten.png", picture_bytes("PNG"), criterion="1.1.2")
    assert result.exit_code == 1
    assert "content/2025/minh-chung.yaml:7" in result.stderr
    assert "1.1.1-01" in result.stderr
    assert "dung_cho" in result.stderr
    assert snapshot() == before


def test_a_file_that_lies_in_the_folder_is_renamed(project: Path) -> None:
    result = add(str(FOLDER / "Ảnh.png"), picture_bytes("PNG"))
    assert result.exit_code == 0
    assert [path.name for path in FOLDER.iterdir()] == ["1.1.1-01_Anh.png"]
    assert "đổi tên từ Ảnh.png" in result.stdout


def test_nothing_is_overwritten(project: Path) -> None:
    (FOLDER / "1.1.1-01_a.png").write_text("của người khác")
    assert add("a.png", picture_bytes("PNG")).exit_code == 0
    assert registered()[0].file == "1.1.1-01_a-2.png"
    assert (FOLDER / "1.1.1-01_a.png").read_text() == "của người khác"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.pdf", b"", "rỗng"),
        ("a.pdf", pdf_bytes()[:-40], "hỏng"),
        ("a.pdf", encrypted_pdf("x"), "mật khẩu"),
        ("a.pdf", picture_bytes("PNG"), "đuôi tệp"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "kiểu cũ"),
    ],
)
def test_bad_files_change_nothing(name: str, data: bytes, words: str, project: Path) -> None:
    before = snapshot()
    result = add(name, data)
    assert result.exit_code == 1
    assert re.fullmatch(rf"Lỗi: {name}: .*{words}.* — .*\n", result.stderr)
    assert snapshot() == before


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--criterion", "1.1.9"), "1.1.9"),
        (("--criterion", "1.1"), "1.1"),
        (("--criterion", "1.1.1", "--date", "2025-13-01"), "--date"),
        (("--criterion", "1.1.1", "--document", "cv-1748"), "cv-1747"),
        (("--criterion", "1.1.1", "--also-for", "a"), "không có tiêu chí thành phần “a”"),
        (("--criterion", "1.1.1", "--also-for", "9.9.9"), "9.9.9"),
        (("--criterion", "1.1.1", "--also-for", "1.1.1"), "chính tiêu chí"),
        (("--criterion", "1.1.1", "--pages", "2"), "tệp có 1 trang"),
    ],
)
def test_wrong_options_are_usage_errors(
    options: tuple[str, ...], words: str, project: Path
) -> None:
    Path("a.png").write_bytes(picture_bytes("PNG"))
    before = snapshot()
    result = run("add", "a.png", *options)
    assert result.exit_code == 2
    assert words in result.stderr
    assert snapshot() == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text.replace("tai_lieu: []", "tai_lieu: [\n]"), "tai_lieu"),
        (lambda text: text.replace("ho_so:", "ho_so: x"), "minh-chung.yaml"),
        (lambda text: text + "la: 1\n", "minh-chung.yaml:7"),
    ],
)
def test_a_register_with_mistakes_is_left_alone(change, words: str, project: Path) -> None:  # type: ignore[no-untyped-def]
    REGISTER.write_text(change(REGISTER.read_text("utf-8")), "utf-8")
    before = snapshot()
    result = add("a.png", picture_bytes("PNG"))
    assert result.exit_code == 1
    assert words in result.stderr
    assert snapshot() == before


def test_a_missing_file(project: Path) -> None:
    result = run("add", "khong.pdf", "--criterion", "1.1.1")
    assert result.exit_code == 1
    assert "khong.pdf: không có tệp này" in result.stderr


def test_an_office_file_without_libreoffice(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/khong-co")
    result = add("a.docx", docx_of(sample()))
    assert result.exit_code == 0, result.output
    assert "không có LibreOffice" in " ".join(result.stdout.split())
    (evidence,) = registered()
    assert (evidence.file, evidence.original) == ("1.1.1-01_a.docx", None)


def test_an_office_program_that_fails(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = project / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    for name, data in (("a.docx", docx_of(sample())), ("b.xlsx", workbook([("a", 1)]))):
        result = add(name, data)
        assert result.exit_code == 0, result.output
        words = " ".join(result.stdout.split())
        assert "không chuyển được" in words
        assert ("libreoffice-calc" in words) is (name == "b.xlsx")
    assert [each.original for each in registered()] == [None, None]


@pytest.mark.soffice
def test_a_workbook_is_converted_once(project: Path) -> None:
    require_soffice()
    data = workbook([("Thủ tục", "Số hồ sơ"), ("Chứng thực", 1501)])
    result = add("bảng theo dõi.xlsx", data, "--type", "Bảng theo dõi", "--pages", "1")
    assert result.exit_code == 0, result.output
    assert "LibreOffice" not in result.stdout
    (evidence,) = registered()
    assert evidence.file == "1.1.1-01_bang-theo-doi.pdf"
    assert evidence.original == "1.1.1-01_bang-theo-doi.xlsx"
    assert (FOLDER / evidence.original).read_bytes() == data
    texts = [line.text for line in first_page_lines((FOLDER / evidence.file).read_bytes())]
    words = " ".join(texts)
    assert "Chứng thực" in words and "1501" in words
    assert evidence.sha256_original == sha256(data).hexdigest() != evidence.sha256


@pytest.mark.soffice
def test_an_office_file_is_converted_once(project: Path) -> None:
    require_soffice()
    data = docx_of(sample(header={"number": "Số: 15/BC-UBND"}))
    result = add("a.docx", data, "--pages", "1")
    assert result.exit_code == 0, result.output
    (evidence,) = registered()
    assert evidence.file == "1.1.1-01_BC-15-UBND_2025-08-01.pdf"
    assert evidence.original == "1.1.1-01_BC-15-UBND_2025-08-01.docx"
    assert (FOLDER / evidence.original).read_bytes() == data
    opened(FOLDER / evidence.original)
    with pikepdf.open(io.BytesIO((FOLDER / evidence.file).read_bytes())) as pdf:
        assert len(pdf.pages) == evidence.page_count
    assert add("b.docx", data).exit_code == 1  # the original is known as well


@pytest.mark.parametrize(
    ("name", "abstract"),
    [
        (unicodedata.normalize("NFD", "Ảnh hội nghị.png"), "Ảnh hội nghị"),
        ("Ðề án_1.png", "Đề án 1"),
        ("\uf0b7 quy \u200bchế.png", "quy chế"),
        ("🎉.png", "chưa có trích yếu"),
        ("VÒ viÖc ban hµnh.png", "chưa có trích yếu"),
        (os.fsdecode(b"\xc3\x28 anh.png"), "( anh"),
    ],
)
def test_a_name_never_refuses_its_file(name: str, abstract: str, project: Path) -> None:
    result = add(name, picture_bytes("PNG"))
    assert result.exit_code == 0, result.output
    assert registered()[0].abstract == abstract
    assert "lấy tạm tên tệp" in result.stdout


@pytest.mark.parametrize(
    ("title", "abstract", "note"),
    [
        ("Phê duyệt Ðề án", "Phê duyệt Đề án", ""),
        (unicodedata.normalize("NFD", "Phê duyệt Đề án"), "Phê duyệt Đề án", ""),
        ("VÒ viÖc ban hµnh quy chÕ", "a", "bảng mã cũ"),
    ],
)
def test_a_page_never_refuses_its_file(title: str, abstract: str, note: str, project: Path) -> None:
    document = sample(header={"number": "Số: 15/BC-UBND", "abstract": title}, annexes=())
    result = add("a.pdf", pdf_of(document))
    assert result.exit_code == 0, result.output
    (evidence,) = registered()
    assert (evidence.abstract, evidence.number) == (abstract, "15/BC-UBND")
    assert note in result.stdout and "--abstract:" not in result.stdout


def test_a_guess_that_no_model_takes_is_left_out(project: Path) -> None:
    document = sample(header={"number": "Số: 15/BC-UBND", "place_date": "ngày 01 tháng 8 năm 0001"})
    assert add("a.pdf", pdf_of(document)).exit_code == 0


@pytest.mark.parametrize("banner", ["DỰ THẢO", "SỐ LIỆU MẪU – KHÔNG KÝ, KHÔNG PHÁT HÀNH"])
def test_a_draft_is_told(banner: str, project: Path) -> None:
    issued = add("a.pdf", pdf_of(sample(banner="")))
    assert "chưa phải bản ban hành" not in " ".join(issued.stdout.split())
    result = add("b.pdf", pdf_of(sample(banner=banner)))
    assert result.exit_code == 0, result.output
    assert "chưa phải bản ban hành" in " ".join(result.stdout.split())


def test_status_of_a_project_without_evidence(project: Path) -> None:
    result = run("status", "--format", "json")
    assert result.exit_code == 0
    assert '"trang_thai": "thiếu"' in result.stdout
    REGISTER.write_text("x: [\n", "utf-8")
    result = run("status")
    assert result.exit_code == 1
    assert "minh-chung.yaml" in result.stderr


# --- whatever is typed, the register stays loadable -------------------------------------------

TEXTS = ("", "\u200b", "\x1b[31m", "a\nma: 9.9.9-99", "#", "a: b", "'", "---")
OPTIONS = (
    *("--type", "--number", "--date", "--issuer", "--abstract", "--section", "--pages", "--note"),
    *("--document", "--also-for", "--criterion"),
)


@pytest.mark.parametrize("option", ["--type", "--number", "--abstract", "--note", "--criterion"])
def test_nothing_typed_makes_a_register_that_cannot_be_loaded(project: Path, option: str) -> None:
    before = snapshot()
    Path("a.pdf").write_bytes(pdf_bytes())
    for text in TEXTS:
        given = [] if option == "--criterion" else ["--criterion", "1.1.1"]
        result = run("add", "a.pdf", *given, option, text)
        if result.exit_code == 0:
            assert len(registered()) == 1, text
            for path in snapshot().keys() - before.keys():
                Path(path).unlink()
            REGISTER.write_bytes(before[str(REGISTER)])
        else:
            assert len(result.stderr.splitlines()) <= 2, (text, result.stderr)
        assert snapshot() == before, text


@pytest.mark.parametrize("option", [each for each in OPTIONS if each != "--criterion"])
@pytest.mark.parametrize("text", ["", "  ", "\u00a0"])
def test_an_option_without_content_is_told(project: Path, option: str, text: str) -> None:
    before = snapshot()
    result = add("a.pdf", pdf_bytes(), option, text)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Lỗi: {option}: chưa có nội dung — ")
    assert snapshot() == before


def test_a_mistake_elsewhere_stops_no_adding(project: Path) -> None:
    """What is wrong already is not the new entry's fault."""
    report = Path("content/2025/bao-cao/q3.yaml")
    report.write_text(report.read_text("utf-8").replace("1204", "một"), "utf-8")
    result = add("a.pdf", pdf_bytes())
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    "make",
    [
        os.mkfifo,
        Path.mkdir,
        lambda path: path.symlink_to("/dev/zero"),
        lambda path: path.symlink_to(path.name),
    ],
)
def test_what_is_no_file_is_told_at_once(project: Path, make: Callable[[Path], None]) -> None:
    make(Path("a.pdf"))
    before = snapshot()
    result = run("add", "a.pdf", "--criterion", "1.1.1")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("Lỗi: a.pdf: ")
    assert snapshot() == before


@pytest.mark.parametrize("name", ["a" * 260 + ".pdf", "ẫ" * 90 + ".pdf", "a/" * 3000 + "b.pdf"])
def test_a_name_longer_than_a_disk_takes_is_told_at_its_line(project: Path, name: str) -> None:
    text = REGISTER.read_text("utf-8").replace("tai_lieu: []", "tai_lieu:")
    REGISTER.write_text(text + entry("1.1.1-01", f"'{name}'"), "utf-8")
    for command in (["status"], ["add", "a.pdf", "--criterion", "1.1.1"]):
        Path("a.pdf").write_bytes(pdf_bytes())
        result = CliRunner().invoke(main, ["evidence", *command])
        assert result.exception is None or isinstance(result.exception, SystemExit), result
    result = CliRunner().invoke(main, ["build", "evidence-index"])
    assert result.exit_code in (1, 2)
    assert "Traceback" not in result.output


def turn_and_cut(pdf: Pdf) -> None:
    """Turn the page by an odd angle and draw a JPEG without its end."""
    image = pdf.make_stream(b"", Subtype=Name.Image, Width=200, Height=100)
    image.write(picture_bytes("JPEG")[:-400], filter=Name.DCTDecode)
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=image))
    pdf.pages[0].obj.Rotate = 45


def test_what_is_odd_in_a_pdf_is_told_and_no_hindrance(project: Path) -> None:
    result = add("a.pdf", pdf_bytes(1, turn_and_cut, keep=True))
    assert result.exit_code == 0, result.output
    words = " ".join(result.output.split())
    assert "trang 1: Rotate không đúng quy cách" in words
    assert "1 ảnh trong tệp không giải mã được trọn vẹn" in words


@pytest.mark.slow
def test_what_was_looked_at_is_not_printed_again(project: Path) -> None:
    require_soffice()
    Path("a.docx").write_bytes(docx_of(sample(annexes=())))
    before = snapshot()
    proposal = propose_evidence(Path("content"), 2025, Request(Path("a.docx"), "1.1.1"))
    assert (proposal.values["loai"], proposal.facts.kind) == ("Báo cáo", FileKind.PDF)
    assert snapshot() == before
    printed = _printed.cache_info().misses
    assert run("add", "a.docx", "--criterion", "1.1.1").exit_code == 0
    assert _printed.cache_info().misses == printed
