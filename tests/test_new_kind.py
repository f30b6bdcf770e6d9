"""A new kind of document is written in the places that CONTRIBUTING names, and nowhere else.

A kind of its own, with content and a computed sentence, is added to a copy of the program; then
every command works on it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, TEMPLATES
from documents import part
from support import write_content
from vanban.line_ends import plain

pytestmark = pytest.mark.slow

OUTLINE = """\
---
loai: Thông báo
trich_yeu: Lịch tiếp công dân năm {{ year }}
de_muc: I., 1.
---
# CÁC BUỔI TIẾP

{% for session in sessions %}
- {{ session.text }}

{% endfor %}
Tổng số {{ count }} buổi.
"""
MODEL = '''\
"""``<năm>/tiep-dan.yaml``: when the office receives citizens."""

from __future__ import annotations

from vanban.workspace.models.entry import TextItem, key
from vanban.workspace.models.plan import Issue


class Reception(Issue):
    """The sessions of a year."""

    sessions: tuple[TextItem, ...] = key("buoi_tiep", "Buổi tiếp", "Các buổi tiếp công dân.")
'''
COMPOSE = '''\
"""The notice of when citizens are received: ``tiep-dan.yaml`` → Document, by ``reception.md``."""

from __future__ import annotations

from pathlib import Path

from vanban.compose.furniture import make_document, registry_blanks
from vanban.compose.needs import gaps
from vanban.compose.outline import fill_outline
from vanban.compose.composed import Composed
from vanban.workspace.files import RECEPTION
from vanban.workspace.workspace import Workspace


def compose_reception(workspace: Workspace, templates: Path) -> Composed:
    """Compose the notice of ``workspace.year``."""
    reception = workspace.need(RECEPTION)
    sessions = reception.sessions
    values = {"year": workspace.year, "sessions": sessions, "count": len(sessions)}
    outlined = fill_outline(templates / "reception.md", values)
    document = make_document("reception", outlined, reception, workspace, ())
    missing = gaps("reception", document, (reception,), workspace)
    return Composed(document, outlined.path, missing=missing, blanks=registry_blanks(reception))
'''
ROWS = {
    # file of the program: (what stands there, the same with the new row beside it)
    "workspace/files.py": (
        "    from vanban.workspace.models.entry import Entry\n",
        "    import vanban.workspace.models.reception\n"
        "    from vanban.workspace.models.entry import Entry\n",
        "EVIDENCE = ContentFile(\n",
        'RECEPTION = ContentFile("tiep-dan.yaml", "Lịch tiếp công dân",'
        " lambda: vanban.workspace.models.reception.Reception)\n"
        "EVIDENCE = ContentFile(\n",
    ),
    "app/catalogue.py": (
        "from vanban.invocation import command_here\n",
        "from vanban.invocation import command_here\n"
        "from vanban.compose.reception import compose_reception\n"
        "from vanban.workspace.files import RECEPTION\n",
        "CATALOGUE: tuple[Kind, ...] = (\n",
        "CATALOGUE: tuple[Kind, ...] = (\n"
        '    Kind("reception", "Thông báo lịch tiếp công dân", RECEPTION, compose_reception),\n',
    ),
}
CONTENT = {
    "2025/tiep-dan.yaml": """\
so_lieu_mau: true
noi_nhan: [dang-uy]
luu: [van-hoa-xa-hoi]
nguoi_ky: chu-tich
buoi_tiep:
  - Ngày 05/9/2025, lảnh đạo phường tiếp công dân , tổ chức.
  - Ngày 19/9/2025, Uỷ ban nhân dân phường tiếp công dân (điền tên người chủ trì).
""",
    "soat-loi.yaml": "ten_rieng: [Trang thông tin điện tử]\n",
}


def places() -> list[list[str]]:
    """Return, for each step that CONTRIBUTING counts, the files it names."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.partition("## A kind of document\n")[2].partition("\n## ")[0]
    steps = re.split(r"^\d\. ", section, flags=re.MULTILINE)[1:]
    said = (step.partition("\n\n")[0] for step in steps)
    return [re.findall(r"`([a-z/<>_-]+\.(?:md|py))`", step) for step in said]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose program, a copy of this one, knows the new kind."""
    folder = tmp_path_factory.mktemp("kind")
    source = folder / "src" / "vanban"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src" / "vanban", source, ignore=ignored)
    shutil.copytree(TEMPLATES, folder / "templates")
    (folder / "templates" / "reception.md").write_text(OUTLINE, encoding="utf-8")
    (source / "workspace" / "models" / "reception.py").write_text(MODEL, encoding="utf-8")
    (source / "compose" / "reception.py").write_text(COMPOSE, encoding="utf-8")
    for name, (old_import, new_import, old_row, new_row) in ROWS.items():
        path = source / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old_import) == text.count(old_row) == 1
        text = text.replace(old_import, new_import).replace(old_row, new_row)
        path.write_text(text, encoding="utf-8")
    write_content(folder, CONTENT)
    (folder / "docs").mkdir()
    return folder


RUN = """
import json, sys
from click.testing import CliRunner
from vanban.cli import main
for line in sys.argv[1:]:
    result = CliRunner().invoke(main, line.split(), catch_exceptions=False)
    print(json.dumps([result.exit_code, result.stdout, result.stderr]))
"""


def vanban(project: Path, *lines: str) -> list[tuple[int, str, str]]:
    """Run the copy with each command line in turn; return exit code, output and errors of each."""
    run = subprocess.run(
        [sys.executable, "-c", RUN, *lines],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project / "src")},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    return [tuple(json.loads(line)) for line in run.stdout.splitlines()]


def test_the_places_are_those_that_are_counted() -> None:
    steps = places()
    assert steps == [
        ["templates/<name>.md"],
        ["workspace/models/<name>.py", "workspace/files.py"],
        ["compose/<name>.py"],
        ["app/catalogue.py"],
    ]
    assert {name for step in steps for name in step if "<name>" not in name} == set(ROWS)
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert f"is written in {len(steps)} places" in readme


def test_every_command_knows_the_new_kind(project: Path) -> None:
    (_, listed, _), built, (_, found, _), (_, mended, _) = vanban(
        project, "list", "build reception", "check reception", "check --fix"
    )
    assert "reception: Thông báo lịch tiếp công dân\n  dựng được\n" in listed
    assert built[0] == 0, built
    assert "reception: bản nháp, mẫu" in built[1]
    made = project / "build" / "2025"
    assert "Tổng số 2 buổi." in plain(part(made / "reception.docx", "word/document.xml"))
    assert (made / "reception.pdf").read_bytes().startswith(b"%PDF")
    assert "content/2025/tiep-dan.yaml:6:21: “lảnh đạo” có lẽ gõ nhầm" in found
    assert "content/2025/tiep-dan.yaml:7:21: “Uỷ” đặt dấu khác" in found
    assert "content/2025/tiep-dan.yaml:7:5" in found
    assert "+  - Ngày 19/9/2025, Ủy ban" in mended


def test_a_mistake_in_its_file_has_its_place(project: Path) -> None:
    path = project / "content" / "2025" / "tiep-dan.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("buoi_tiep", "buoi_tip"), encoding="utf-8")
    told, (_, listed, _) = vanban(project, "build reception", "list")
    mistyped = path.rename(path.with_name("tiepdan.yaml"))
    ((_, _, near),) = vanban(project, "build reception")
    mistyped.unlink()
    path.write_text(text, encoding="utf-8")
    assert told[0] == 1
    assert "tiep-dan.yaml:5:1: buoi_tip: không có khóa" in told[2]
    assert "có phải “buoi_tiep”?" in told[2]
    assert "chưa dựng được: nội dung đang có 1 lỗi (content/2025/tiep-dan.yaml:5:1 …)" in listed
    assert "tiepdan.yaml: tên này không được đọc — có phải “tiep-dan.yaml”?" in near


def test_schema_glossary_and_migration_know_its_file(project: Path) -> None:
    before = (project / "content/2025/tiep-dan.yaml").read_bytes()
    commands = ("schema", "migrate --apply", "list", "undo")
    status = vanban(project, *commands)
    assert [code for code, _, _ in status] == [0, 0, 0, 0], status
    schema = (project / "content/.schema/tiep-dan.schema.json").read_text(encoding="utf-8")
    assert "Các buổi tiếp công dân." in schema
    glossary = (project / "docs/tu-dien.md").read_text(encoding="utf-8")
    assert "## Lịch tiếp công dân: `<năm>/tiep-dan.yaml`" in glossary
    assert "content/quy-tac/tu-ngu.yaml: đã tạo" in status[1][1]
    assert "reception: Thông báo lịch tiếp công dân\n  dựng được\n" in status[2][1]
    assert (project / "content/2025/tiep-dan.yaml").read_bytes() == before
