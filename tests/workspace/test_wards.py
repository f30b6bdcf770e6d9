"""Which wards folders stand for, and what is told of those that stand for none."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from vanban.workspace.wards import find_wards, passed_over, ward_name


def write(root: Path, files: Iterable[str]) -> None:
    """Write small files, each with its own text; a name that ends with a slash is a folder."""
    for name in files:
        path = root / name
        folder = path if name.endswith("/") else path.parent
        folder.mkdir(parents=True, exist_ok=True)
        if folder != path:
            path.write_bytes(os.fsencode(name))


AN = "wards/an-sinh/content/co-quan.yaml"
BINH = "wards/binh-minh/content/co-quan.yaml"
CITY = (BINH, AN, "wards/chung/dung-chung.yaml", "wards/build/2025/plan.docx", "wards/notes.txt")


@pytest.mark.parametrize(
    ("files", "paths", "names", "told"),
    [
        pytest.param(CITY, ["wards/an-sinh/content"], ["an-sinh"], [], id="content"),
        pytest.param(CITY, ["wards/an-sinh"], ["an-sinh"], [], id="the folder of content"),
        pytest.param(CITY, ["wards"], ["an-sinh", "binh-minh"], [], id="all below, by name"),
        pytest.param(
            CITY, ["wards/binh-minh", "wards/an-sinh"], ["binh-minh", "an-sinh"], [], id="in order"
        ),
        pytest.param(
            ["w/a/co-quan.yaml", "w/b/co-quan.yaml"], ["w"], ["a", "b"], [], id="content by names"
        ),
        pytest.param(CITY, ["nowhere"], [], ["nowhere: không có thư mục này"], id="not there"),
        pytest.param(CITY, ["wards/notes.txt"], [], ["wards/notes.txt: đây là tệp"], id="file"),
        pytest.param(CITY, ["wards/build"], [], ["wards/build: ở đây không có"], id="no ward"),
        pytest.param(
            CITY, ["wards/chung"], [], ["wards/chung: đây là thư mục dùng chung"], id="sh"
        ),
        pytest.param(
            CITY,
            ["wards", "wards/an-sinh/content"],
            ["an-sinh", "binh-minh"],
            ["wards/an-sinh/content: đã tính ở wards/an-sinh/content"],
            id="the same twice",
        ),
        pytest.param(
            [*CITY, "more/an-sinh/content/co-quan.yaml"],
            ["wards", "more"],
            ["an-sinh", "binh-minh"],
            ["more/an-sinh/content: trùng tên thư mục với wards/an-sinh/content"],
            id="the same name",
        ),
        pytest.param(
            [*CITY, "wards/moi/content/2025/ke-hoach.yaml", "wards/tay/2025/ke-hoach.yaml"],
            ["wards"],
            ["an-sinh", "binh-minh"],
            ["wards/moi/content/co-quan.yaml: chưa có", "wards/tay/co-quan.yaml: chưa có"],
            id="without co-quan.yaml",
        ),
        pytest.param(
            [AN, "wards/empty/content/", "wards/.cu/content/co-quan.yaml"],
            ["wards", "wards/empty"],
            ["an-sinh"],
            ["wards/empty/content/co-quan.yaml: chưa có"],
            id="empty content, hidden",
        ),
    ],
)
def test_folders_stand_for_wards(
    files: list[str],
    paths: list[str],
    names: list[str],
    told: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    wards, problems = find_wards(map(Path, paths))
    assert [ward.name for ward in wards] == names
    assert all((ward.content / "co-quan.yaml").is_file() for ward in wards)
    assert len(problems) == len(told)
    for problem, start in zip(problems, told, strict=True):
        assert str(problem).startswith(start)


@pytest.mark.parametrize(
    ("files", "paths", "expected"),
    [
        ((), ["wards"], []),
        (("wards/mat/build/2025/plan.docx", "wards/trong/"), ["wards"], ["mat", "trong"]),
        (("wards/mat/a.txt",), ["wards", "wards"], ["mat"]),
        (("wards/.mat/a.txt", "wards/build/2025/a.docx"), ["wards"], []),
        (("wards/an-sinh/other/a.txt",), ["wards/an-sinh", "nowhere"], []),
        (("wards/mat/content/",), ["wards"], []),  # that is told as a problem
        (("mail/a/a.txt",), ["mail"], []),  # that too
    ],
)
def test_folders_below_that_are_no_wards_are_told(
    files: tuple[str, ...], paths: list[str], expected: list[str], tmp_path: Path
) -> None:
    write(tmp_path, [*CITY, *files])
    found = passed_over(tmp_path / path for path in paths)
    assert [path.name for path in found] == expected


def test_a_copied_folder_is_the_same_ward(tmp_path: Path) -> None:
    write(tmp_path, [AN, BINH])
    (tmp_path / BINH).write_bytes((tmp_path / AN).read_bytes())
    wards, problems = find_wards([tmp_path / "wards"])
    assert [ward.name for ward in wards] == ["an-sinh"]
    (problem,) = problems
    assert problem.place.file == Path(BINH)
    assert "giống hệt tệp của" in problem.message


def test_the_working_folder_has_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, [AN])
    monkeypatch.chdir(tmp_path / "wards" / "an-sinh")
    for path in (Path(), Path("content"), Path("../an-sinh")):
        assert [ward.name for ward in find_wards([path])[0]] == ["an-sinh"]
    monkeypatch.chdir("content")
    assert [ward.name for ward in find_wards([Path()])[0]] == ["an-sinh"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("/content", "content"),  # as it is mounted into a container
        ("/", "content"),
        ("/nowhere/P.12/content", "P.12"),
        ("/nowhere/P.12", "P.12"),
    ],
)
def test_every_ward_has_a_name(content: str, name: str) -> None:
    assert ward_name(Path(content)) == name


def test_a_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    write(tmp_path, [AN, os.fsdecode(b"wards/xa-kim-\xe1/content/co-quan.yaml")])
    wards, (problem,) = find_wards([tmp_path / "wards"])
    assert [ward.name for ward in wards] == ["an-sinh"]
    assert "đổi tên thư mục" in str(problem)
