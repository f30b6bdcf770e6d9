"""Use cases called again and again in one process, from threads and from workers of others."""

from __future__ import annotations

import os
import pickle
import re
import resource
import shutil
import warnings
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from threading import Barrier
from typing import Any

import docx
import pytest
from docx.shared import Pt

from support import changed, write_content
from vanban.app import build as build_module
from vanban.app.build import compose_documents
from vanban.app.catalogue import buildable
from vanban.app.check import Checked
from vanban.app.dossier import _numbering, number_evidence
from vanban.app.load import load_content
from vanban.app.year_review import YearReview, review_year
from vanban.checks.from_document import _of_block
from vanban.checks.review import review
from vanban.compose.outline import _kept_outline
from vanban.document import StyleId
from vanban.errors import ContentError
from vanban.layout.fonts import find_times
from vanban.layout.frame import read_frame
from vanban.layout.lay_out import lay_out
from vanban.layout.measures import Layout
from vanban.provenance import sources_of
from vanban.workspace.folder import shown_path
from warm import ROOT, TEMPLATES, Files, built, built_of, found, work

pytestmark = pytest.mark.slow


def ward(folder: Path, name: str) -> Path:
    """Write a content folder of a ward of that name."""
    folder.mkdir(parents=True)
    return write_content(folder, changed("co-quan.yaml", "dia_danh: Phường Trần Liễu", name))


def wards(folder: Path) -> list[Path]:
    names = ("An Sinh", "Bình Minh", "Cẩm Tú", "Đông Hải")
    return [ward(folder / str(n), f"dia_danh: Phường {name}") for n, name in enumerate(names)]


@pytest.mark.parametrize("engine", ["pages", "weasyprint"])
def test_two_builds_in_one_process_give_the_same_files(engine: str, tmp_path: Path) -> None:
    content = write_content(tmp_path)
    first, second = (built(content, tmp_path / name, engine) for name in "ab")
    assert first == second
    assert found(content) == found(content)


@pytest.mark.parametrize("engine", ["pages", pytest.param("weasyprint", marks=pytest.mark.long)])
def test_threads_at_different_content_do_not_mix(engine: str, tmp_path: Path) -> None:
    contents = wards(tmp_path)
    together = Barrier(len(contents))

    def at(number: int) -> tuple[Files, Checked]:
        together.wait()
        return built(contents[number], tmp_path / f"out{number}", engine), found(contents[number])

    filters = list(warnings.filters)
    with ThreadPoolExecutor(len(contents)) as threads:
        results = list(threads.map(at, range(len(contents))))
    assert warnings.filters == filters
    alone = [(built(each, tmp_path / "alone", engine), found(each)) for each in contents]
    assert results == alone
    assert len({files["plan.pdf"] for files, _ in results}) == len(contents)


@pytest.mark.parametrize(
    ("engine", "method"),
    [
        ("pages", "spawn"),
        ("weasyprint", "fork"),
        pytest.param("pages", "fork", marks=pytest.mark.long),
        pytest.param("weasyprint", "spawn", marks=pytest.mark.long),
    ],
)
def test_a_daemonic_worker_makes_the_same(engine: str, method: str, tmp_path: Path) -> None:
    content = write_content(tmp_path)
    with get_context(method).Pool(1) as pool:
        daemonic, files, checked = pool.apply_async(
            work, (content, tmp_path / "there", engine)
        ).get(300)
    assert daemonic
    assert files == built(content, tmp_path / "here", engine)
    assert checked == found(content)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What use cases give to one another."""
    loaded = load_content(ROOT / "content", 2025)
    kinds = buildable(loaded.workspace)[:2]
    composed, _ = compose_documents(kinds, loaded, TEMPLATES)
    document = composed[0].document
    layout = Layout(document, read_frame(TEMPLATES / "frame.docx"), find_times())
    return {
        "loaded": loaded,
        "composed": composed,
        "pages": lay_out(document, layout),
        "findings": review(loaded.workspace, composed).findings,
        "layout": layout,
    }


def again(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))


@pytest.mark.parametrize("name", ["composed", "pages", "findings"])
def test_what_is_given_on_pickles(name: str, everything: dict[str, Any]) -> None:
    assert again(everything[name]) == everything[name]


def test_a_workspace_pickles_with_the_places_of_its_words(everything: dict[str, Any]) -> None:
    loaded = everything["loaded"]
    copy = again(loaded)
    assert (copy.problems, copy.notes, copy.meant) == (loaded.problems, loaded.notes, loaded.meant)
    assert copy.workspace.held == loaded.workspace.held
    kinds = buildable(copy.workspace)[:2]
    composed, _ = compose_documents(kinds, copy, TEMPLATES)
    assert composed == everything["composed"]
    assert review(copy.workspace, composed).findings == everything["findings"]


def test_a_document_composed_elsewhere_is_reviewed_alike(everything: dict[str, Any]) -> None:
    composed = again(everything["composed"])
    assert review(everything["loaded"].workspace, composed).findings == everything["findings"]
    for there, here in zip(composed, everything["composed"], strict=True):
        kept = [sources_of(text) for text in there.document.texts()]
        assert kept == [sources_of(text) for text in here.document.texts()]


def test_a_layout_that_was_pickled_sets_the_same_pages(everything: dict[str, Any]) -> None:
    document = everything["composed"][0].document
    assert lay_out(document, again(everything["layout"])) == everything["pages"]


def test_threads_that_ask_at_once_have_one_engine() -> None:
    build_module._one_engine.cache_clear()
    together = Barrier(4)

    def engine(_: int) -> object:
        together.wait()
        return build_module._engine_here()

    with ThreadPoolExecutor(4) as threads:
        assert len({id(each) for each in threads.map(engine, range(4))}) == 1


def test_a_change_of_content_is_seen_at_once(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    first = built(content, tmp_path / "a")
    plan = content / "2025" / "ke-hoach.yaml"
    state, text = plan.stat(), plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("Phân công rõ", "Phân định rõ"), encoding="utf-8")
    os.utime(plan, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert built(content, tmp_path / "b")["plan.pdf"] != first["plan.pdf"]
    plan.write_text(text, encoding="utf-8")
    assert built(content, tmp_path / "c") == first
    plan.write_text(text.replace("nguoi_ky", "nguoi_khac"), encoding="utf-8")
    assert load_content(content, 2025).problems


@pytest.mark.parametrize("name", ["plan.md", "frame.docx"])
def test_a_change_of_a_template_is_seen_at_once(name: str, tmp_path: Path) -> None:
    content = write_content(tmp_path)
    templates = Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))
    first = built(content, tmp_path / "a", templates=templates)
    file = templates / name
    whole = file.read_bytes()
    if name == "frame.docx":
        frame = docx.Document(str(file))
        for style in frame.styles:
            if style.style_id == StyleId.BODY:
                style.font.size = Pt(13)
        frame.save(str(file))
    else:
        file.write_bytes(whole.replace("ĐÍCH, YÊU".encode(), "ĐÍCH VÀ YÊU".encode()))
    assert file.read_bytes() != whole
    assert built(content, tmp_path / "b", templates=templates)["plan.pdf"] != first["plan.pdf"]
    file.write_bytes(whole)
    assert built(content, tmp_path / "c", templates=templates) == first


@pytest.mark.parametrize("absolute", [True, False])
def test_use_cases_work_after_a_change_of_the_working_folder(
    absolute: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = wards(tmp_path)
    expected = [built(each, tmp_path / "alone") for each in contents]
    for content, files in zip(contents * 2, expected * 2, strict=True):
        monkeypatch.chdir(content.parent)
        here = content if absolute else Path("content")
        assert built(here, tmp_path / "out") == files
        places = {each.spot.place.file for each in found(here).findings}
        assert places and all(file.is_file() for file in places)


def test_a_workspace_goes_to_another_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its paths are told as seen where it was read; marks in Word files lead there all the same."""
    content = wards(tmp_path)[0]
    expected = built(content, tmp_path / "out")
    for here, there in ((tmp_path, Path("/")), (Path("/"), tmp_path), (content, tmp_path)):
        monkeypatch.chdir(here)
        loaded = load_content(content, 2025)
        monkeypatch.chdir(there)
        assert built_of(again(loaded), tmp_path / "out") == expected


def test_absolute_paths_do_where_the_working_folder_was_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = wards(tmp_path)[0]
    expected = built(content, tmp_path / "out")
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    try:
        assert built(content, tmp_path / "out") == expected
        places = {each.spot.place.file for each in found(content).findings}
    finally:
        monkeypatch.chdir(tmp_path)
    assert places and all(file.is_absolute() and file.is_file() for file in places)


def test_a_dossier_is_numbered_anew_where_a_file_of_it_changed(tmp_path: Path) -> None:
    content = shutil.copytree(ROOT / "content", tmp_path / "content")
    workspace = load_content(content, None).workspace
    first = number_evidence(workspace, TEMPLATES)
    assert number_evidence(workspace, TEMPLATES) is first
    for file in (content / str(workspace.year) / "minh-chung").iterdir():
        file.unlink()
    with pytest.raises(ContentError):
        number_evidence(workspace, TEMPLATES)


@pytest.mark.parametrize("name", [pytest.param("ke-hoach", marks=pytest.mark.long), "bao-cao/q3"])
def test_an_edit_gives_the_findings_of_a_new_process(name: str) -> None:
    content = ROOT / "content"
    file = content / "2025" / f"{name}.yaml"
    text = file.read_text(encoding="utf-8")
    line = re.search(r"^[^#\n]+: (\w+)(?= \w+ \w+ \w+)", text, re.MULTILINE)
    assert line is not None
    twice = f"{text[: line.start(1)]}{line[1]} {text[line.start(1) :]}"

    def reviewed(edited: str) -> YearReview:
        loaded = load_content(content, 2025, {shown_path(file): edited.encode()})
        return review_year(loaded, TEMPLATES)

    found = []
    for edited in (text, f"# chú thích\n{text}", twice, text):
        found.append(reviewed(edited))
        for memory in (_kept_outline, _numbering, _of_block):
            memory.cache_clear()
        assert found[-1] == reviewed(edited)
    assert found[0] == found[3] and found[0] not in found[1:3]


@pytest.mark.long
def test_memory_stays_as_it_is_over_500_builds(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    plan = content / "2025" / "ke-hoach.yaml"
    text = plan.read_text(encoding="utf-8")
    held: list[int] = []
    for number in range(500):
        edited = text.replace("bám sát kế hoạch", f"bám sát kế hoạch lần {number}")
        plan.write_text(edited, encoding="utf-8")
        built(content, tmp_path / "out")
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
        held.append(int(pages) * resource.getpagesize() // 1_000_000)
    # What is remembered of words and paragraphs is full after some 300 builds.
    assert held[-1] <= held[299] + 10  # MB
