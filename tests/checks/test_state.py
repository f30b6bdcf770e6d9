"""What stands against signing, in the banner and in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from conftest import ROOT
from documents import plain
from vanban.app.catalogue import buildable
from vanban.app.composing import compose_sound
from vanban.app.load import load_content
from vanban.checks.finding import Finding, Severity, Spot
from vanban.checks.review import review
from vanban.checks.state import NotReady, State, decides_state, marked, require_ready, state_of
from vanban.compose.composed import Composed, Gap
from vanban.errors import Place

SAMPLE = "SỐ LIỆU MẪU – KHÔNG KÝ, KHÔNG PHÁT HÀNH"


def composed(missing: tuple[str, ...] = (), banner: str = "") -> Composed:
    gaps = tuple(map(Gap, missing))
    return Composed(replace(plain("A."), banner=banner), Path("plan.md"), missing=gaps)


def finding(severity: Severity, document: str = "sample", excused: str = "") -> Finding:
    spots = (Spot(Place(Path("a.yaml"), 1, 1)),)
    return Finding("nhom/ten", severity, "m", "", "", spots, frozenset({document}), excused)


ERROR = finding(Severity.ERROR)


@pytest.mark.parametrize(
    ("document", "findings", "name", "banner"),
    [
        (composed(), [], "trình ký", ""),
        (composed(), [finding(Severity.WARNING), finding(Severity.INFO)], "trình ký", ""),
        (composed(), [finding(Severity.ERROR, excused="Đã xem")], "trình ký", ""),
        (composed(), [finding(Severity.ERROR, "other")], "trình ký", ""),
        (composed(), [ERROR], "bản nháp", "DỰ THẢO"),
        (composed(("số liệu",)), [], "bản nháp", "DỰ THẢO"),
        (composed(banner=SAMPLE), [], "mẫu", SAMPLE),
        (composed(banner=SAMPLE), [ERROR], "bản nháp, mẫu", f"DỰ THẢO – {SAMPLE}"),
    ],
)
def test_state(document: Composed, findings: list[Finding], name: str, banner: str) -> None:
    state = state_of(document, findings)
    assert state.name == name
    assert marked(document, state).document.banner == banner
    assert state.ready is (name == "trình ký")
    assert bool(state.reasons) is not state.ready


def test_only_ready_documents_are_final() -> None:
    require_ready({"plan": State()}, "vanban check")
    with pytest.raises(NotReady, match=r"report-q3: bản nháp — còn 2 lỗi"):
        require_ready({"plan": State(), "report-q3": State(errors=2)}, "vanban check")


def test_the_rules_that_decide_the_states_are_enough_for_a_build() -> None:
    loaded = load_content(ROOT / "content", 2025)
    workspace = loaded.workspace
    composed, _ = compose_sound(buildable(workspace), loaded, ROOT / "templates")
    whole = review(workspace, composed)
    build = review(workspace, composed, states_only=True)
    assert build.states == whole.states and any(each.errors for each in build.states.values())
    assert build.findings == tuple(filter(decides_state, whole.findings)) != whole.findings
