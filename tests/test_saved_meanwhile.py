"""A file that an editor saves while a command makes its new text stays as it was saved."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from filled_forms import UNIT, filled, forms_in
from support import load_checked, write_content
from vanban.cli import main

CONTENT = Path("content")
BY_HAND = b"# by hand\n"


@pytest.mark.parametrize(
    ("command", "file"),
    [
        ("collect back --apply --today 12/9/2025", "2025/bao-cao/q3.yaml"),
        ("forms q3 --deadline 11/9/2025", "co-quan.yaml"),
        ("issue report-q3 --so 5 --ngay 15/9/2025", "2025/bao-cao/q3.yaml"),
    ],
)
def test_what_was_saved_meanwhile_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, file: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_content(tmp_path)
    (tmp_path / "back").mkdir()
    form = forms_in(load_checked(CONTENT, 2025))[UNIT]
    (tmp_path / "back/a.xlsx").write_bytes(filled(form, {"hs-truc-tuyen": 1300}))
    before = (CONTENT / file).read_bytes()
    use_case = import_module(f"vanban.app.{command.split()[0]}")
    new_problems = use_case.new_problems

    def while_it_is_tried(*arguments: Any) -> object:
        (CONTENT / file).write_bytes(before + BY_HAND)
        return new_problems(*arguments)

    monkeypatch.setattr(use_case, "new_problems", while_it_is_tried)
    result = CliRunner().invoke(main, command.split(), catch_exceptions=False)
    assert result.exit_code == 1
    assert f"content/{file}: vừa được sửa ở nơi khác, chưa ghi gì" in result.stderr
    assert (CONTENT / file).read_bytes() == before + BY_HAND
    assert not (CONTENT / ".vanban").exists()
