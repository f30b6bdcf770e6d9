"""The PDF engine in its own process: the same bytes, and a clear error where it ends."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import date
from multiprocessing import get_all_start_methods
from pathlib import Path

import pytest
from msgspec.structs import replace

from documents import FRAME, layout, pdf_of, plain, sample
from vanban.errors import MachineError
from vanban.render.pdf_process import PdfProcess

pytestmark = pytest.mark.slow

STAMP = date(2025, 8, 1)


@pytest.mark.parametrize("start_method", get_all_start_methods())
def test_the_bytes_are_those_of_the_engine(start_method: str) -> None:
    documents = (plain("A."), sample())
    with PdfProcess(start_method) as process:
        for document in documents:
            pdf = process.start(document, layout(document), STAMP)
            assert pdf().data == pdf_of(document, stamp=STAMP)


@pytest.mark.parametrize("start_method", ["fork", "spawn"])
def test_nothing_is_left_in_the_temporary_folder(
    start_method: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with PdfProcess(start_method) as process:
        process.start(plain("A."), layout(plain("A.")), STAMP)()
        assert list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())


def test_a_process_that_ended_is_an_error_of_the_machine(capfd: pytest.CaptureFixture[str]) -> None:
    document = plain("A.")
    broken = replace(document, title=None)
    with PdfProcess() as process:
        pdf = process.start(broken, layout(document), None)
        with pytest.raises(MachineError, match="doctor"):
            pdf()
        with pytest.raises(MachineError, match="doctor"):
            process.start(document, layout(document), None)()
    assert "Traceback" in capfd.readouterr().err


def test_a_temporary_folder_that_is_gone_is_told_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
        process = PdfProcess()
    with process, pytest.raises(MachineError, match=f"không ghi được tệp tạm ở {tmp_path}/gone"):
        process.start(plain("A."), layout(plain("A.")), STAMP)()


BUILD = """
import multiprocessing, sys
multiprocessing.set_start_method(sys.argv[1])
from vanban.cli import main
sys.exit(main(["build", "evidence-index", "--content", sys.argv[2], "--out", sys.argv[3]]))
"""


@pytest.mark.long
def test_a_build_gives_the_same_files_where_processes_are_not_forked(tmp_path: Path) -> None:
    content = FRAME.parent.parent / "content"
    for method in ("fork", "spawn"):
        subprocess.run(
            [sys.executable, "-c", BUILD, method, str(content), str(tmp_path / method)],
            capture_output=True,
            check=True,
        )
    for made in (tmp_path / "fork" / "2025").iterdir():
        assert made.read_bytes() == (tmp_path / "spawn" / "2025" / made.name).read_bytes()
