"""The outlines of plans: those of ``templates/plan*.md``, each with the name that YAML calls it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from vanban.compose.outline import not_unicode
from vanban.errors import ContentError
from vanban.io.text import NotText, read_text
from vanban.workspace.models.plan import Plan
from vanban.workspace.wording import closest

DEFAULT = "plan.md"
KEY = "dan_bai:"
"""Begins the line of the front matter that names an outline."""


def outline_of(plan: Plan, templates: Path) -> Path:
    """Return the outline that ``plan`` names, :data:`DEFAULT` where it names none.

    Raises ContentError at the key for a name that no outline has.
    """
    if plan.outline is None:
        return templates / DEFAULT
    named = _named(templates)
    if plan.outline in named:
        return named[plan.outline]
    near = closest(plan.outline, named)
    hint = f"có phải “{near}”? " if near else ""
    names = "; ".join(named)
    message = f"không có dàn bài “{plan.outline}” — {hint}Các dàn bài: {names}"
    raise ContentError([plan.problem(message, "outline")])


def _named(templates: Path) -> Mapping[str, Path]:
    named = {}
    for path in sorted(templates.glob("plan*.md")):
        try:
            text = read_text(path)
        except NotText as error:
            raise not_unicode(path, error) from error
        front = text.split("---\n", 2)[1:2]
        for line in front[0].splitlines() if front else ():
            if line.startswith(KEY):
                named[line.removeprefix(KEY).strip()] = path
    return named
