"""What this program changes in libraries is looked at again before a library is renewed."""

from __future__ import annotations

from importlib.metadata import version
from inspect import getsource, signature

import pytest
from weasyprint.text import line_break

from vanban.render.library_changes import MADE_FOR, _set_lines


@pytest.mark.parametrize("library", MADE_FOR)
def test_the_changes_are_made_for_the_version_that_is_pinned(library: str) -> None:
    assert version(library) == MADE_FOR[library], (
        f"another {library}: see whether it still needs each change of render/library_changes.py, "
        "run the tests of rendering and equality, then write the new version into MADE_FOR"
    )


def test_what_is_replaced_is_still_what_it_was() -> None:
    names = list(signature(_set_lines).parameters)
    assert names[:2] == ["context", "box"] and "bottom_space" in names


def test_blanks_are_looked_for_where_they_are_replaced() -> None:
    source = getsource(line_break)
    assert source.count("re.finditer(") == source.count("re.") == 2
    assert "re.finditer(' |\\u00a0'.encode(), bytestring)" in source
