"""``vanban new`` and ``vanban issue``: what a ward begins with, tried to the built document."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from test_cli import run
from vanban.app.load import load_content
from vanban.compose.report_facts import gather
from vanban.workspace.instructions import MARKER
from vanban.workspace.keys import keys_of
from vanban.workspace.models.criteria import RuleKind
from vanban.workspace.models.entry import Entry
from vanban.workspace.models.report import Narrative, Report
from vanban.workspace.source import Mapping, Node, Sequence
from vanban.workspace.yaml_file import parse_yaml


@pytest.fixture
def ward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project's content and templates in a folder of their own."""
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "content"


def files(content: Path) -> dict[Path, bytes]:
    paths = (path for path in content.rglob("*") if path.is_file() and ".vanban" not in path.parts)
    return {path.relative_to(content): path.read_bytes() for path in paths}


def test_a_new_report_names_every_indicator_with_its_last_value(ward: Path) -> None:
    run("new", "year", "2026")
    made = run("new", "report", "q1")
    assert made.exit_code == 0, made.output
    text = (ward / "2026" / "bao-cao" / "q1.yaml").read_text(encoding="utf-8")
    assert "$schema=../../.schema/bao-cao.schema.json" in text
    assert "so_lieu_mau" not in text
    assert "(hồ sơ); quý III năm 2025: 1.486 (số liệu mẫu)\n  ho-so-truc-tuyen:" in text
    assert "\n  - {mo_dau: Thực hiện, van_ban: kh-chi-so-cchc-2026}\n" in text
    assert "ty-le-ho-so-truc-tuyen:" not in text  # computed
    built = run("build", "report-q1", "--engine", "pages")
    assert built.exit_code == 0, built.output
    assert "bản nháp" in built.stdout
    assert MARKER not in built.stdout


def test_a_new_report_has_every_section_and_every_indicator_that_is_typed(ward: Path) -> None:
    run("new", "report", "h1")
    path = ward / "2025" / "bao-cao" / "h1.yaml"
    tree = parse_yaml(path.read_bytes(), path).tree
    assert isinstance(tree, Mapping)
    sections = list(_sections(Report, tree))
    assert len(sections) > 35
    for keys, node in sections:
        assert isinstance(node, Sequence) and MARKER in node[0], keys
    figures = tree["so_lieu"]
    indicators = load_content(ward, 2025).workspace.all_indicators()
    assert isinstance(figures, Mapping)
    assert list(figures) == [
        each.id for each in indicators if not each.is_ratio and not each.sum_of
    ]


def _sections(model: type[Entry], tree: Node) -> Iterator[tuple[str, Node]]:
    """Yield the key of each narrative section below ``model`` and what stands there."""
    assert isinstance(tree, Mapping)
    for key in keys_of(model).values():
        info = model.model_fields[key.attribute]
        if info.annotation == Narrative:
            yield key.name, tree.get(key.name)
        elif key.shape.entry is not None:
            yield from _sections(key.shape.entry, tree.get(key.name))


@pytest.mark.slow
def test_a_self_assessment_begins_with_every_criterion_and_is_built(ward: Path) -> None:
    path = ward / "2025" / "tu-danh-gia.yaml"
    path.unlink()
    assert "bằng lệnh vanban new self-assessment" in run("list").output
    assert run("new", "self-assessment").exit_code == 0
    loaded = load_content(ward, 2025)
    assert loaded.problems == ()
    criteria, answers = loaded.workspace.criteria, loaded.workspace.self_assessment
    assert criteria is not None and answers is not None
    asked = {str(each.path[1]) for each in answers.instructions if each.path[0] == "tra_loi"}
    parts = {
        part.code: part.rule.kind
        for field in criteria.fields
        for criterion in field.criteria
        for part in criterion.parts
    }
    assert asked == {code for code, kind in parts.items() if kind is not RuleKind.SURVEY}
    assert [str(each) for each in answers.addressees] == ["ubnd-thanh-pho", "so-noi-vu"]
    text = path.read_text(encoding="utf-8")
    answered = re.sub(r'  1\.1\.1: ".*"', "  1.1.1: {chon: dung-han}", text)
    path.write_text(answered, encoding="utf-8")
    assert load_content(ward, 2025).problems == ()
    assert "đã có tệp này" in run("new", "self-assessment").stderr
    assert path.read_text(encoding="utf-8") == answered


@pytest.mark.parametrize(
    ("gone", "asked", "command"),
    [
        ("bao-cao/q1.yaml", ("build", "report-q1"), "vanban new report q1 --year 2025"),
        ("bao-cao/q1.yaml", ("build", "brief-q1"), "vanban new report q1 --year 2025"),
        ("tu-danh-gia.yaml", ("build", "self-assessment"), "vanban new self-assessment --year"),
        ("minh-chung.yaml", ("build", "evidence-index"), "vanban evidence add TỆP --criterion"),
        ("minh-chung.yaml", ("dossier",), "vanban evidence add TỆP --criterion"),
        ("tieu-chi.yaml", ("new", "self-assessment"), "criteria import BẢNG --self-assessment"),
        ("tieu-chi.yaml", ("evidence", "status"), "criteria import BẢNG --self-assessment"),
        ("tieu-chi.yaml", ("dossier",), "criteria import BẢNG --self-assessment"),
    ],
)
def test_what_is_not_there_is_told_with_the_command_that_begins_it(
    ward: Path, gone: str, asked: tuple[str, ...], command: str
) -> None:
    lost = ("tieu-chi.yaml", "tu-danh-gia.yaml", "minh-chung.yaml")
    for name in lost if gone == "tieu-chi.yaml" else (gone,):
        (ward / "2025" / name).unlink(missing_ok=True)
    told = run(*asked)
    assert told.exit_code == 1
    assert f"content/2025/{gone}: chưa có " in told.stderr and command in told.stderr


def test_every_kind_of_paper_is_begun_and_built(ward: Path) -> None:
    kinds = sorted(path.stem for path in (ward / "mau" / "soan-thao").iterdir())
    run("new", "year", "2026")
    for kind in kinds:
        made = run("new", "document", kind)
        assert made.exit_code == 0, made.output
        assert f"build {kind}-01" in made.stdout
        path = ward / "2026" / "soan-thao" / f"{kind}-01.yaml"
        text = path.read_text(encoding="utf-8")
        assert "2025" not in text
        assert text.count("\nso_lieu_mau: true\n") == 1
        path.write_text(text.replace("\nso_lieu_mau: true\n", "\n"), encoding="utf-8")
    assert len(kinds) >= 25
    built = run("build", *(f"{kind}-01" for kind in kinds), "--engine", "pages")
    assert built.exit_code == 0, built.output
    assert built.stdout.count("-01: trình ký\n") == len(kinds), built.stdout
    assert (ward / "2026" / "soan-thao" / "cong-van-01.yaml").is_file()
    run("new", "document", "Công văn")
    assert (ward / "2026" / "soan-thao" / "cong-van-02.yaml").is_file()


def test_a_paper_is_begun_built_and_given_its_number(ward: Path) -> None:
    made = run("new", "document", "cong-van", "cv-so-lieu-q3")
    assert made.exit_code == 0, made.output
    path = ward / "2025" / "soan-thao" / "cv-so-lieu-q3.yaml"
    assert "make document ID=cv-so-lieu-q3" in path.read_text(encoding="utf-8")
    begun = path.read_bytes()
    issued = run("issue", "cv-so-lieu-q3", "--so", "35", "--ngay", "05/9/2025")
    assert issued.exit_code == 0, issued.output
    assert path.read_text(encoding="utf-8").endswith("so: 35\nngay: 05/9/2025\n")
    built = run("build", "cv-so-lieu-q3", "--engine", "pages")
    assert built.exit_code == 0, built.output
    assert "để trống" not in built.stdout
    run("undo")
    assert path.read_bytes() == begun


@pytest.mark.slow
def test_an_issued_paper_is_in_the_register_of_its_year_and_the_next(ward: Path) -> None:
    run("new", "document", "quyet-dinh", "qd-doan")
    run("new", "document", "quyet-dinh", "qd-to")
    path = ward / "2025" / "soan-thao" / "qd-to.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("nq-76-nq-cp", "qd-doan"), encoding="utf-8")
    drafted = run("build", "qd-to", "--engine", "pages")  # a draft can be cited, and that is told
    assert "số của căn cứ qd-doan — ban hành văn bản ấy trước, rồi ghi số" in drafted.stdout
    issued = run("issue", "qd-doan", "--so", "35", "--ngay", "20/8/2025")
    assert "dẫn bằng “van_ban: qd-doan”; không khai lại ở van-ban.yaml" in issued.stdout
    again = run("issue", "qd-to", "--so", "35", "--ngay", "21/8/2025")
    assert again.exit_code == 1
    assert "so: số 35/QĐ-UBND năm 2025 đã cấp cho qd-doan" in again.stderr
    assert run("issue", "qd-to", "--so", "36", "--ngay", "21/8/2025").exit_code == 0
    told = "  số 36/QĐ-UBND, ngày 21/8/2025; văn bản khác dẫn bằng van_ban: qd-to\n"
    assert told in run("list").stdout
    for year, cited in ((2025, "qd-doan"), (2026, "qd-doan-2025"), (2026, "report-q3-2025")):
        if not (ward / str(year)).exists():
            run("new", "year", str(year))
        letter = ward / str(year) / "soan-thao" / f"cv-{len(cited)}.yaml"
        run("new", "document", "cong-van", letter.stem)
        text = letter.read_text(encoding="utf-8")
        assert "\nnguoi_ky:" in text
        text = re.sub(r"^can_cu:\n(?:  .*\n)+", "", text, flags=re.MULTILINE)
        letter.write_text(f"{text}can_cu: [{{van_ban: {cited}}}]\n", encoding="utf-8")
        built = run("build", letter.stem, "--engine", "pages")
        assert built.exit_code == 0, built.output
        assert ("số của căn cứ" in built.stdout) == (cited == "report-q3-2025")
    run("new", "document", "giay-nghi-phep", "nghi", "--year", "2025")
    assert run("issue", "nghi", "--so", "9", "--ngay", "21/8/2025", "--year", "2025").exit_code == 0
    facts = gather(load_content(ward, 2025).workspace, "q3", ROOT / "templates")
    issued_ids = [each.id for each in facts.issued]
    assert "qd-doan" in issued_ids and "nghi" not in issued_ids  # a slip directs nothing
    gone = run("check", "cv-7")  # of 2025: the newest year has none
    assert gone.exit_code == 2


def test_number_and_date_go_where_a_comment_shows_them(ward: Path) -> None:
    plan = ward / "2025" / "ke-hoach.yaml"
    before = plan.read_text(encoding="utf-8")
    assert run("issue", "plan", "--so", "35", "--ngay", "01/8/2025").exit_code == 0
    assert plan.read_text(encoding="utf-8") == before.replace("\n# so: 12\n", "\nso: 35\n")
    run("undo")
    run("new", "report", "q1")
    report = ward / "2025" / "bao-cao" / "q1.yaml"
    before = report.read_text(encoding="utf-8")
    text = re.sub('HƯỚNG DẪN: .*(?=")', "0", before)
    report.write_text(text, encoding="utf-8")
    done = run("issue", "report-q1", "--so", "36", "--ngay", "16/3/2025")
    assert done.exit_code == 0, done.output
    assert report.read_text(encoding="utf-8") == text.replace(
        "\n# so: 12\n# ngay: 16/3/2026\n", "\nso: 36\nngay: 16/3/2025\n"
    )


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("new document", "chưa ghi mẫu — chọn trong: bao-cao, "),
        ("new document cong-vam x", "không có mẫu “cong-vam” — có phải “cong-van”?"),
        ("new document cong-van plan", "đã dùng cho một văn bản khác"),
        ("new document cong-van Cv_1", "không dùng làm mã được"),
        ("new document cong-van kh-chi-so-cchc-2025", "đã dùng"),
        ("new report q2", "không có kỳ “q2” — chọn trong: q1, h1, q3, year"),
        ("new report q3", "bao-cao/q3.yaml: đã có tệp này"),
        ("new year 2025", "đã có thư mục content/2025 — không ghi đè"),
        ("new year 2024", "chưa có năm nào trước 2024 để chép — tạo content/2024/ke-hoach.yaml"),
        ("evidence add a.pdf --criterion 1.1.1", "a.pdf: không có tệp này — xem lại đường dẫn"),
        ("new year 99999", "năm phải có bốn chữ số"),
        ("issue plan --so 3 --ngay 02/9/2025", "đã ghi ngày “01/8/2025”"),
        ("issue report-q3 --so x --ngay 02/9/2025", "“x” không phải là số văn bản"),
        ("issue report-q3 --so 3 --ngay 31/9/2025", "không có ngày 31/9/2025"),
        ("issue evidence-index --so 3 --ngay 02/9/2025", "không được cấp số"),
        ("issue brief-q3 --so 3 --ngay 02/9/2025", "brief-q3 không được cấp số"),
        ("issue report-q1 --so 3 --ngay 02/9/2025", "chưa có tệp này"),
        ("issue plam --so 3 --ngay 02/9/2025", "có phải “plan”?"),
    ],
)
def test_what_cannot_be_begun_is_told_and_nothing_is_written(
    command: str, told: str, ward: Path
) -> None:
    before = files(ward)
    result = run(*command.split())
    assert result.exit_code in (1, 2)
    assert told in result.output
    assert files(ward) == before


def test_a_sample_that_cannot_be_read_is_told_at_its_place(ward: Path) -> None:
    sample = ward / "mau" / "soan-thao" / "cong-van.yaml"
    sample.write_bytes(b"loai: \xff\n")
    assert "cong-van.yaml:1:7: " in run("new", "document", "cong-van", "cv-1").stderr
