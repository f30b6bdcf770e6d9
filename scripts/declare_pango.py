"""Write src/vanban/render/pango_declared.py: what WeasyPrint calls of Pango, in the form of cffi.

WeasyPrint declares it in C, which cffi reads anew at each start: 0.1 s. Run this after WeasyPrint
or cffi was renewed.
"""

from __future__ import annotations

import ast
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import cffi

TARGET = Path(__file__).resolve().parent.parent / "src/vanban/render/pango_declared.py"
MORE = "PangoLayout *pango_layout_copy(PangoLayout *src);"
"""What this program calls besides."""


def written() -> str:
    """Return the text of the module."""
    declared = _of_weasyprint()
    ffi = cffi.FFI()
    ffi.cdef(declared)
    ffi.cdef(MORE)
    ffi.set_source(TARGET.stem, None)
    with TemporaryDirectory() as folder:
        made = Path(folder, "made.py")
        ffi.emit_python_code(str(made))
        code = made.read_text("ascii").removeprefix("# auto-generated file\n")
    return (
        f'"""Written by scripts/declare_pango.py; see there."""\n\n{code}\n'
        f'DIGEST = "{sha256(declared.encode()).hexdigest()}"\n'
        '"""SHA-256 of what WeasyPrint declares."""\n\n'
        f'MORE = "{MORE}"\n'
        '"""What is declared besides."""\n'
    )


def _of_weasyprint() -> str:
    """Return what WeasyPrint declares, in C, without loading it."""
    spec = find_spec("weasyprint")
    assert spec is not None and spec.origin is not None
    source = Path(spec.origin).with_name("text").joinpath("ffi.py").read_text("utf-8")
    (found,) = (
        call.args[0].value
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "cdef"
        and isinstance(call.args[0], ast.Constant)
    )
    return str(found)


if __name__ == "__main__":
    TARGET.write_text(written(), encoding="utf-8")
