"""The Times family: which fonts are accepted, why others are refused, and widths of text."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection, TTFont

from vanban.errors import MachineError
from vanban.layout.fonts import (
    FONT_DIR_VARIABLE,
    REMEDY,
    VIETNAMESE_LETTERS,
    Face,
    TimesFamily,
    find_times,
)

MM_PER_PT = 25.4 / 72
FACES = ("regular", "bold", "italic", "bold_italic")


@pytest.fixture(scope="module")
def times() -> TimesFamily:
    return find_times()


@pytest.fixture
def own_folder(times: TimesFamily, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the machine's four faces, the only one that is searched."""
    for look in FACES:
        shutil.copy(getattr(times, look).path, tmp_path / f"{look}.ttf")
    monkeypatch.setenv(FONT_DIR_VARIABLE, str(tmp_path))
    return tmp_path


def rewrite(path: Path, change: Callable[[TTFont], object]) -> None:
    with TTFont(path) as font:
        change(font)
        font.save(path)


def drop_letters(letters: str) -> Callable[[TTFont], None]:
    def change(font: TTFont) -> None:
        for table in font["cmap"].tables:
            for letter in letters:
                table.cmap.pop(ord(letter), None)

    return change


def rename(family: str) -> Callable[[TTFont], None]:
    def change(font: TTFont) -> None:
        for record in font["name"].names:
            if record.nameID == 1:
                record.string = family

    return change


def test_letters_are_the_134_of_the_language() -> None:
    assert len(VIETNAMESE_LETTERS) == 134
    assert len({letter for letter in VIETNAMESE_LETTERS if letter.isupper()}) == 67
    assert set("ĂÂĐÊÔƠƯăâđêôơưạẶỹỴẾở") <= VIETNAMESE_LETTERS
    assert not VIETNAMESE_LETTERS & set("aeiouydAEIOUYDñçäß")
    assert all(unicodedata.is_normalized("NFC", letter) for letter in VIETNAMESE_LETTERS)


def test_machine_has_four_faces_that_cover_the_language(times: TimesFamily) -> None:
    assert len({getattr(times, look).path for look in FACES}) == 4
    for bold in (False, True):
        for italic in (False, True):
            letters = "".join(VIETNAMESE_LETTERS)
            assert times.missing_characters(letters, bold=bold, italic=italic) == set()


@pytest.mark.parametrize(
    ("text", "size", "bold", "italic", "millimetres"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, True, False, 95.67),
        ("Độc lập - Tự do - Hạnh phúc", 14, True, False, 60.46),
        ("ỦY BAN NHÂN DÂN", 13, True, False, 43.18),
        ("PHƯỜNG TRẦN LIỄU", 13, True, False, 46.97),
        ("Phường Trần Liễu, ngày 23 tháng 11 năm 2026", 14, False, True, 94.37),
        ("0123456789", 10, False, False, 10 * 0.5 * 10 * MM_PER_PT),
        ("", 14, True, True, 0),
    ],
)
def test_advance_is_the_width_set_without_kerning(
    times: TimesFamily, text: str, size: float, bold: bool, italic: bool, millimetres: float
) -> None:
    """The expected widths were measured in a PDF of WeasyPrint with ``font-kerning: none``."""
    width = times.advance(text, bold=bold, italic=italic) * size * MM_PER_PT
    assert width == pytest.approx(millimetres, abs=0.01)


def test_missing_characters(times: TimesFamily) -> None:
    assert times.missing_characters("Trần Liễu 漢字") == {"漢", "字"}
    with pytest.raises(KeyError):
        times.advance("漢")


def test_own_folder_is_the_only_one_searched(own_folder: Path) -> None:
    found = find_times()
    assert {getattr(found, look).path.parent for look in FACES} == {own_folder}


def test_a_better_family_comes_first(own_folder: Path) -> None:
    for look in FACES:
        copy = own_folder / f"better-{look}.ttf"
        shutil.copy(own_folder / f"{look}.ttf", copy)
        rewrite(copy, rename("Times New Roman"))
    assert find_times().name == "Times New Roman"
    rewrite(own_folder / "better-bold.ttf", drop_letters("ơ"))
    assert find_times().name != "Times New Roman"


def test_an_older_version_beside_a_complete_one_does_no_harm(own_folder: Path) -> None:
    older = own_folder / "a-regular.ttf"
    shutil.copy(own_folder / "regular.ttf", older)
    rewrite(older, drop_letters("ơư"))
    assert find_times().regular.path == own_folder / "regular.ttf"


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda folder: (folder / "italic.ttf").unlink(), "thiếu kiểu chữ nghiêng"),
        (
            lambda folder: rewrite(folder / "bold.ttf", drop_letters("ơỮ")),
            "kiểu chữ đậm thiếu 2 chữ tiếng Việt, ví dụ ơ, Ữ",
        ),
        (
            lambda folder: rewrite(folder / "bold_italic.ttf", rename("Other")),
            "thiếu kiểu chữ đậm nghiêng",
        ),
        (lambda folder: (folder / "regular.ttf").write_bytes(b"no font"), "thiếu kiểu chữ thường"),
    ],
)
def test_an_incomplete_family_is_refused_with_the_reason(
    own_folder: Path, times: TimesFamily, spoil: Callable[[Path], object], reason: str
) -> None:
    spoil(own_folder)
    with pytest.raises(MachineError) as caught:
        find_times()
    message = str(caught.value)
    assert f"{times.name}: {reason}" in message
    assert message.endswith(f" — {REMEDY}")
    assert "\n" not in message


@pytest.mark.parametrize("keep", [0, 3, 11, 200, 4_000, 60_000, 200_000])
def test_damaged_files_never_crash(own_folder: Path, times: TimesFamily, keep: int) -> None:
    damaged = own_folder / "regular.ttf"
    damaged.write_bytes(damaged.read_bytes()[:keep])
    with pytest.raises(MachineError, match="Không tìm thấy phông chữ"):
        find_times()


def test_no_font_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FONT_DIR_VARIABLE, str(tmp_path / "absent"))
    with pytest.raises(MachineError, match=r"absent.*fonts-croscore"):
        find_times()


def test_faces_in_a_collection(own_folder: Path) -> None:
    collection = TTCollection()
    collection.fonts = [TTFont(own_folder / f"{look}.ttf") for look in FACES]
    collection.save(own_folder / "all.ttc")
    for look, font in zip(FACES, collection.fonts, strict=True):
        font.close()
        (own_folder / f"{look}.ttf").unlink()
    found = find_times()
    assert [getattr(found, look) for look in FACES] == [
        Face(own_folder / "all.ttc", index) for index in range(4)
    ]


def test_without_fontconfig_the_usual_folders_are_searched(
    own_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home_fonts = tmp_path / "home" / ".fonts" / "deep"
    home_fonts.mkdir(parents=True)
    for look in FACES:
        file = home_fonts / f"{look}.TTF"
        (own_folder / f"{look}.ttf").rename(file)
        rewrite(file, rename("Times New Roman"))
    monkeypatch.delenv(FONT_DIR_VARIABLE)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_times().name == "Times New Roman"
