from __future__ import annotations

from pathlib import Path

from reports import make_workspace
from vanban.figures.values import missing_figures, read_figures


def test_missing_names_what_must_be_typed(tmp_path: Path) -> None:
    figures = {"truoc": "0", "giay": "1", "xong": "1", "dang": "0", "ky-luat": "0"}
    read = read_figures(make_workspace(tmp_path, {"q3": figures}), "q3")
    assert [indicator.id for indicator in missing_figures(read)] == ["mang", "von"]
