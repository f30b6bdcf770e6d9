"""Files that many tests only read: the project's own documents, composed and rendered once."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from documents import engine_of, frame, times
from vanban.compose.composed import Composed
from vanban.document import Document
from vanban.evidence.limited import one_process
from vanban.io.workers import GARBAGE
from vanban.layout.preparation import prepared

# No time is asserted in tests; a busy machine must not fail a property.
settings.register_profile("whole", deadline=None)
settings.register_profile("brief", deadline=None, max_examples=30)

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
gc.set_threshold(*GARBAGE)  # in time, for a process of a thousand tests; not at every turn


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", help="folder for the pictures of the desk's views")


def pytest_configure(config: pytest.Config) -> None:
    """Try a property by few examples, but where nothing is left out (make test-long) by many."""
    settings.load_profile("brief" if config.option.markexpr else "whole")


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in the folder that a test writes to, as people do: paths are told as seen from there,
    and a file that other tests wrote alike says what it said to them."""
    if "tmp_path" in request.fixturenames:
        monkeypatch.chdir(request.getfixturevalue("tmp_path"))


@pytest.fixture(autouse=True, scope="module")
def memory_given_back() -> Iterator[None]:
    """Give the system what the tests of a file no longer hold: some leave 500 MB in pieces that
    only glibc's own call frees, and whoever starts a process would copy their tables."""
    yield
    with suppress(AttributeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)


@pytest.fixture(autouse=True, scope="module")
def evidence_read_in_one_process(request: pytest.FixtureRequest) -> Iterator[None]:
    """Have what the tests of a file read as evidence read in one process, as a dossier does: a copy
    of this one, which is large, for each of them takes longer than reading."""
    if getattr(request.module, "A_PROCESS_FOR_EACH_FILE", False):
        yield
        return
    with one_process():
        yield


@pytest.fixture(autouse=True)
def garbage_as_before() -> Iterator[None]:
    """Put back when garbage is looked for: a command that was called here looks late."""
    yield
    gc.set_threshold(*GARBAGE)


@dataclass(frozen=True)
class Files:
    """A composed document and the folder that holds its files."""

    composed: Composed
    folder: Path

    @property
    def document(self) -> Document:
        """The document as it is printed."""
        return prepared(self.composed.document, frame(), times())

    def path(self, suffix: str) -> Path:
        return self.folder / f"{self.document.id}.{suffix}"

    @property
    def docx(self) -> Path:
        return self.path("docx")

    @property
    def pdf(self) -> Path:
        return self.path("pdf")

    def by(self, engine: str) -> Files:
        """Return the files that a build with this engine makes."""
        from vanban.app.build import build

        if engine == "weasyprint":
            return self
        out = self.folder.parent / engine
        if not out.exists():
            build([self.composed], 2025, TEMPLATES, out, lambda _: None, engine=engine_of(engine))
        return Files(self.composed, out / "2025")


def _files(document_id: str, folder: Path) -> Files:
    from support import compose_all
    from vanban.app.build import build
    from vanban.app.catalogue import find_kind
    from vanban.workspace.load import load_workspace

    content = ROOT / "content"
    workspace = load_workspace(content, 2025)
    composed = compose_all([find_kind(document_id)], workspace, TEMPLATES)
    (built,) = build(composed, 2025, TEMPLATES, folder, lambda _: None, workspace=workspace)
    return Files(built.composed, folder / "2025")


@pytest.fixture(scope="session")
def plan_files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return _files("plan", tmp_path_factory.mktemp("plan"))


@pytest.fixture(scope="session")
def report_files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return _files("report-q3", tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="session", params=["plan", "report"])
def files(request: pytest.FixtureRequest) -> Files:
    """Both documents in turn."""
    chosen: Files = request.getfixturevalue(f"{request.param}_files")
    return chosen
