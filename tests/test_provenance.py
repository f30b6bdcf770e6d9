"""Every character of every document of the project leads back to where it is from."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from origins import lines_of, misplaced, texts_of, uncovered
from vanban.app.catalogue import buildable, find_kind
from vanban.app.composing import compose_sound
from vanban.app.load import load_content
from vanban.document import Document
from vanban.provenance import Keys, Kind, Origin, sources_of
from vanban.workspace.source import Mapping, Scalar, Sequence
from vanban.workspace.yaml_file import parse_yaml

ROOT = Path(__file__).parents[1]
SCORES = "scores-qd766-quy-3"
IDS = (
    *("plan", "report-q3", "self-assessment", "evidence-index", "dossier-front", "brief-q3"),
    SCORES,
)
FIXED = re.compile(
    r"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập - Tự do - Hạnh phúc|Nơi nhận:|Kính gửi:|\./\.|\s*|"
    r"Lĩnh vực|Tỷ lệ điểm đạt|Đánh giá|(Tỷ lệ s|S)ố chỉ tiêu"
)
NUMBERING = re.compile(
    r"- |\d+\. |Phần [IVX]+|Phụ lục( [IVX]+)?|[IVX]+\.|(\d+\.)+\)?|[a-zđ]\)|\d+|KH|BC|"
    r"Phân công trách nhiệm|\(Kèm theo | | “|”, “|”\."
)
"""What is computed by an outline alone: labels, numbers of rows, words beside its own."""


@cache
def documents() -> dict[str, Document]:
    loaded = load_content(ROOT / "content", 2025)
    on_request = (find_kind(each, ROOT / "content") for each in ("brief-q3", SCORES))
    kinds = (*buildable(loaded.workspace), *on_request)
    composed, unmade = compose_sound(kinds, loaded, ROOT / "templates")
    assert not unmade
    return {item.document.id: item.document for item in composed}


@cache
def tree_of(file: Path) -> Mapping | Sequence | Scalar | None:
    return parse_yaml((ROOT / file).read_bytes(), file).tree


def value_at(file: Path, path: Keys) -> object:
    """Return the value at a path of keys; LookupError where there is none."""
    value: object = tree_of(file)
    for step in path:
        assert isinstance(value, Mapping | Sequence)
        value = value[step]  # type: ignore[index]
    return value


def test_all_documents_are_walked() -> None:
    assert set(documents()) == set(IDS)


@pytest.mark.parametrize("id", IDS)
def test_every_character_has_an_origin_and_stands_there(id: str) -> None:
    for text in texts_of(documents()[id]):
        assert not uncovered(text), text
        assert misplaced(text) == []


@pytest.mark.parametrize("id", IDS)
def test_typed_text_is_the_value_at_its_path(id: str) -> None:
    for text in texts_of(documents()[id]):
        for source in sources_of(text):
            if source.kind is Kind.TYPED:
                (value,) = source.origins
                read = value_at(value.place.file, value.path)
                assert isinstance(read, Scalar)
                assert read.place == value.place
                assert " ".join(read.split()) == str(value)


@pytest.mark.parametrize("id", IDS)
def test_computed_text_names_what_exists(id: str) -> None:
    for text in texts_of(documents()[id]):
        for source in sources_of(text):
            words = text[source.start : source.end]
            if source.kind is Kind.FIXED:
                assert FIXED.fullmatch(words)
            elif source.kind is Kind.COMPUTED:
                assert all(map(exists, source.origins))
                content = [each for each in source.origins if each.place.file.suffix != ".md"]
                assert content or NUMBERING.fullmatch(words), words


def exists(origin: Origin) -> bool:
    """Say whether a key, the folder of a year, or a line of an outline is there."""
    file = ROOT / origin.place.file
    if file.suffix == ".md":
        return re.match(r" *(\{\{|#|- |\d+\.|\{%|\||\{#|loai: )", rest_of_line(origin)) is not None
    if file.suffix != ".yaml":
        return file.is_dir()
    value_at(origin.place.file, origin.path)
    return True


def rest_of_line(origin: Origin) -> str:
    line = lines_of(origin.place.file)[origin.place.line - 1]
    return line[origin.place.column - 1 :] if not line.startswith("loai: ") else line


def told(id: str, part: str) -> list[str]:
    """Return how the first text with ``part`` is made: its pieces with kind, file and keys.

    Signs between values, computed from their neighbours, are left out.
    """
    text = next(each for each in texts_of(documents()[id]) if part in each)
    return [
        f"{source.kind} {_named(source.origins)}: {text[source.start : source.end][:24]}"
        for source in sources_of(text)
        if source.origins and re.search(r"\w", text[source.start : source.end])
    ]


def _named(origins: tuple[Origin, ...]) -> str:
    """Return the files and keys of some origins: "q3.yaml so_lieu.a + so_lieu.b"."""
    keys = [".".join(map(str, each.path)) or f"{each.place.line}" for each in origins]
    more = [f"{len(keys) - 3} others"] if len(keys) > 3 else []
    return f"{origins[0].place.file.name} {' + '.join([*keys[:3], *more])}"


CASES = (
    ("plan", ", ngày"),
    ("plan", "Số: "),
    ("plan", "Lưu: "),
    ("plan", "TM. "),
    ("plan", "Thực hiện Công văn"),
    ("plan", "Cơ quan phối hợp"),
    ("report-q3", "- Sở Nội vụ"),
    ("report-q3", "Kế hoạch về nâng cao"),
    ("report-q3", "55,3%"),
    ("report-q3", "(Kèm theo"),
    ("evidence-index", "tài liệu kiểm chứng"),
    ("evidence-index", "Kế hoạch cải cách hành chính"),
    ("dossier-front", "xem 1"),
    ("dossier-front", "12/KH-UBND"),
    ("dossier-front", "mục I, II"),
    ("dossier-front", "Số trang"),
    ("self-assessment", " / "),
    ("self-assessment", "Tổng điểm tự chấm"),
    ("self-assessment", "Tiêu chí 2.1.2"),
)
"""A line that is put together of several values, and words in it."""
HARD = ROOT / "tests" / "data" / "provenance.txt"


def hard_cases() -> str:
    blocks = ("\n".join([f"{id}: {part}", *told(id, part)]) for id, part in CASES)
    return "\n\n".join(blocks) + "\n"


def test_hard_cases_are_as_recorded() -> None:
    """``.venv/bin/python tests/test_provenance.py`` writes the record anew, to be read."""
    assert hard_cases() == HARD.read_text("utf-8")


if __name__ == "__main__":
    HARD.write_text(hard_cases(), "utf-8")
