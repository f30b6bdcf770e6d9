"""All mistakes in one run: of keys, references, figures, targets and dates together."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import CONTENT, load_checked, write_content
from vanban.errors import ContentError

PLAN, REPORT, AGENCY = "2025/ke-hoach.yaml", "2025/bao-cao/q3.yaml", "co-quan.yaml"


def problems(tmp_path: Path, changes: dict[str, str]) -> str:
    with pytest.raises(ContentError) as raised:
        load_checked(write_content(tmp_path, changes), 2025)
    return str(raised.value)


def without(file: str, start: str) -> str:
    """Return a file of the small content without the lines that begin with ``start``."""
    lines = CONTENT[file].splitlines(keepends=True)
    assert any(line.startswith(start) for line in lines)
    return "".join(line for line in lines if not line.startswith(start))


BAD_NUMBER = "-5"


def bad_report() -> str:
    """Return the report with one negative figure."""
    text = CONTENT[REPORT]
    start = text.index("so_lieu:\n") + len("so_lieu:\n")
    name, _, rest = text[start:].partition(":")
    _, _, after = rest.partition("\n")
    return f"{text[:start]}{name}: {BAD_NUMBER}\n{after}"


@pytest.mark.parametrize(
    ("changes", "other"),
    [
        ({REPORT: "khong_co: 1\n"}, "khong_co"),
        ({REPORT: None}, "nguoi_ky"),
        ({AGENCY: "dia_danhh"}, "dia_danhh"),
        ({PLAN: "trich_yeuu"}, "trich_yeuu"),
    ],
    ids=["unknown key", "missing key", "near miss in a register", "near miss in the plan"],
)
def test_a_mistake_of_keys_does_not_hide_a_bad_figure(
    changes: dict[str, str | None], other: str, tmp_path: Path
) -> None:
    files = {REPORT: bad_report()}
    for file, change in changes.items():
        text = files.get(file, CONTENT[file])
        if change is None:
            text = "".join(
                line for line in text.splitlines(keepends=True) if not line.startswith("nguoi_ky:")
            )
        elif change.endswith("\n"):
            text += change
        else:
            text = text.replace(f"{change[:-1]}:", f"{change}:", 1)
        files[file] = text
    told = problems(tmp_path, files)
    assert other in told
    assert f"“{BAD_NUMBER}” là số âm" in told


@pytest.mark.parametrize(
    ("file", "day", "words"),
    [
        (PLAN, "01/8/1925", "không thuộc năm 2025"),
        (PLAN, "01/8/2027", "không thuộc năm 2025"),
        (REPORT, "01/3/2025", "trước khi kỳ số liệu bắt đầu (15/6/2025)"),
    ],
)
def test_a_date_that_cannot_be_is_told(file: str, day: str, words: str, tmp_path: Path) -> None:
    text = "".join(
        line for line in CONTENT[file].splitlines(keepends=True) if not line.startswith("ngay:")
    )
    assert words in problems(tmp_path, {file: f"ngay: {day}\n{text}"})


def test_documents_may_cite_the_plan_of_another_year(tmp_path: Path) -> None:
    plan = without(PLAN, "ma:") if "\nma:" in CONTENT[PLAN] else CONTENT[PLAN]
    content = write_content(tmp_path, {PLAN: f"ma: ke-hoach-2025\n{plan}"})
    report = CONTENT[REPORT].replace("so_lieu:\n", "so_lieu:\n", 1)
    lines = [line for line in report.splitlines(keepends=True) if not line.startswith("can_cu:")]
    cut = "".join(lines)
    folder = content / "2026" / "bao-cao"
    folder.mkdir(parents=True)
    (folder / "q3.yaml").write_text("can_cu: [{van_ban: ke-hoach-2025}]\n" + cut, encoding="utf-8")
    workspace = load_checked(content, 2026)
    assert workspace.documents_by_id["ke-hoach-2025"].number == "/KH-UBND"
    with pytest.raises(ContentError, match="có phải “ke-hoach-2025”"):
        (folder / "q3.yaml").write_text(
            "can_cu: [{van_ban: ke-hoach-2024}]\n" + cut, encoding="utf-8"
        )
        load_checked(content, 2026)
