"""A Word file given back with comments and tracked changes: its words and its form stay."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import packages
from letters import letter
from packages import audit
from test_cli import run
from vanban.app.annotate import annotate
from vanban.app.check_word import check_word
from vanban.checks.finding import Spot
from vanban.errors import Place
from vanban.exchange.annotated import stretch
from vanban.exchange.word_marks import Mark, with_marks
from vanban.ooxml.markup import attribute, w
from vanban.ooxml.package import Package
from vanban.ooxml.reading import main_part, read_word_file
from vanban.ooxml.word_file import WordFile, WordParagraph
from vanban.provenance import Revision
from words import saved, word_of, xml

REVISION = Revision("Người soát", date(2025, 9, 16))
WORDS = "Báo cáo các các nội dung sau , gửi về phường"


def read(docx: bytes, accept: bool = True) -> WordFile:
    return read_word_file(docx, lambda line: False, accept)


def texts(docx: bytes, accept: bool = True) -> list[str]:
    return [each.text for each in read(docx, accept).paragraphs]


def with_runs(*parts: str) -> bytes:
    """Return a small Word file of one paragraph of these runs, each other one bold."""
    runs = (
        f"<w:r>{'<w:rPr><w:b/></w:rPr>' * (number % 2)}"
        f'<w:t xml:space="preserve">{part}</w:t></w:r>'.replace(
            "\t", '</w:t><w:tab/><w:t xml:space="preserve">'
        )
        for number, part in enumerate(parts)
    )
    return packages.word(packages.paragraph(*runs))


def commented(docx: bytes) -> dict[str, str]:
    """Return the words that each comment is about, by its first line."""
    package = Package(docx)
    main = main_part(package)
    root = package.root(main)
    comments = next(package.related(main, "comments"), None)
    assert root is not None
    lines = {
        attribute(each, "id") or "": str(next(each.itertext())).strip()
        for each in (comments if comments is not None else ())
    }
    found: dict[str, str] = {}
    open_now: set[str] = set()
    for element in root.iter():
        number = attribute(element, "id") or ""
        if element.tag == w("commentRangeStart"):
            open_now.add(number)
            found[lines[number]] = ""
        elif element.tag == w("commentRangeEnd"):
            open_now.remove(number)
        elif element.tag in (w("t"), w("delText")):
            for each in open_now:
                found[lines[each]] += element.text or ""
    assert not open_now
    return found


def problems(docx: bytes, tmp_path: Path) -> set[str]:
    path = tmp_path / "a.docx"
    path.write_bytes(docx)
    return set(audit(path))


def only(docx: bytes) -> WordParagraph:
    return read(docx).filled[0]


@settings(max_examples=40)
@given(
    st.lists(st.text("ab \t", min_size=1, max_size=6), min_size=1, max_size=5).filter(
        lambda parts: "".join(parts).strip()
    ),
    st.data(),
)
def test_accepting_gives_the_new_words_and_refusing_the_old(
    parts: list[str], data: st.DataObject
) -> None:
    docx = with_runs(*parts)
    paragraph = only(docx)
    length = len(paragraph.text)
    cuts = sorted(
        data.draw(st.lists(st.integers(0, length), min_size=4, max_size=4, unique=True))
        if length >= 3
        else [0, length, length, length]
    )
    first, second = (cuts[0], cuts[1]), (cuts[2], cuts[3])
    marks = [
        Mark(paragraph, *first, new="X"),
        Mark(paragraph, 0, length, ("cả đoạn",)),
    ]
    if second[0] > first[1]:
        marks.append(Mark(paragraph, *second, new=""))
    copy = with_marks(docx, marks, REVISION)
    text = paragraph.text
    wanted = f"{text[: first[0]]}X{text[first[1] :]}"
    if len(marks) == 3:
        wanted = f"{text[: first[0]]}X{text[first[1] : second[0]]}{text[second[1] :]}"
    assert [each for each in texts(copy) if each] == [wanted]
    assert [each for each in texts(copy, accept=False) if each] == [text]
    assert commented(copy)["cả đoạn"].replace("X", "") == text.replace("\t", "")


SPLIT = [
    (WORDS,),
    ("Báo cáo các ", "các nội dung sau , gửi về phường"),
    ("Báo cáo c", "ác các", " nội dung sau ", ", gửi về phường"),
    tuple(WORDS),
]


@pytest.mark.parametrize("parts", SPLIT)
def test_a_comment_is_about_its_words_however_runs_are_cut(
    parts: tuple[str, ...], tmp_path: Path
) -> None:
    docx = with_runs(*parts)
    paragraph = only(docx)
    spots = {"lặp": "các các", "dấu": "sau ,"}
    marks = []
    for line, words in spots.items():
        at = WORDS.index(words)
        place = stretch(paragraph, Spot(Place(Path("a")), 1, excerpt=words, before=WORDS[:at]))
        assert place is not None
        marks.append(Mark(paragraph, *place, (line,)))
    copy = with_marks(docx, marks, REVISION)
    assert commented(copy) == spots
    assert texts(copy) == texts(docx)
    assert problems(copy, tmp_path) <= problems(docx, tmp_path)


def test_open_revisions_stay_open_and_are_commented_beside() -> None:
    word = word_of("")
    old = '<w:del w:id="1" w:author="A"><w:r><w:delText>cũ </w:delText></w:r></w:del>'
    new = '<w:ins w:id="2" w:author="A"><w:r><w:t>mới các các</w:t></w:r></w:ins>'
    paragraph = word.paragraphs[0]._p
    for part in ('<w:r><w:t xml:space="preserve">Chữ </w:t></w:r>', old, new):
        paragraph.append(xml(part))
    docx = saved(word)
    place = only(docx)
    at = place.text.index("các các")
    copy = with_marks(docx, [Mark(place, at, at + 7, ("lặp",), None)], REVISION)
    assert commented(copy) == {"lặp": "các các"}
    assert read(copy).tracked == read(docx).tracked
    assert texts(copy, accept=False) == texts(docx, accept=False)


def test_comments_that_are_there_stay() -> None:
    first = with_marks(with_runs("Một hai ba"), [], REVISION)
    once = with_marks(first, [Mark(only(first), 0, 3, ("một",))], REVISION)
    twice = with_marks(once, [Mark(only(once), 8, 10, ("ba",))], REVISION)
    assert commented(twice) == {"một": "Một", "ba": "ba"}


@pytest.mark.slow
def test_the_copy_of_a_checked_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "nobin"))
    word = letter()
    word.paragraphs[-1].add_run(f" {WORDS}.")
    original = saved(word)
    Path("thu.docx").write_bytes(original)
    result = run("check", "thu.docx", "--docx", "soat", "--fix")
    copy = Path("soat/thu.docx").read_bytes()
    assert "sửa " in result.stderr
    assert Path("thu.docx").read_bytes() == original
    assert "sau, gửi" in "\n".join(texts(copy))
    assert texts(copy, accept=False) == texts(original)
    assert "các các" in commented(copy).values()
    assert problems(copy, tmp_path) <= problems(original, tmp_path)
    again = run("check", "thu.docx", "--docx", "soat")
    assert again.exit_code == 2
    assert "đã có soat/thu.docx" in again.stderr


def test_a_mended_copy_stands_beside_its_file_and_content_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "nobin"))
    Path("a.docx").write_bytes(saved(word_of(f"{WORDS}.")))
    run("check", "a.docx", "--fix")
    assert commented(Path("a-da-sua.docx").read_bytes()) == {}
    assert texts(Path("a-da-sua.docx").read_bytes())[0].endswith("sau, gửi về phường.")


def test_a_copy_is_of_what_was_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "nobin"))
    file = Path("a.docx")
    file.write_bytes(saved(word_of(f"{WORDS}.")))
    report = check_word(file, None, alone=True, keep=True)
    file.write_bytes(saved(word_of("Somebody saves another text meanwhile.")))
    places = {file: Path("soat.docx")}
    (made,) = annotate([report], places, REVISION, comments=True, fixes=True)
    assert made.mended == 1
    assert texts(Path("soat.docx").read_bytes())[0].endswith("sau, gửi về phường.")
    assert check_word(file, None, alone=True).read is None


def test_what_was_not_opened_has_no_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "nobin"))
    Path("~$a.docx").write_bytes(b"Word has it open")
    Path("b.docx").write_bytes(b"no package")
    Path("c.docx").write_bytes(saved(word_of(f"{WORDS}.")))
    told = run("check", "~$a.docx", "b.docx", "c.docx", "--docx", "soat")
    assert told.exit_code == 3
    assert [path.name for path in Path("soat").iterdir()] == ["c.docx"]


BAD = {
    "one file for two": (["a.docx", "b.docx", "--docx", "x.docx"], "chỉ soát một tệp Word"),
    "two of one name": (["a.docx", "d/a.docx", "--docx", "soat"], "hai tệp cùng tên a.docx"),
    "the file itself": (["a.docx", "--docx", "a.docx"], "đã có a.docx"),
    "the folder of the file": (["a.docx", "--docx", "."], "đã có a.docx"),
}


@pytest.mark.parametrize("name", BAD)
def test_copies_that_cannot_be(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("d").mkdir()
    for file in ("a.docx", "b.docx", "d/a.docx"):
        Path(file).write_bytes(saved(word_of(WORDS)))
    arguments, words = BAD[name]
    result = run("check", *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
