"""Outline (Jinja2 over a small Markdown subset) + values → blocks.

The outline is rendered with place-holders, parsed as Markdown by :mod:`vanban.compose.markdown`,
and only then are values inserted as literal runs: nothing in the data can turn into markup,
emphasis comes from the outline alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from vanban import sandbox
from vanban.compose.markdown import CLOSE, OPEN, Outlined, read_outline
from vanban.errors import Place, Problem, TemplateError
from vanban.io.text import NotText, read_text
from vanban.sandbox import Sandbox


def fill_outline(path: Path, values: Mapping[str, Any]) -> Outlined:
    """Fill the outline at ``path`` with ``values``.

    Raises TemplateError with the outline's file and line for bad syntax, a variable that does
    not exist, a calculation that fails, or a construct outside the subset.
    """
    inserted: list[Any] = []
    environment = _environment(path.parent)
    try:
        template = environment.get_template(path.name)
        markup = template.render(**values, _inserted=inserted)
    except NotText as error:
        message = "mẫu không phải chữ Unicode — lưu lại tệp với bảng mã UTF-8"
        place = Place(path, error.line, error.column)
        raise TemplateError([Problem(place, "", message)]) from error
    except jinja2.TemplateError as error:
        raise TemplateError([_template_problem(path, error)]) from error
    except SyntaxError as error:  # Python's own bounds on what Jinja makes of a template
        message = "mẫu lồng các vòng lặp hoặc ngoặc quá sâu — viết gọn lại"
        raise TemplateError([Problem(Place(path), "", message)]) from error
    except RecursionError as error:
        message = "mẫu gọi lại chính nó không dừng — xem lại {% macro %} và {% include %}"
        place = _outline_place(path, error) or Place(path)
        raise TemplateError([Problem(place, "", message)]) from error
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        if _outline_place(path, error, innermost=True) is None:
            raise
        raise TemplateError([_template_problem(path, error)]) from error
    return read_outline(path, markup, inserted)


def _environment(folder: Path) -> Sandbox:
    return Sandbox(
        loader=jinja2.FunctionLoader(partial(_source, folder)),
        finalize=_hold_place,
        # {# would swallow the anchors of annexes: {#pl-van-ban .phu-luc}
        comment_start_string="<!--",
        comment_end_string="-->",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _source(folder: Path, name: str) -> tuple[str, str, None] | None:
    """Return the text of the outline ``name``, and its path for the places of errors."""
    path = folder / name
    if Path(name).name != name:  # an outline reads what stands beside it, and nothing else
        return None
    return (read_text(path), str(path), None) if path.is_file() else None


@jinja2.pass_context
def _hold_place(context: jinja2.runtime.Context, value: Any) -> Any:
    """Replace a printed value by a place-holder; output of macros (Markup) is outline already."""
    if isinstance(value, Markup):
        environment: Any = context.environment
        environment.spend(len(value))
        return value
    if isinstance(value, jinja2.Undefined):
        return value
    inserted = context["_inserted"]
    inserted.append(value)
    return Markup(f"{OPEN}{len(inserted) - 1}{CLOSE}")


def _template_problem(path: Path, error: Exception) -> Problem:
    if isinstance(error, jinja2.TemplateSyntaxError):
        return Problem(
            Place(path, error.lineno),
            "",
            f"sai cú pháp của mẫu ({error.message}) — xem lại các cặp {{{{ }}}} và {{% %}}",
        )
    place = _outline_place(path, error) or Place(path)
    if isinstance(error, jinja2.TemplateNotFound):
        return Problem(place, "", f"không có mẫu “{error.name}” bên cạnh mẫu này — sửa tên đó")
    if isinstance(error, jinja2.UndefinedError):
        return Problem(place, "", f"mẫu dùng tên không có: {_unknown_name(error)} — sửa tên đó")
    return Problem(place, "", f"không dùng được mẫu: {error}")


_JINJA = Path(jinja2.__file__).parent
_OURS = (Path(__file__), Path(sandbox.__file__))
"""What stands between an outline and the values that it uses."""


def _outline_place(path: Path, error: Exception, innermost: bool = False) -> Place | None:
    """Return the last line of an outline that ``error`` passed through, None where there is none.

    With ``innermost`` the error must have come up in the outline itself, not in what it called.
    """
    place = None
    trace = error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.suffix == path.suffix:
            place = Place(file, trace.tb_lineno)
        elif innermost and not file.is_relative_to(_JINJA) and file not in _OURS:
            place = None
        trace = trace.tb_next
    return place


def _unknown_name(error: jinja2.UndefinedError) -> str:
    """Return the name that does not exist; the library's English sentence quotes it."""
    message = str(error.message or "")
    quoted = re.findall(r"'([^']*)'", message)
    if "has no attribute" in message and quoted:
        return f"“{quoted[-1]}”"
    return f"“{quoted[0]}”" if quoted else message
