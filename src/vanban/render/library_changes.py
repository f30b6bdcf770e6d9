"""Everything that this program changes in WeasyPrint and pydyf, and why neither offers another way.

Importing this module makes the changes, once for the process; :mod:`vanban.render.typesetter` is
the only one that does. They are made for :data:`MADE_FOR` alone: ``tests/render/
test_library_changes.py`` fails with other versions, so that each is looked at again before a
library is renewed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from hashlib import sha256
from inspect import signature
from types import ModuleType, SimpleNamespace
from typing import Any

import cffi
import tinycss2  # type: ignore[import-untyped]
from PIL import ImageFile

from vanban.io.process import PROCESS, replaced
from vanban.render.pango_declared import DIGEST, MORE
from vanban.render.pango_declared import ffi as declared

MADE_FOR = {"weasyprint": "70.0", "pydyf": "0.13.0"}

FOOT_OF_CELL = 0.25
"""pt that LibreOffice 7.4 asks for below the last line of a cell before it splits a row."""


LATER = (
    "PIL.ImageCms",
    "fontTools.subset",
    "fontTools.ttLib",
    "fontTools.varLib.instancer",
    "tinyhtml5",
)
"""What WeasyPrint imports for fonts that are variable, compressed or of pictures, for a machine
without HarfBuzz's subsets, for colours of a profile, for HTML that is not well-formed.
"""


class _Later(ModuleType):
    """Stands for a module that is used seldom: the first use of what is in it loads it."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _LaterThing(self.__name__, name)


class _LaterThing:
    """Stands for what is called or looked into in such a module.

    Another thread may get one while WeasyPrint is loaded, and keep it: a class can be made of it.
    """

    def __init__(self, module: str, name: str) -> None:
        self._module, self._name = module, name

    def _loaded(self) -> Any:
        if isinstance(sys.modules.get(self._module), _Later):
            sys.modules.pop(self._module, None)
        return getattr(__import__(self._module, fromlist=[self._name]), self._name)

    def __call__(self, *values: Any, **named: Any) -> Any:
        return self._loaded()(*values, **named)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._loaded(), name)

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[Any, ...]:
        return (self._loaded(),)

    def __instancecheck__(self, value: object) -> bool:
        return isinstance(value, self._loaded())

    def __subclasscheck__(self, kind: type) -> bool:
        return issubclass(kind, self._loaded())


@contextmanager
def _loaded_later() -> Iterator[None]:
    """Let what is imported meanwhile load none of the modules that it rarely calls."""
    with PROCESS:
        spared = {name: _Later(name) for name in LATER if name not in sys.modules}
        sys.modules.update(spared)
        try:
            yield
        finally:
            for name, module in spared.items():
                if sys.modules.get(name) is module:
                    del sys.modules[name]


_COUNTER = re.compile(r"^@counter-style decimal \{[^}]*\}$", re.MULTILINE)


def _no_sheets_of_browsers() -> AbstractContextManager[None]:
    """Read nothing of the style sheets of browsers but how numbers are written.

    WeasyPrint reads all three when it is imported; our own sheet says all that it needs.
    """
    parse = tinycss2.parse_stylesheet
    return replaced(
        tinycss2, "parse_stylesheet", lambda sheet: parse("".join(_COUNTER.findall(sheet)))
    )


class _Declared:
    """Stands for cffi.FFI where all that is declared is known; the rest of it is faster, too.

    What WeasyPrint declares, in C, is not parsed again at each start.
    """

    def __init__(self) -> None:
        known = (name for name in dir(declared) if not name.startswith("_"))
        vars(self).update({name: getattr(declared, name) for name in known})

    def cdef(self, text: str) -> None:
        """Take what was declared before; raises RuntimeError where ``text`` is something else."""
        if sha256(text.encode()).hexdigest() != DIGEST:
            raise RuntimeError("another WeasyPrint: run scripts/declare_pango.py")


with (
    _loaded_later(),
    _no_sheets_of_browsers(),
    replaced(cffi, "FFI", _Declared),
):
    import weasyprint.pdf
    from weasyprint.css.properties import Dimension
    from weasyprint.layout import block, inline, percent, table
    from weasyprint.text import line_break
    from weasyprint.text.ffi import ffi, gobject, pango

    from vanban.render.box_tags import add_tags
    from vanban.render.css import WHOLE

_set_lines = block._linebox_layout
_BOTTOM = list(signature(_set_lines).parameters).index("bottom_space")


def _set_lines_of_cell(*arguments: object) -> object:
    """Set the lines of a box; one whose decoration is cloned needs it once below its last line.

    WeasyPrint reserves it twice; no property of CSS takes that back.
    """
    box = arguments[1]
    assert isinstance(box, block.boxes.Box)
    if box.style["box_decoration_break"] == "clone":
        # Twice the border: once for the table, which asks for it as well.
        spared = box.padding_bottom + 2 * box.border_bottom_width - FOOT_OF_CELL
        before, bottom_space, after = (
            arguments[:_BOTTOM],
            arguments[_BOTTOM],
            arguments[_BOTTOM + 1 :],
        )
        assert isinstance(bottom_space, int | float)
        arguments = (*before, bottom_space - spared, *after)
    return _set_lines(*arguments)


_set_table = block.table_layout
_IS_EMPTY = list(signature(_set_table).parameters).index("page_is_empty") - 3


def _set_table_with_its_border(context: Any, table: Any, bottom_space: float, *rest: Any) -> Any:
    """Set a table whose last row on a page needs room for the whole of its border, as in Word.

    WeasyPrint asks for the half of it that stands inside the table, but of a table that ends there
    for that half again, which so counts as a part of what stands inside. One that is never parted
    needs no room for its border below other text, as in LibreOffice: the border is its margin.
    """
    half, is_whole = table.border_bottom_width, table.element.get("class") == WHOLE
    page_is_empty = rest[_IS_EMPTY]
    room = -half if is_whole and not page_is_empty else half
    made = _set_table(context, table, bottom_space + room, *rest)
    whole = made[0]
    if whole is not None:
        whole.height += -half if is_whole else whole.border_bottom_width
        whole.border_bottom_width = 0
    return made


_count_blanks = inline.count_expandable_spaces


def _count_plain_blanks(box: Any) -> Any:
    """Count the blanks that grow in a justified line: as in Word, not those without a break.

    WeasyPrint lets both grow; a span that forbids it would be a box of its own in every line.
    """
    if isinstance(box, block.boxes.TextBox):
        return box.text.count(" ")
    return _count_blanks(box)


class _PlainBlanks:
    """Stands for the module re where WeasyPrint looks for the blanks to grow."""

    @staticmethod
    def finditer(pattern: str | bytes, text: Any) -> Any:
        return re.finditer(b" " if isinstance(pattern, bytes) else pattern, text)


_resolve_any = percent.resolve_one_percentage


def _resolve(box: Any, name: str, whole: Any) -> None:
    """Set the used value of a property; one in px, as nearly all are, without asking further.

    WeasyPrint asks fourteen times for each box and line whether it is a calculation.
    """
    value = box.style[name]
    if type(value) is Dimension and value.unit == "px":
        setattr(box, name, value.value)
    else:
        _resolve_any(box, name, whole)


_measure_strut = line_break.strut


def _strut(style: Any) -> Any:
    """Return the height and baseline (px) of a line, found once for a style.

    WeasyPrint asks for every line and box, and writes the words by which it keeps them each time.
    """
    known = vars(style).get("vanban_strut")
    if known is None:
        known = vars(style)["vanban_strut"] = _measure_strut(style)
    return known


_set_up_layout = line_break.Layout.setup
if not isinstance(ffi, _Declared):  # WeasyPrint was loaded before
    ffi.cdef(MORE)


def _set_up(layout: Any, style: Any) -> None:
    """Set up a layout of Pango as a copy of the one that is kept, empty, for its style.

    WeasyPrint makes each anew, a tenth of its time, and never lets go of the list of font features:
    0.6 MB for 14 pages. A feature belongs to the list that it is put in, so none may be kept for
    another; the layout keeps the list.
    """
    kept = vars(style).get("vanban_layout")
    if kept is None:
        kept = SimpleNamespace()
        style.font_config.font_features.clear()
        _set_up_layout(kept, style)
        features = pango.pango_layout_get_attributes(kept.layout)
        if features != ffi.NULL:
            pango.pango_attr_list_unref(features)
        del kept.style  # which keeps this
        vars(style)["vanban_layout"] = kept
    layout.style = style
    made = ffi.gc(pango.pango_layout_copy(kept.layout), gobject.g_object_unref)
    vars(layout).update(vars(kept), layout=made)


line_break.Layout.setup = _set_up
block._linebox_layout = _set_lines_of_cell
block.table_layout = _set_table_with_its_border
inline.count_expandable_spaces = _count_plain_blanks
line_break.re = _PlainBlanks
inline.strut = _strut
percent.resolve_one_percentage = _resolve
inline.resolve_one_percentage = _resolve
table.resolve_one_percentage = _resolve
weasyprint.pdf.add_tags = add_tags
ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it for all that use Pillow
