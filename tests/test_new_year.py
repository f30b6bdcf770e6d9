"""``vanban new year``: what is carried over, what is marked, and the way to a built year."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from conftest import ROOT
from test_cli import run
from vanban.app.load import load_content
from vanban.app.new_year import REVIEW, later
from vanban.workspace.instructions import MARKER

AREA = "03-thu-tuc-hanh-chinh.yaml"


@pytest.fixture
def ward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project's content and templates in a folder of their own."""
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "content"


def change(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def files(content: Path) -> dict[Path, bytes]:
    paths = (path for path in content.rglob("*") if path.is_file() and ".vanban" not in path.parts)
    return {path.relative_to(content): path.read_bytes() for path in paths}


def test_everything_is_carried_over_with_its_ids(ward: Path) -> None:
    before = load_content(ward, 2025).workspace
    held = files(ward)
    made = run("new", "year", "2026")
    assert made.exit_code == 0, made.output
    assert {path: held[path] for path in held} == {
        path: data for path, data in files(ward).items() if path in held
    }
    loaded = load_content(ward, 2026)
    assert not loaded.problems
    after = loaded.workspace
    assert after.plan is not None and before.plan is not None
    assert after.plan.id == "kh-chi-so-cchc-2026"
    assert (after.plan.number, after.plan.date) == (None, None)
    assert [area.id for area in after.areas] == [area.id for area in before.areas]
    assert list(after.sub_criteria) == list(before.sub_criteria)
    assert after.self_assessment is not None and after.self_assessment.answers == {}
    assert after.evidence is not None and after.evidence.evidence == ()
    assert after.evidence.dossier.code == before.evidence.dossier.code  # type: ignore[union-attr]
    assert not after.reports
    sets = Path("bo-chi-so") / "qd766.yaml"
    assert (ward / "2026" / sets).read_bytes() == (ward / "2025" / sets).read_bytes()
    assert {path.name for path in (ward / "2026").iterdir()} == {
        "ke-hoach.yaml",
        "linh-vuc",
        "tieu-chi.yaml",
        "bo-chi-so",
        "tu-danh-gia.yaml",
        "minh-chung.yaml",
    }
    for path in (ward / "2025" / "linh-vuc").iterdir():
        ids = re.compile(r"^\s*(?:- |- \{)?ma: [^,\n]+", re.MULTILINE)
        texts = (each.read_text(encoding="utf-8") for each in (path, after_of(ward, path.name)))
        old, new = (ids.findall(text) for text in texts)
        assert old == new
    assert "chép từ năm 2025" in made.stdout.lower()
    assert "- 9 lĩnh vực, " in made.stdout
    assert "- bắt đầu trống: tu-danh-gia.yaml, minh-chung.yaml" in made.stdout
    run("undo")
    assert files(ward) == held


def after_of(ward: Path, name: str) -> Path:
    return ward / "2026" / "linh-vuc" / name


TEXTS = {
    "Trong năm 2025 hoàn thành việc số hóa.": True,
    "So với năm 2024 tăng 5%.": True,
    "Xong trước ngày 30/11/2025.": True,
    "Xong trong quý III/2025.": True,
    "Xong trong tháng 9/2025.": True,
    "Kế hoạch giai đoạn 2021-2025.": True,
    "Thực hiện kế hoạch 6 tháng cuối năm 2025 theo Nghị định số 80/2025/NĐ-CP.": True,
    "Thực hiện Nghị định số 80/2025/NĐ-CP ngày 01/4/2025 của Chính phủ.": False,
    "Thực hiện Công văn số 1747/UBND-KSTTHC ngày 30/6/2025 của Ủy ban nhân dân thành phố.": False,
    "Theo Luật số 65/2025/QH15.": False,
    "Kế hoạch giai đoạn 2026-2030.": False,
    "Tiếp nhận 12025 hồ sơ.": False,
}


def test_what_names_an_old_year_is_marked_and_told_and_cannot_print(ward: Path) -> None:
    area = ward / "2025" / "linh-vuc" / AREA
    listed = "".join(
        f"  - ma: nam-cu-{number}\n    noi_dung: >-\n      {text}\n"
        for number, text in enumerate(TEXTS)
    )
    change(area, ("nhiem_vu:\n", f"nhiem_vu:\n{listed}"))
    made = run("new", "year", "2026")
    assert made.exit_code == 0, made.output
    text = " ".join(after_of(ward, AREA).read_text(encoding="utf-8").split())
    for sentence, is_marked in TEXTS.items():
        assert (f"{REVIEW}{sentence}" in text) == is_marked, sentence
        assert sentence in text
        assert (f": {sentence}"[:40] in made.stdout) == is_marked
    plan = " ".join((ward / "2026" / "ke-hoach.yaml").read_text(encoding="utf-8").split())
    assert f"{REVIEW}Nâng cao Chỉ số" in plan
    built = run("build", "plan", "--engine", "pages")
    assert built.exit_code == 0, built.output
    assert "bản nháp" in built.stdout
    assert "trich_yeu: còn lời hướng dẫn" in built.stdout


def test_dates_results_and_bases(ward: Path) -> None:
    area = ward / "2025" / "linh-vuc" / AREA
    change(
        area,
        ("  - ma: tthc-01\n", "  - ma: tthc-01\n    han: 30/9/2025\n"),
        ("  - ma: tthc-02\n", "  - ma: tthc-02\n    han: 2025-12-15\n"),
        ("  - ma: tthc-03\n", "  - ma: tthc-03\n    han: 15/01/2026\n"),
    )
    made = run("new", "year", "2026")
    carried = after_of(ward, AREA).read_text(encoding="utf-8")
    for day in ("30/9/2026", "15/12/2026", "15/01/2027"):
        assert f"    han: {day}\n" in carried
    assert "- 3 thời hạn dời sang năm 2026" in made.stdout
    assert "# quý III năm 2025: 99,9% (số liệu mẫu)\n      - {ma: ty-le-ho-so-dung-han" in carried
    plan = (ward / "2026" / "ke-hoach.yaml").read_text(encoding="utf-8")
    assert f"  # {MARKER}: xem lại căn cứ, 1747/UBND-KSTTHC ngày 30/6/2025 là của năm cũ\n" in plan
    assert "# năm 2025: chưa có số liệu\n      - {ma: diem-chi-so-cchc" in plan
    assert plan.count("chưa có số liệu") + plan.count("quý III năm 2025:") == plan.count("muc:")
    assert "Kế hoạch nâng cao các chỉ số cải cách hành chính năm 2026" in plan
    assert "# Lời văn năm 2025 như bản đã ban hành" in plan
    answers = (ward / "2026" / "tu-danh-gia.yaml").read_text(encoding="utf-8")
    assert '# nam_truoc: {1: "13,27", ' in answers


@pytest.mark.parametrize(
    ("day", "years", "moved"),
    [
        ("30/9/2025", 1, "30/9/2026"),
        ("2025-12-15", 1, "15/12/2026"),
        ("29/02/2024", 1, "28/02/2025"),
        ("29/02/2024", 4, "29/02/2028"),
        ("31/12/2025", 2, "31/12/2027"),
        ("41/13/2025", 1, None),
    ],
)
def test_a_day_is_moved(day: str, years: int, moved: str | None) -> None:
    assert later(day, years) == moved


def test_a_plan_without_a_year_in_its_id_gets_one(ward: Path) -> None:
    change(ward / "2025" / "ke-hoach.yaml", ("ma: kh-chi-so-cchc-2025", "ma: kh-chi-so"))
    answers = ward / "2025" / "tu-danh-gia.yaml"
    change(answers, ("van_ban: kh-chi-so-cchc-2025", "van_ban: kh-chi-so"))
    report = ward / "2025" / "bao-cao" / "q3.yaml"
    change(report, ("van_ban: kh-chi-so-cchc-2025", "van_ban: kh-chi-so"))
    assert run("new", "year", "2026").exit_code == 0
    assert "\nma: kh-chi-so-2026\n" in (ward / "2026" / "ke-hoach.yaml").read_text("utf-8")


def test_criteria_of_the_old_year_are_moved_on_and_told(ward: Path) -> None:
    change(
        ward / "2025" / "tieu-chi.yaml",
        (
            "ten: Ban hành kế hoạch CCHC năm kịp thời",
            "ten: Ban hành kế hoạch CCHC năm 2025 kịp thời",
        ),
    )
    made = run("new", "year", "2026")
    text = (ward / "2026" / "tieu-chi.yaml").read_text(encoding="utf-8")
    assert (
        f"            # {MARKER}: đã đổi năm, xem lại — Ban hành kế hoạch CCHC năm 2025 kịp thời, "
        "đủ nội dung\n            ten: Ban hành kế hoạch CCHC năm 2026 kịp thời"
    ) in text
    assert "tieu-chi.yaml:" in made.stdout
    assert "1.1.1" in load_content(ward, 2026).workspace.sub_criteria


def test_a_year_with_a_mistake_is_told_and_nothing_is_written(ward: Path) -> None:
    area = ward / "2025" / "linh-vuc" / "02-the-che.yaml"
    area.write_text(area.read_text(encoding="utf-8") + "la: 1\n", encoding="utf-8")
    told = run("new", "year", "2026")
    assert told.exit_code == 1
    assert "02-the-che.yaml:" in told.stderr
    assert not (ward / "2026").exists()


def test_a_folder_with_anything_in_it_is_left_alone(ward: Path) -> None:
    (ward / "2026").mkdir()
    (ward / "2026" / "ke-hoach.yaml").write_text("x\n", encoding="utf-8")
    assert "không ghi đè" in run("new", "year", "2026").stderr
    assert (ward / "2026" / "ke-hoach.yaml").read_text(encoding="utf-8") == "x\n"


def test_from_last_year_to_a_built_plan_and_report(ward: Path) -> None:
    """Do what an official does: look at each marked text, put in figures and words, build."""
    run("new", "year", "2026")
    for path in (ward / "2026").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        text = re.sub(rf" *# {MARKER}: xem lại căn cứ.*\n", "", text)
        marked = re.compile(
            rf"{REVIEW.replace(' ', chr(92) + 's+')}(.*?)(?=\n\s*\n|\n\S|\n *[\w-]+:)", re.S
        )
        text = marked.sub(
            lambda found: found[1].replace("2025", "2026").replace("năm 2024", "năm 2025"), text
        )
        path.write_text(text, encoding="utf-8")
    assert MARKER not in "".join(
        path.read_text(encoding="utf-8") for path in (ward / "2026" / "linh-vuc").iterdir()
    )
    run("new", "report", "q1")
    report = ward / "2026" / "bao-cao" / "q1.yaml"
    figures = load_content(ward, 2025).workspace.reports["q3"].figures
    filled = []
    for line in report.read_text(encoding="utf-8").splitlines():
        named = re.match(rf'  ([a-z0-9-]+): "{MARKER}', line)
        if named is not None:
            known = figures.get(named[1])
            line = f"  {named[1]}: {known.value if known is not None else 0}"
        filled.append(re.sub(rf'- "{MARKER}: .*"', "- Trong kỳ không phát sinh.", line))
    text = "\n".join(filled) + "\n"
    text = re.sub(rf"  {MARKER}: nêu số liệu.*\n.*\n", "  Số liệu gồm các phòng, đơn vị.\n", text)
    assert MARKER not in text
    report.write_text(text, encoding="utf-8")
    built = run("build", "plan", "report-q1", "--engine", "pages")
    assert built.exit_code == 0, built.output
    assert "thiếu" not in built.stdout.replace("chưa có số liệu", ""), built.stdout
    for name in ("plan", "report-q1"):
        assert (ward.parent / "build" / "2026" / f"{name}.docx").is_file()
