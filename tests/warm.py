"""Use cases as a long-lived process calls them; importable by its workers."""

from __future__ import annotations

from datetime import date
from multiprocessing import current_process
from pathlib import Path

from vanban.app.build import build_documents, compose_documents, started
from vanban.app.catalogue import find_kind
from vanban.app.check import Checked, check
from vanban.app.load import Loaded, load_content

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
Files = dict[str, bytes]


def built(content: Path, out: Path, engine: str = "pages", templates: Path = TEMPLATES) -> Files:
    """Build the plan of ``content``; return the files by name."""
    return built_of(load_content(content, 2025), out, engine, templates)


def built_of(
    loaded: Loaded, out: Path, engine: str = "pages", templates: Path = TEMPLATES
) -> Files:
    kinds = (find_kind("plan"),)
    composed, unmade = compose_documents(kinds, loaded, templates)
    assert not unmade
    with started(engine) as pdfs:
        build_documents(
            kinds,
            loaded,
            templates,
            out,
            composed=composed,
            final=False,
            see="",
            progress=lambda _: None,
            fallback_date=date(2025, 8, 1),
            engine=pdfs,
        )
    return {path.name: path.read_bytes() for path in sorted((out / "2025").iterdir())}


def found(content: Path) -> Checked:
    return check((), content, 2025, lambda _: TEMPLATES, content / "no-build")


def work(content: Path, out: Path, engine: str) -> tuple[bool, Files, Checked]:
    """Build and check in a worker; say whether it is daemonic."""
    return current_process().daemon, built(content, out, engine), found(content)
