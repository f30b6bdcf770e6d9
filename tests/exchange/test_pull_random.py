"""Whatever is edited in a built file: pulled and built again it reads as edited, or it was told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import pytest

from office import convert
from pull_edits import edit_randomly
from pulls import STAMP, built, changed, project, pulled, replaced, texts
from vanban.app.pull import ELSEWHERE, Pulled, apply, pull
from vanban.errors import ContentError
from vanban.exchange.marks import same_text
from vanban.exchange.pull import SHARED, Act, Edit, Verdict

DOCUMENTS = ("plan", "report-q3", "self-assessment")


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("pull"))


@pytest.fixture(scope="module")
def files(content: Path) -> dict[str, bytes]:
    return {name: built(content, name) for name in DOCUMENTS}


def told(found: Pulled, unedited: list[str]) -> set[str]:
    """Return the paragraphs that may differ after a pull: of each something says so.

    Those that hold an edit which is not taken; and ``unedited`` ones that print an edited value.
    """
    refused = {
        same_text(found.word.filled[each.at].text)
        for each in found.edits
        if not is_wanted(each) and each.at >= 0
    }
    repeated = any("mọi chỗ đổi theo" in each.note for each in found.edits)
    return refused.union(unedited if repeated else ())


def is_wanted(edit: Edit) -> bool:
    """Say whether an official takes an edit: not of names that all documents share."""
    both = edit.verdict is Verdict.CONFLICT
    return edit.act is not Act.NONE and not both and edit.note not in (SHARED, ELSEWHERE)


def take_back(content: Path, files: dict[Path, bytes]) -> None:
    for path, data in files.items():
        path.write_bytes(data)
    shutil.rmtree(content / ".vanban")


def try_case(content: Path, docx: bytes, seed: int, items: bool) -> None:
    edited = changed(docx, lambda root: edit_randomly(root, Random(seed), items))
    found = pulled(content, edited)
    wanted = list(filter(is_wanted, found.edits))
    before = {each.place.file: each.place.file.read_bytes() for each in wanted}
    applied = apply(found, wanted, STAMP)
    try:
        assert set(applied.differing) - told(found, texts(docx)) == set()
        if any(each.act is not Act.SET for each in wanted):  # nothing comes or goes twice
            again = pulled(content, edited)
            assert not again.of(Verdict.TAKEN)
            assert again.applied.differing == applied.differing
    finally:
        if applied.files:
            take_back(content, before)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_is_edited_comes_back(content: Path, files: dict[str, bytes], document: str) -> None:
    # The outline of a report joins one paragraph to the sentence before it, and lists several.
    try_case(content, files[document], seed=0, items=document == "plan")


@pytest.mark.long
@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("seed", range(1, 160))
def test_what_is_edited_comes_back_in_many_cases(
    content: Path, files: dict[str, bytes], document: str, seed: int
) -> None:
    try_case(content, files[document], seed, items=document == "plan")


@pytest.fixture(scope="module")
def saved(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Saved:
    """Return what LibreOffice makes of a file: straight, or by way of its own format."""
    folder = tmp_path_factory.mktemp("office")

    @cache
    def made(name: str, route: str) -> bytes:
        file = folder / f"{name}.docx"
        file.write_bytes(files[name])
        if route == "odt":
            file = convert(file, "odt", folder)
        return convert(file, "docx", folder).read_bytes()

    return made


Saved = Callable[[str, str], bytes]


@pytest.mark.slow
@pytest.mark.parametrize("route", ["docx", "odt"])
@pytest.mark.parametrize("document", ["plan", pytest.param("report-q3", marks=pytest.mark.long)])
@pytest.mark.parametrize(
    "seed", [1000, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1001, 1005))]
)
def test_what_is_edited_in_libreoffice_comes_back(
    content: Path, saved: Saved, document: str, route: str, seed: int
) -> None:
    docx = saved(document, route)
    found = pulled(content, docx)
    assert (found.edits, found.looks, found.unprinted) == ((), (), ())
    assert found.base_lost is (route == "odt")
    try_case(content, docx, seed, items=document == "plan")


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["doc", pytest.param("odt", marks=pytest.mark.long)])
def test_a_file_of_another_format_is_read_by_libreoffice(
    content: Path, files: dict[str, bytes], ending: str, tmp_path: Path
) -> None:
    file = tmp_path / "sua.docx"
    file.write_bytes(changed(files["plan"], replaced("rà soát, đánh giá, cập nhật", "rà soát")))
    found = pull(convert(file, ending, tmp_path), content, lambda _: content.parent / "templates")
    assert [(each.verdict, each.act) for each in found.edits] == [(Verdict.TAKEN, Act.SET)]


@pytest.mark.parametrize("name", ["sua.odt", "sua.doc", "sua.docx"])
def test_a_damaged_file_of_another_format_is_one_line(
    content: Path, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    file.write_bytes(b"PK\x03\x04 damaged")
    with pytest.raises(ContentError) as error:
        pull(file, content, lambda _: content.parent / "templates")
    (problem,) = error.value.problems
    assert problem.place.file == file
