"""Outline (Jinja2 over a small Markdown subset) + values → blocks.

The outline is rendered with place-holders, parsed as Markdown by :mod:`vanban.compose.markdown`,
and only then are values inserted as literal runs: nothing in the data can turn into markup,
emphasis comes from the outline alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from vanban.compose.markdown import CLOSE, OPEN, Outlined, read_outline
from vanban.errors import Place, Problem, TemplateError


def fill_outline(path: Path, values: Mapping[str, Any]) -> Outlined:
    """Fill the outline at ``path`` with ``values``.

    Raises TemplateError with the outline's file and line for bad syntax, a variable that does
    not exist, or a construct outside the subset.
    """
    inserted: list[Any] = []
    environment = _environment(path.parent)
    try:
        template = environment.get_template(path.name)
        markup = template.render(**values, _inserted=inserted)
    except jinja2.TemplateError as error:
        raise TemplateError([_template_problem(path, error)]) from error
    return read_outline(path, markup, inserted)


def _environment(folder: Path) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=_hold_place,
        # {# would swallow the anchors of annexes: {#pl-van-ban .phu-luc}
        comment_start_string="<!--",
        comment_end_string="-->",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@jinja2.pass_context
def _hold_place(context: jinja2.runtime.Context, value: Any) -> Any:
    """Replace a printed value by a place-holder; output of macros (Markup) is outline already."""
    if isinstance(value, Markup | jinja2.Undefined):
        return value
    inserted = context["_inserted"]
    inserted.append(value)
    return Markup(f"{OPEN}{len(inserted) - 1}{CLOSE}")


def _template_problem(path: Path, error: jinja2.TemplateError) -> Problem:
    line, file = 0, path
    if isinstance(error, jinja2.TemplateSyntaxError):
        return Problem(Place(path, error.lineno), "", f"sai cú pháp của mẫu: {error.message}")
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith(".md"):
            file, line = Path(name), trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, jinja2.UndefinedError):
        return Problem(
            Place(file, line), "", f"mẫu dùng biến không có: {error.message} — sửa tên biến"
        )
    return Problem(Place(file, line), "", f"không dùng được mẫu: {error}")
