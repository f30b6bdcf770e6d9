"""The plan of content, typed into Word in the ways of different offices, taken in again."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import yaml
from click.testing import CliRunner, Result
from docx import Document as new_word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, TEMPLATES, Files
from support import write_content
from typed_plans import (
    DELETED,
    HABITS,
    INSERTED,
    TypedDocument,
    another_office,
    typed_document,
)
from vanban.app.catalogue import RESERVED, find_kind
from vanban.app.load import load_content
from vanban.app.word_import import IMPORTERS, Taken, apply, take_in
from vanban.cli import main
from vanban.errors import ContentError, Place
from vanban.exchange.word_import.ledger import Became, words_of
from vanban.exchange.word_import.pdf_text import MAX_PAGES, PageLine, as_word
from vanban.exchange.word_import.source import read_original
from vanban.io.journal import Stamp
from vanban.workspace.files import OF_A_YEAR, PAPERS
from vanban.workspace.instructions import without_instructions
from vanban.workspace.validate import validate
from vanban.workspace.workspace import Workspace
from vanban.workspace.yaml_file import parse_yaml
from vanban.workspace.yaml_write import tree_lines

CONTENT = ROOT / "content"


@pytest.fixture(scope="module")
def typed() -> TypedDocument:
    """The plan of 2025 as somebody would type it."""
    workspace = load_content(CONTENT, 2025).workspace
    return typed_document(find_kind("plan", CONTENT).compose(workspace, TEMPLATES).document)


@pytest.fixture(scope="module")
def taken_in(typed: TypedDocument, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Taken]:
    """The plan taken in from each habit's file."""
    folder = tmp_path_factory.mktemp("word")
    found = {}
    for name, habit in HABITS.items():
        path = folder / f"{name}.docx"
        path.write_bytes(habit(typed))
        found[name] = take_in(path, "plan", CONTENT, TEMPLATES, 2025, accept=True)
    return found


def values(node: Any) -> Iterator[str]:
    """Yield every text of a tree."""
    if isinstance(node, Mapping):
        for value in node.values():
            yield from values(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from values(value)
    else:
        yield str(node)


def counted(texts: Iterator[str]) -> Counter[str]:
    return Counter(word for text in texts for word in words_of(text))


@pytest.mark.parametrize("habit", HABITS)
def test_no_word_is_lost(habit: str, taken_in: Mapping[str, Taken], tmp_path: Path) -> None:
    """Each word is a value, printed by the program, a number of a list, or left over."""
    taken = taken_in[habit]
    settled = taken.settled
    held = counted(values(tuple(taken.imported.files.values())))
    printed = counted(iter(taken.pages.document.texts()))
    left = counted(each.text for each in settled.leftovers)
    original = counted(each.text for each in taken.imported.ledger.paragraphs)
    assert original - (held | printed) - left == Counter()
    assert settled.words == sum(original.values())
    assert settled.values + settled.numbers + settled.printed + settled.left == settled.words


@pytest.mark.parametrize("habit", [name for name in HABITS if name != "tracked"])
def test_all_words_find_their_place(habit: str, taken_in: Mapping[str, Taken]) -> None:
    assert taken_in[habit].settled.leftovers == ()


TaskPlace = tuple[str, tuple[str, ...], str, tuple[str, ...]]
"""Area and its leads, names of the groups around a task, its text."""


def places(area: Mapping[str, Any]) -> Iterator[TaskPlace]:
    units = (*area.get("chu_tri", ()), *area.get("phoi_hop", ()))

    def below(holder: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[TaskPlace]:
        for task in holder.get("nhiem_vu", ()):
            text = " ".join(str(task["noi_dung"]).split())
            yield f"{area['ten']} {area['chi_so']} {task['ma']}", names, text, units
        for group in holder.get("nhom", ()):
            yield from below(group, (*names, " ".join(group["ten"].split())))

    yield from below(area, ())


@pytest.mark.parametrize("habit", [name for name in HABITS if name != "tracked"])
def test_the_structure_is_that_of_the_content(habit: str, taken_in: Mapping[str, Taken]) -> None:
    """Areas, groups, ids, units and texts of at least 95 % of the tasks."""
    own = [
        place
        for path in sorted((CONTENT / "2025" / "linh-vuc").glob("*.yaml"))
        for place in places(yaml.safe_load(path.read_text(encoding="utf-8")))
    ]
    files = taken_in[habit].imported.files
    found = [
        place
        for path, area in files.items()
        if path.parts[0] == "linh-vuc"
        for place in places(area)
    ]
    assert len(set(own) & set(found)) >= 0.95 * len(own)
    assert len(found) == len(own)


@pytest.mark.parametrize(
    ("accept", "seen", "gone"), [(True, INSERTED, DELETED), (False, DELETED, INSERTED)]
)
def test_tracked_changes_are_accepted_or_refused(
    accept: bool, seen: str, gone: str, typed: TypedDocument
) -> None:
    original = read_original(HABITS["tracked"](typed), Path("a.docx"), accept)
    text = " ".join(each.text for each in original.paragraphs)
    assert seen in text
    assert gone not in text
    assert "sửa theo dõi" in original.notes[0]


# --- the other outline -------------------------------------------------------------------------


def test_a_plan_of_the_yearly_outline_keeps_it(tmp_path: Path) -> None:
    """A part of its annex is made anew; all else finds its place and is printed again."""
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder, ignore=shutil.ignore_patterns("minh-chung*", "mau"))
    path = folder / "2025" / "ke-hoach.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("# dan_bai: cải", "dan_bai: cải"), encoding="utf-8")
    workspace = load_content(folder, 2025).workspace
    document = find_kind("plan", folder).compose(workspace, TEMPLATES).document
    path = tmp_path / "kh.docx"
    path.write_bytes(HABITS["manual_bold"](typed_document(document)))
    taken = take_in(path, "plan", CONTENT, TEMPLATES, 2025, accept=True)
    assert taken.settled.leftovers == ()
    assert (taken.differs.gone, taken.differs.come) == (0, 0)


# --- a plan of another office ------------------------------------------------------------------


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    path = tmp_path_factory.mktemp("other") / "ke-hoach-2024.docx"
    path.write_bytes(another_office())
    return take_in(path, "plan", CONTENT, TEMPLATES, None, accept=True)


def test_other_headings_and_a_table_of_tasks_are_understood(other: Taken) -> None:
    plan, *areas = other.imported.files.values()
    assert other.imported.year == 2024
    assert plan["dan_bai"] == "cải cách hành chính năm"
    assert plan["phu_luc_nhiem_vu"] is True
    assert (plan["so"], plan["ngay"], plan["nguoi_ky"]) == ("7", "15/01/2024", "pho-chu-tich")
    assert [area["ten"] for area in areas] == ["Cải cách thể chế", "Cải cách thủ tục hành chính"]
    first, second, third = areas[0]["nhiem_vu"]
    lawyer, office = "cong-chuc-tu-phap-ho-tich", "cong-chuc-van-phong-thong-ke"
    assert (first["chu_tri"], first["san_pham"]) == ((lawyer,), "Báo cáo")
    assert (second["chu_tri"], second["phoi_hop"]) == ((lawyer,), (office,))
    assert (third["han"], third["san_pham"]) == ("30/3/2024", "Kế hoạch")
    assert [task["noi_dung"][:12] for task in areas[1]["nhiem_vu"]] == [
        "Niêm yết, cô",
        "Đẩy mạnh tiế",
    ]
    assert len(areas[1]["nhiem_vu"][0]["doan_tiep"]) == 2
    assert plan["to_chuc_thuc_hien"] == [
        "Công chức Văn phòng - Thống kê: Tham mưu, theo dõi, đôn đốc việc thực hiện Kế hoạch. "
        "Báo cáo định kỳ hằng quý."
    ]


def test_what_a_plan_lacks_in_content_is_left_in_order(other: Taken) -> None:
    left = [each.text for each in other.settled.leftovers]
    numbers = [each.paragraph for each in other.settled.leftovers]
    assert numbers == sorted(numbers)
    assert "Kinh phí thực hiện Kế hoạch từ nguồn ngân sách xã năm 2024." in left
    assert "Quý IV/2024" in left
    assert "UBND HUYỆN BẢO LÂM" in left
    assert any("tệp là của" in line for line in other.imported.unsure)


def test_new_names_go_to_the_registers(other: Taken) -> None:
    added = {(each.file.name, each.key, each.id) for each in other.imported.additions}
    assert ("van-ban.yaml", "van_ban", "luat-to-chuc-chinh-quyen-dia-phuong") in added
    assert ("co-quan.yaml", "nguoi_ky", "pho-chu-tich") in added
    assert ("co-quan.yaml", "noi_nhan", "ubnd-huyen") in added
    assert "nq-76-nq-cp" not in {each.id for each in other.imported.additions}


# --- PDF ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_pdf_gives_the_same_content(plan_files: Files, taken_in: Mapping[str, Taken]) -> None:
    """Lines are joined, columns kept apart, what stands in every margin is no text."""
    taken = take_in(plan_files.pdf, "plan", CONTENT, TEMPLATES, 2025, accept=True)
    assert taken.imported.files == taken_in["automatic_lists"].imported.files
    assert taken.settled.values == taken_in["automatic_lists"].settled.values


# --- a report ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def report(report_files: Files) -> Taken:
    return take_in(report_files.docx, "report", CONTENT, TEMPLATES, None, accept=True)


def report_tree(taken: Taken) -> Mapping[str, Any]:
    (tree,) = taken.imported.files.values()
    return tree


def test_the_figures_of_the_annex_are_taken(report: Taken) -> None:
    """Those that are typed, with their notes; sums and ratios are computed."""
    own = yaml.safe_load((CONTENT / "2025" / "bao-cao" / "q3.yaml").read_text(encoding="utf-8"))
    found = report_tree(report)["so_lieu"]
    for name, figure in found.items():
        typed = own["so_lieu"][name]
        value = typed["gia_tri"] if isinstance(typed, dict) else typed
        said = figure["gia_tri"] if isinstance(figure, dict) else figure
        assert said == str(value).replace(".", "")
    workspace = load_content(CONTENT, 2025).workspace
    others = {each.id for each in workspace.indicators.others}
    assert own["so_lieu"].keys() - found.keys() <= others
    assert report.imported.document == "report-q3"


def sections(tree: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, value in tree.items():
        if isinstance(value, Mapping):
            yield from sections(value, (*above, name))
        elif isinstance(value, list) and all(isinstance(each, str) for each in value):
            yield *above, name


def test_the_narrative_goes_into_its_sections(report: Taken) -> None:
    own = yaml.safe_load((CONTENT / "2025" / "bao-cao" / "q3.yaml").read_text(encoding="utf-8"))
    kept = ("noi_nhan", "kinh_gui", "luu", "bo_cau")
    told = {keys for keys in sections(own) if keys[0] not in kept}
    assert told <= set(sections(report_tree(report)))
    assert report_tree(report)["pham_vi"] == " ".join(own["pham_vi"].split())


def test_no_word_of_a_report_is_lost(report: Taken) -> None:
    held = counted(values(tuple(report.imported.files.values())))
    printed = counted(iter(report.pages.document.texts()))
    left = counted(each.text for each in report.settled.leftovers)
    numbers = counted(
        claim.part.text for claim in report.imported.ledger.claims if claim.became is Became.NUMBER
    )
    original = counted(each.text for each in report.imported.ledger.paragraphs)
    assert set(original - (held + printed + numbers) - left) == set()
    assert report.settled.left < 0.05 * report.settled.words


def page(number: int, *texts: str) -> tuple[PageLine, ...]:
    """Lines of a page, from its top down."""
    return tuple(
        PageLine(number, text, False, 0.15, 0.85, 700.0 - 20 * place)
        for place, text in enumerate(texts)
    )


def test_only_the_edge_of_a_page_is_its_number() -> None:
    """A number that stands alone among the lines is a word of the text."""
    lines = (
        *page(0, "Số hồ sơ đã nhận trong kỳ:", "12", "hồ sơ, giải quyết xong:"),
        *page(1, "2", "Số hồ sơ quá hạn:", "15", "hồ sơ."),
        *page(2, "Bảng kết thúc ở đây.", "- 3 -"),
    )
    words = " ".join(each.text for each in as_word(lines).paragraphs)
    assert "12 hồ sơ" in words
    assert "15 hồ sơ" in words
    assert " 2 " not in words
    assert "3" not in words


def test_a_pdf_of_too_many_pages_is_refused() -> None:
    pdf = pikepdf.new()
    for _ in range(MAX_PAGES + 1):
        pdf.add_blank_page()
    data = io.BytesIO()
    pdf.save(data)
    with pytest.raises(ContentError, match=f"{MAX_PAGES + 1} trang, nhận tối đa {MAX_PAGES} trang"):
        read_original(data.getvalue(), Path("a.pdf"), accept=True)


# --- papers of all types -----------------------------------------------------------------------

SAMPLES = sorted(path.stem for path in (CONTENT / "mau" / "soan-thao").glob("*.yaml"))


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Content whose papers are the samples of all types."""
    folder = tmp_path_factory.mktemp("papers") / "content"
    (folder / "2025" / "soan-thao").mkdir(parents=True)
    for name in ("co-quan.yaml", "van-ban.yaml", "chi-tieu.yaml"):
        shutil.copyfile(CONTENT / name, folder / name)
    for name in SAMPLES:
        path = CONTENT / "mau" / "soan-thao" / f"{name}.yaml"
        shutil.copyfile(path, folder / "2025" / "soan-thao" / path.name)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize(
    "habit", ["soft_breaks", pytest.param("typed_numbers", marks=pytest.mark.long)]
)
def test_a_paper_of_any_type_is_drafted_again(
    name: str, habit: str, samples: Path, tmp_path: Path
) -> None:
    """All of its words are placed, and what is built differs in what the program adds at most."""
    workspace = load_content(samples, 2025).workspace
    document = find_kind(name, samples).compose(workspace, TEMPLATES).document
    path = tmp_path / "van-ban-cu.docx"
    path.write_bytes(HABITS[habit](typed_document(document)))
    taken = take_in(path, "document", samples, TEMPLATES, 2025, accept=True)
    assert taken.settled.leftovers == ()
    assert taken.differs.gone == 0
    (file,) = taken.imported.files.values()
    assert file["loai"] == workspace.entries(PAPERS)[name].type


# --- any file ----------------------------------------------------------------------------------

LABELS = (
    *("", "Phần I", "Chương II", "I. ", "IV. ", "1. ", "2. ", "1.1. ", "a) ", "đ) ", "- ", "+ "),
    *("Điều 3. ", "Mục 1", "Kính gửi: ", "Nơi nhận: ", "Căn cứ ", "Phụ lục I", "Chủ trì: "),
)
WORDS = (
    *(
        "Mục đích",
        "YÊU CẦU",
        "NHIỆM VỤ",
        "Tổ chức thực hiện",
        "100% hồ sơ",
        "KẾ HOẠCH",
        "QUYẾT ĐỊNH",
    ),
    *("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nghị định số 80/2025/NĐ-CP ngày 01/4/2025 của Chính phủ"),
    *("ban hành kèm theo Quyết định này", "Trên đây là", "BÁO CÁO", "quý III năm 2025", "SIPAS"),
    *("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 5/KH-UBND", "{x}", "./.", "công dân; đạt từ 90%"),
)
OPENINGS: dict[str, tuple[tuple[str, list[str], str, str], ...]] = {
    "plan": (
        ("", ["KẾ HOẠCH"], "bc", " "),
        ("", ["Cải cách hành chính năm 2025"], "bc", " "),
        ("I. ", ["NHIỆM VỤ"], "b", " "),
        ("- ", ["Rà soát văn bản."], "", " "),
    ),
    "report": (
        ("", ["BÁO CÁO"], "bc", " "),
        ("", ["Kết quả quý III năm 2025"], "bc", " "),
        ("I. ", ["CHỈ ĐẠO, ĐIỀU HÀNH"], "b", " "),
        ("- ", ["Ban hành kế hoạch."], "", " "),
    ),
    "document": (("", ["QUYẾT ĐỊNH"], "bc", " "), ("", ["Về việc chung"], "bc", " ")),
}
"""What makes a file one of a kind."""
LINES = st.tuples(
    st.sampled_from(LABELS),
    st.lists(st.sampled_from(WORDS), max_size=3),
    st.sampled_from(("", "b", "c", "bc")),
    st.sampled_from((" ", "\n", "\t")),
)


@pytest.mark.slow
@given(lines=st.lists(LINES, max_size=25), cells=st.lists(st.sampled_from(WORDS), max_size=9))
@pytest.mark.parametrize("kind", IMPORTERS)
def test_every_word_of_any_file_is_accounted_for(
    kind: str,
    lines: list[tuple[str, list[str], str, str]],
    cells: list[str],
) -> None:
    """Whatever it holds: each of its words went to one place, and what is left is in order."""
    word = new_word()
    for label, words, look, between in (*OPENINGS[kind], *lines):
        paragraph = word.add_paragraph()
        paragraph.add_run(label + between.join(words)).bold = "b" in look
        if "c" in look:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if cells:
        table = word.add_table(rows=3, cols=3)
        for number, text in enumerate(cells):
            table.cell(number // 3, number % 3).text = text
    data = io.BytesIO()
    word.save(data)
    original = read_original(data.getvalue(), Path("a.docx"), accept=True)
    try:
        imported = IMPORTERS[kind](original, content_of_2025(), 2025, TEMPLATES)
    except ContentError:
        return
    settled = imported.ledger.settle(())
    places = settled.values + settled.numbers + settled.printed + settled.left
    assert settled.words == places
    held = counted(values(tuple(imported.files.values())))
    taken = counted(
        claim.part.text for claim in imported.ledger.claims if claim.became is Became.VALUE
    )
    assert taken - held == Counter()
    numbers = [each.paragraph for each in settled.leftovers]
    assert numbers == sorted(numbers)
    for path, tree in imported.files.items():
        file = parse_yaml("\n".join(tree_lines(tree)).encode(), Path(path))
        model = next(each.model for each in OF_A_YEAR if each.name == path.parts[0])
        sound = without_instructions(model, file.tree)
        problems = [*file.problems, *validate(model, sound, Place(Path(path)))[1]]
        assert [str(each) for each in problems] == []


@cache
def content_of_2025() -> Workspace:
    return load_content(CONTENT, 2025).workspace


# --- what cannot be taken in -------------------------------------------------------------------


def _docx(text: str) -> bytes:
    word = new_word()
    word.add_paragraph(text)
    data = io.BytesIO()
    word.save(data)
    return data.getvalue()


def _scan() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    data = io.BytesIO()
    pdf.save(data)
    return data.getvalue()


def _locked() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    data = io.BytesIO()
    pdf.save(data, encryption=pikepdf.Encryption(user="a", owner="b"))
    return data.getvalue()


def _with_macro() -> bytes:
    data = io.BytesIO(_docx("Kế hoạch"))
    with zipfile.ZipFile(data, "a") as package:
        package.writestr("word/vbaProject.bin", b"x")
    return data.getvalue()


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("a.docx", lambda: b"", "tệp rỗng"),
    "damaged": ("a.docx", lambda: _docx("Kế hoạch")[:900], "hỏng"),
    "encrypted": ("a.docx", lambda: _OLE + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
    "macro": ("a.docx", _with_macro, "macro"),
    "macro by its name": ("a.docm", lambda: b"PK", "macro"),
    "another language": ("a.docx", lambda: _docx("The quick brown fox " * 9), "tiếng Việt"),
    "no words": ("a.docx", lambda: _docx("1 2 3"), "không có chữ"),
    "no tasks": (
        "a.docx",
        lambda: _docx("Giấy này không có việc gì cả."),
        "không thấy nhiệm vụ",
    ),
    "a scan": ("a.pdf", _scan, "bản chụp"),
    "a locked PDF": ("a.pdf", _locked, "mật khẩu"),
    "a damaged PDF": ("a.pdf", lambda: b"%PDF-1.7 x", "hỏng"),
    "no PDF": ("a.pdf", lambda: b"x", "không phải PDF"),
    "a picture": ("a.png", lambda: b"x", "loại tệp này"),
    "a sheet": ("a.docx", lambda: b"%PDF-1.4", "là tệp PDF"),
    "an empty .odt": ("a.odt", lambda: b"", "tệp rỗng"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_read_is_told_in_one_line(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, data, words = BAD[case]
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "templates", "templates")
    write_content(tmp_path)
    before = contents(tmp_path / "content")
    Path(name).write_bytes(data())
    result = run("import", name, "--kind", "plan", "--apply", "--year", "2024")
    assert result.exit_code == 1, result.output
    first = result.stderr.splitlines()[0]
    assert first.startswith(f"{name}: ")
    assert words in first
    assert contents(tmp_path / "content") == before


# --- the command -------------------------------------------------------------------------------


@pytest.fixture
def ward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another ward with content of 2026 only."""
    monkeypatch.chdir(tmp_path)
    arguments = [
        *("new", "ward", ".", "--name", "xã Lộc An", "--province", "tỉnh Lâm Đồng"),
        *("--signer", "Nguyễn Văn Bình", "--unit", "Phòng Văn hóa - Xã hội=VHXH"),
        *("--year", "2026", "--content", str(CONTENT)),
    ]
    assert run(*arguments).exit_code == 0
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def contents(folder: Path) -> dict[Path, bytes]:
    return {
        path: path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".vanban" not in path.parts and path.name != ".lock"
    }


def test_a_plan_is_written_built_and_taken_back(ward: Path, typed: TypedDocument) -> None:
    Path("kh.docx").write_bytes(HABITS["automatic_lists"](typed))
    before = contents(ward / "content")
    shown = run("import", "kh.docx", "--kind", "plan")
    assert shown.exit_code == 0, shown.output
    assert "Chưa ghi gì" in shown.output
    assert contents(ward / "content") == before
    done = run("import", "kh.docx", "--kind", "plan", "--apply")
    assert done.exit_code == 0, done.output
    assert (ward / "content" / "2025" / "ke-hoach.yaml").is_file()
    again = run("import", "kh.docx", "--kind", "plan", "--apply")
    assert again.exit_code == 1
    assert "content/2025/ke-hoach.yaml: đã có tệp này" in again.output
    built = run("build", "plan", "--year", "2025")
    assert built.exit_code == 0, built.output
    assert run("undo").exit_code == 0
    assert contents(ward / "content") == before


def test_what_came_meanwhile_is_neither_lost_nor_doubled(ward: Path, typed: TypedDocument) -> None:
    """A register that got the same id since is told of, one that got another keeps it."""
    Path("kh.docx").write_bytes(HABITS["automatic_lists"](typed))
    content = Path("content")
    taken = take_in(Path("kh.docx"), "plan", content, Path("templates"), 2025, accept=True)
    register = content / "van-ban.yaml"
    first = register.read_bytes()
    (added,) = (each.id for each in taken.imported.additions if each.key == "van_ban")
    entry = "\n  - ma: {}\n    loai: Luật\n    trich_yeu: Xây dựng\n"
    register.write_bytes(first + entry.format(added).encode())
    stamp = Stamp(datetime(2026, 1, 2, tzinfo=UTC), "import")
    with pytest.raises(ContentError, match=added):
        apply(taken, "plan", content, stamp)
    assert not (content / "2025" / "ke-hoach.yaml").exists()
    register.write_bytes(first + entry.format("luat-xay-dung").encode())
    apply(taken, "plan", content, stamp)
    text = register.read_text(encoding="utf-8")
    assert "luat-xay-dung" in text
    assert added in text


def test_a_paper_takes_no_id_of_another_document(tmp_path: Path) -> None:
    """Neither of the catalogue nor of a paper that is there."""
    for name in ("evidence-index", "report-q3", "plan"):
        word = new_word()
        for text in ("THÔNG BÁO", "Về việc nghỉ lễ"):
            word.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.CENTER
        word.add_paragraph("Các phòng phân công trực.")
        path = tmp_path / f"{name}.docx"
        word.save(str(path))
        taken = take_in(path, "document", CONTENT, TEMPLATES, 2025, accept=True)
        assert taken.imported.document not in RESERVED


def test_a_plan_is_tried_apart(ward: Path, typed: TypedDocument) -> None:
    Path("kh.docx").write_bytes(HABITS["manual_bold"](typed))
    before = contents(ward / "content")
    done = run("import", "kh.docx", "--kind", "plan", "--out", "thu")
    assert done.exit_code == 0, done.output
    assert contents(ward / "content") == before
    assert (ward / "thu" / "content" / "2025" / "nhap-tu-tep" / "kh.chua-xep.txt").is_file()
    built = run("build", "plan", "--content", "thu/content", "--out", "thu/build")
    assert built.exit_code == 0, built.output
