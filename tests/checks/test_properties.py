"""What holds for any text: no rule crashes, a fix stays on reported lines and is done once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from support import CONTENT, write_content
from vanban.checks.finding import Stretch
from vanban.checks.fix import find_edits, fixed_files
from vanban.checks.from_document import as_typed
from vanban.checks.registry import all_rules
from vanban.checks.rules import NotEvaluated, Project, hits_of
from vanban.checks.run import run_rules
from vanban.checks.writing import Passage, Role, Writing, plain_writing
from vanban.io.swap import write_files
from vanban.provenance import sources_of, traced
from vanban.workspace.load import load_workspace
from vanban.workspace.workspace import Workspace

PIECES = (
    *("Căn cứ", "Nghị định số 80/2025/NĐ-CP ngày 01/4/2025 của Chính phủ", "về việc", "đạt"),
    *("từ 95-100% trở lên", "uỷ", "hoà", "Uỷ", "các", "cán bộ công chức", "(", ")", "“", "”"),
    *('"', ";", ":", ",", ".", "…", "./.", "100%", "98,7 %", "/KH-UBND", "- -", "–", "—", "&"),
    *("Điều 5 khoản", "II. 1.1. a)", "UBND", "QPPL", "\u00a0", "\u200b", "e\u0302", "Ð"),
    *("ngày 99/99/9999", "năm 0", "số 0/"),
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
    st.text("aă \t.,-/%0", max_size=50),
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return load_workspace(write_content(tmp_path_factory.mktemp("content")))


@given(lines=st.lists(st.tuples(st.sampled_from(Role), TEXTS), max_size=8), known=st.booleans())
@example(lines=[(Role.BODY, "a\n0")], known=False)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_rule_crashes_and_every_stretch_lies_in_its_passage(
    workspace: Workspace, lines: list[tuple[Role, str]], known: bool
) -> None:
    place = plain_writing("a", Path("a.txt")).passages[0].place
    passages = tuple(
        Passage(text, role, number, place) for number, (role, text) in enumerate(lines, 1)
    )
    chosen = workspace if known else None
    project = Project(chosen, (Writing("a", passages, "Kế hoạch", workspace=chosen),))
    for rule in all_rules():
        try:
            hits = list(hits_of(rule, project))
        except NotEvaluated:
            continue
        for hit in hits:
            for at in (hit.at, *hit.others):
                if isinstance(at, Stretch):
                    assert 0 <= at.start <= at.end <= len(at.passage.text), rule.id
            assert len(hit.message.splitlines()) == 1, rule.id
            assert len(hit.suggestion.splitlines()) <= 1, rule.id


FIXABLE = st.sampled_from(
    [
        "văn hoá",
        "Uỷ ban",
        "hoà nhập",
        "a  b",
        "kinh tế – xã hội",
        "phòng Văn hóa - Xã hội",
        "hồ sơ .",
    ]
)
PLAIN = st.sampled_from(["hồ sơ", "văn hóa", "tổ chức", "đúng hạn", "và", "của phường"])


@pytest.mark.slow
@given(words=st.lists(st.one_of(FIXABLE, PLAIN), min_size=1, max_size=12), width=st.integers(8, 40))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
def test_a_fix_stays_on_reported_lines_and_nothing_is_left_to_fix(
    tmp_path_factory: pytest.TempPathFactory, words: list[str], width: int
) -> None:
    folder = tmp_path_factory.mktemp("fix")
    name = "2025/linh-vuc/03-thu-tuc.yaml"
    lines = [""]
    for word in words:
        if len(lines[-1]) > width:
            lines.append("")
        lines[-1] += f" {word}"
    text = "\n".join(f"      {line.strip()}" for line in lines)
    yaml = CONTENT[name].replace(
        "noi_dung: Từ 60% hồ sơ trở lên được nhận trực tuyến.",
        f"noi_dung: >-  \n{text}\n      từ 60% trở lên.  ",
    )
    assert yaml != CONTENT[name]
    content = write_content(folder, {name: yaml})
    path = content / name
    before = path.read_text("utf-8")
    for _ in range(5):
        project = one_task(content)
        reported = {
            spot.place.line
            for finding in run_rules(project).findings
            for spot in finding.spots
            if spot.place.file == path
        }
        old = path.read_text("utf-8").splitlines()
        files = fixed_files(find_edits(project, load_workspace(content).review))
        write_files((each, after) for each, (_, after) in files.items())
        new = path.read_text("utf-8").splitlines()
        assert len(new) == len(old)
        changed = {number for number, (a, b) in enumerate(zip(old, new, strict=True), 1) if a != b}
        assert changed <= reported
        if not changed:
            break
    else:
        pytest.fail(f"never done: {before}")


def one_task(content: Path) -> Project:
    """Return the only task of the tiny content as a writing, with its place."""
    workspace = load_workspace(content)
    task = workspace.areas[0].tasks[0]
    text = as_typed(traced("- ", task.text))
    passage = Passage(text, Role.BULLET, 1, task.at("text"), sources=sources_of(text))
    return Project(workspace, (Writing("plan", (passage,), "Kế hoạch", workspace=workspace),))
