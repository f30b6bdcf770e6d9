"""What this program changes in libraries is looked at again before a library is renewed."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
from importlib import import_module
from importlib.metadata import version
from inspect import getsource, signature
from pathlib import Path

import pytest
from PIL import Image
from weasyprint.text import line_break

from vanban.render.library_changes import LATER, MADE_FOR, _Declared, _Later, _set_lines

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

import declare_pango


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


LAYOUTS = """
from pathlib import Path
from vanban.render.typesetter import CSS, FontConfiguration, _Source
from weasyprint.text.line_break import Layout

fonts = FontConfiguration()
sheet = CSS(string="p { display: block; font-kerning: none }", font_config=fonts)
page, = _Source("<p>A</p>").render(fonts, stylesheets=[sheet]).pages
style = next(box.style for box in page._page_box.descendants() if box.element_tag == "p")
for size in (2_000, 30_000):
    for _ in range(size):
        Layout(style).set_text("A")
    print(Path("/proc/self/statm").read_text().split()[1])
"""


def test_texts_that_were_set_leave_nothing() -> None:
    before, after = map(int, subprocess.check_output([sys.executable, "-c", LAYOUTS]).split())
    assert after - before < 100  # pages of memory; 30,000 lists of features are 1,000


def counters(*before: str) -> dict[str, object]:
    """Return how WeasyPrint writes numbers in a process that runs ``before`` first."""
    lines = (
        *before,
        "import pickle, sys",
        "from weasyprint import html",
        "sys.stdout.buffer.write(pickle.dumps(dict(html.UA_COUNTER_STYLE)))",
    )
    command = [sys.executable, "-c", "\n".join(lines)]
    found: dict[str, object] = pickle.loads(subprocess.check_output(command))
    return found


def test_page_numbers_are_written_as_without_the_changes() -> None:
    whole = counters()
    assert len(whole) > 1
    assert counters("import vanban.render.library_changes") == {"decimal": whole["decimal"]}


CALLED = {
    "PIL.ImageCms": ("createProfile", "sRGB"),
    "fontTools.subset": ("Options",),
    "fontTools.ttLib": ("TTFont",),
    "fontTools.varLib.instancer": ("AxisLimits",),
    "tinyhtml5": ("parse", "<p>A"),
}
"""What can be called, and with what, by the module that is spared."""


@pytest.mark.parametrize("name", LATER)
def test_what_is_spared_is_loaded_when_it_is_called(name: str) -> None:
    called, *values = CALLED[name]
    made = getattr(_Later(name), called)(*values)
    assert type(made) is type(getattr(import_module(name), called)(*values))


@pytest.mark.parametrize(
    ("name", "held", "inner"),
    [("fontTools.ttLib", "ttFont", "getTableClass"), ("fontTools.ttLib", "woff2", "decompress")],
)
def test_a_module_within_one_that_is_spared_is_loaded(name: str, held: str, inner: str) -> None:
    found = getattr(getattr(_Later(name), held), inner)
    assert found is getattr(import_module(f"{name}.{held}"), inner)


def test_another_thread_can_use_what_stands_for_a_module() -> None:
    script = """
import sys
from vanban.render.library_changes import _loaded_later
with _loaded_later():
    from fontTools.ttLib import TTFont as Shown
    from PIL.ImageCms import ImageCmsProfile
    class Own(Shown): pass
    assert not isinstance(1, Shown) and not hasattr(Shown, '__len__')
from fontTools.ttLib import TTFont
assert Own.__mro__[1] is TTFont and issubclass(Own, Shown) and isinstance(TTFont(), Shown)
assert 'PIL.ImageCms' not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_cut_picture_is_still_damaged(tmp_path: Path) -> None:
    """WeasyPrint lets all that use Pillow take a picture whose end is missing."""
    data = io.BytesIO()
    Image.effect_noise((600, 400), 80).convert("RGB").save(data, "JPEG")
    (tmp_path / "a.jpg").write_bytes(data.getvalue()[: len(data.getvalue()) // 2])
    script = """
from pathlib import Path
import vanban.render.typesetter
from vanban.evidence.file_errors import FileError
from vanban.evidence.file_kinds import FileKind
from vanban.evidence.page_picture import page_picture
from vanban.workspace.picture_files import UnusablePicture, _upright
data = Path("a.jpg").read_bytes()
for refused, ask in (
    (UnusablePicture, lambda: _upright(data)),
    (FileError, lambda: page_picture(data, FileKind.JPEG, 1)),
):
    try:
        ask()
    except refused:
        continue
    raise AssertionError(refused)
"""
    subprocess.run([sys.executable, "-c", script], check=True, cwd=tmp_path)


def test_what_is_declared_is_what_weasyprint_declares() -> None:
    assert declare_pango.TARGET.read_text("utf-8") == declare_pango.written(), (
        "run scripts/declare_pango.py"
    )


def test_other_declarations_are_refused() -> None:
    with pytest.raises(RuntimeError, match=r"scripts/declare_pango\.py"):
        _Declared().cdef("int f(void);")


@pytest.mark.parametrize("before", ["", "import weasyprint; "])
def test_pages_are_set_whoever_loads_weasyprint(before: str) -> None:
    script = (
        f"{before}from vanban.render.typesetter import Typesetter;"
        "print(Typesetter().pdf('<html>A</html>', 'html { display: block }').page_count)"
    )
    assert subprocess.check_output([sys.executable, "-c", script]).strip() == b"1"


def test_a_build_loads_nothing_that_is_spared() -> None:
    script = (
        "import sys; from vanban.render import library_changes as changes;"
        "sys.exit(any(name in sys.modules for name in changes.LATER))"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
