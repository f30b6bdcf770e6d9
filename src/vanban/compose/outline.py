"""Outline (Jinja2 over a small Markdown subset) + values → blocks.

The outline is rendered with place-holders, parsed as Markdown by :mod:`vanban.compose.markdown`,
and only then are values inserted as literal runs: nothing in the data can turn into markup,
emphasis comes from the outline alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from threading import get_ident
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.lexer import TokenStream
from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from vanban import sandbox
from vanban.compose.markdown import Outlined, read_outline
from vanban.compose.rendered import (
    CLOSE,
    MARK,
    MARK_END,
    MOST_KEPT,
    OPEN,
    Inserted,
    Rendered,
)
from vanban.errors import Place, Problem, TemplateError
from vanban.io.text import NotText, read_text
from vanban.provenance import Located
from vanban.sandbox import Sandbox

MOST_MARKS = 20_000
"""Kept of outlines that were edited since: a few dozen states of one."""


def fill_outline(
    path: Path, values: Mapping[str, Any], reads: Callable[[str], str] | None = None
) -> Outlined:
    """Fill the outline at ``path`` with ``values``; ``reads`` is asked what each text prints.

    Raises TemplateError with the outline's file and line for bad syntax, a variable that does
    not exist, a calculation that fails, or a construct outside the subset.
    """
    inserted: list[Inserted] = []
    environment = _environment(path.parent, get_ident())
    if len(environment.marked) > MOST_MARKS:
        _environment.cache_clear()
        environment = _environment(path.parent, get_ident())
    environment.start()
    try:
        template = environment.get_template(path.name)
        markup = template.render(**values, _inserted=inserted)
    except NotText as error:
        raise not_unicode(path, error) from error
    except jinja2.TemplateError as error:
        raise TemplateError([_template_problem(path, error)]) from error
    except SyntaxError as error:  # Python's own bounds on what Jinja makes of a template
        message = "mẫu lồng các vòng lặp hoặc ngoặc quá sâu — viết gọn lại"
        raise TemplateError.at(path, message) from error
    except RecursionError as error:
        message = "mẫu gọi lại chính nó không dừng — xem lại {% macro %} và {% include %}"
        place = _outline_place(path, error) or Place(path)
        raise TemplateError.at(place, message) from error
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        if _outline_place(path, error, innermost=True) is None:
            raise
        raise TemplateError([_template_problem(path, error)]) from error
    if reads is not None:
        inserted = [
            replace(each, value=reads(each.value)) if isinstance(each.value, str) else each
            for each in inserted
        ]
    filled = _Filled(path, markup, environment.marked, tuple(inserted))
    return _kept_outline(filled) if len(markup) <= MOST_KEPT else filled.read()


def not_unicode(path: Path, error: NotText) -> TemplateError:
    """Return the error of an outline at ``path`` that is not saved as Unicode."""
    message = "mẫu không phải chữ Unicode — lưu lại tệp với bảng mã UTF-8"
    return TemplateError.at(Place(path, error.line, error.column), message)


class _Filled(Struct, frozen=True, eq=False):
    """An outline as Jinja rendered it; equal to another that would be read as the same blocks."""

    path: Path
    markup: str
    marked: Sequence[tuple[Place, str]]
    inserted: tuple[Inserted, ...]

    def __hash__(self) -> int:
        return hash((self.path, self.markup))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Filled)
            and self.path == other.path
            and self.markup == other.markup
            and self.marked is other.marked
            and all(map(Inserted.is_same, self.inserted, other.inserted))
        )

    def read(self) -> Outlined:
        start = Place(self.path, 1, 1)
        return read_outline(self.path, Rendered(self.markup, self.marked, self.inserted, start))


@lru_cache(maxsize=16)
def _kept_outline(filled: _Filled) -> Outlined:
    """Read an outline as last time, where an edit touched another document."""
    return filled.read()


class _Traced(Sandbox):
    """Marks the literal text that it renders.

    ``marked`` are where a literal text, with the blanks before its mark, or a value stands.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.marked: list[tuple[Place, str]] = []
        self.filters["_printed"] = self._printed

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Put a mark into each literal text, behind its blanks, and trace each printed value."""
        template = super()._parse(source, name, filename)
        printed = (
            (output, index)
            for output in template.find_all(nodes.Output)
            for index in range(len(output.nodes))
        )
        places = self._places(source, Path(filename or ""))
        for (output, index), place in zip(printed, places, strict=True):
            node, blanks = output.nodes[index], ""
            number = len(self.marked)
            if not isinstance(node, nodes.TemplateData):
                args = [nodes.Const(number, lineno=node.lineno, environment=self)]
                output.nodes[index] = nodes.Filter(
                    node, "_printed", args, [], None, None, lineno=node.lineno, environment=self
                )
            elif words := node.data.lstrip():
                blanks = node.data[: len(node.data) - len(words)]
                node.data = f"{blanks}{MARK}{number}{MARK_END}{words}"
            self.marked.append((place, blanks))
        self.marked.append((Place(Path(filename or "")), ""))  # behind the last value
        return template

    def _tokenize(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> TokenStream:
        """Read the pieces of an outline, and keep those that were read."""
        self._pieces: list[tuple[int, str, str]] = []

        def kept() -> Iterator[tuple[int, str, str]]:
            for piece in self.lexer.tokeniter(source, name, filename, state):
                self._pieces.append(piece)
                yield piece

        return TokenStream(self.lexer.wrap(kept(), name, filename), name, filename)

    def _places(self, source: str, file: Path) -> Iterator[Place]:
        """Yield where each literal text and each printed value starts."""
        offset = 0
        for _, kind, piece in self._pieces:
            while not source.startswith(piece, offset):
                offset += 1  # blanks that are not printed: "{%-", lstrip_blocks
            if kind in ("data", "variable_begin"):
                line = source.count("\n", 0, offset) + 1
                yield Place(file, line, offset - source.rfind("\n", 0, offset))
            offset += len(piece)

    @staticmethod
    @jinja2.pass_context
    def _printed(context: jinja2.runtime.Context, value: Any, number: int) -> Any:
        """Replace a value by a place-holder; the output of macros (Markup) is outline already."""
        environment: Any = context.environment
        if isinstance(value, Markup):
            environment.spend(len(value))
            return value
        if isinstance(value, jinja2.Undefined):
            return value
        inserted = context["_inserted"]
        place, following = (each for each, _ in environment.marked[number : number + 2])
        inserted.append(Inserted(value, Located(place), following))
        return Markup(f"{OPEN}{len(inserted) - 1}{CLOSE}")


@lru_cache(maxsize=16)
def _environment(folder: Path, thread: int) -> _Traced:
    """Keep the compiled outlines of a folder; of threads, each fills its own."""
    return _Traced(
        loader=jinja2.FunctionLoader(partial(_source, folder)),
        # {# would swallow the anchors of annexes: {#pl-van-ban .phu-luc}
        comment_start_string="<!--",
        comment_end_string="-->",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        optimized=False,  # folding what is constant takes longer than filling it once
    )


def _source(folder: Path, name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """Return the text of the outline ``name``, its path for errors, and whether it is still so."""
    path = folder / name
    if Path(name).name != name or not path.is_file():  # what stands beside it, and nothing else
        return None
    text = read_text(path)
    return text, str(path), lambda: path.is_file() and read_text(path) == text


def _template_problem(path: Path, error: Exception) -> Problem:
    if isinstance(error, jinja2.TemplateSyntaxError):
        return Problem(
            Place(path, error.lineno),
            "",
            f"sai cú pháp của mẫu ({error.message}) — xem lại các cặp {{{{ }}}} và {{% %}}",
        )
    place = _outline_place(path, error) or Place(path)
    if isinstance(error, jinja2.TemplateNotFound) and error.name == path.name:
        message = "chưa có dàn bài này — chép tệp cùng tên từ thư mục templates của chương trình"
        return Problem(Place(path), "", message)
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
