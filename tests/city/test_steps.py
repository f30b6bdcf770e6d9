"""Which points a sub-criterion can have, by the kind of its rule."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assessments import make_workspace
from vanban.city.steps import allowed
from vanban.workspace.workspace import Workspace


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_workspace(tmp_path_factory.mktemp("steps"))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("1.1.1", "0; 2"),
        ("1.1.2", "0; 0,5; 2"),
        ("1.1.3", "từ 0 đến 2"),  # below 100 % the points follow from the ratio
        ("1.2.1", "từ 0 đến 2"),
        ("2.1.1", "0; 0,5; 1; 1,5; 2"),
        ("2.1.2", "0; 0,5; 1; 2; 3"),  # 3 less one each, not below 0,5; nothing proven is 0
        ("2.10.1", "từ 0 đến 2"),
    ],
)
def test_steps_follow_from_the_rule(workspace: Workspace, code: str, text: str) -> None:
    assert allowed(workspace.sub_criteria[code]).text == text


@pytest.mark.parametrize(
    ("code", "points", "told"),
    [
        ("1.1.2", "0.5", None),
        ("1.1.2", "2.00", None),
        ("1.1.2", "1", "không phải một mức"),
        ("1.1.2", "2.5", "vượt điểm tối đa 2"),
        ("1.2.1", "1.87", None),
        ("1.2.1", "1.875", "quá hai chữ số lẻ"),
        ("1.2.1", "-0.5", "điểm âm"),
    ],
)
def test_only_valid_points_are_allowed(
    workspace: Workspace, code: str, points: str, told: str | None
) -> None:
    refusal = allowed(workspace.sub_criteria[code]).refusal(Decimal(points))
    assert refusal is None if told is None else told in (refusal or "")


def test_every_self_scored_point_of_a_ward_is_allowed(tmp_path: Path) -> None:
    from vanban.scoring.scores import score

    workspace = make_workspace(tmp_path)
    for leaf in score(workspace).leaves:
        if leaf.points is not None and not leaf.is_survey:
            assert allowed(leaf.part).refusal(leaf.points) is None, leaf.code
