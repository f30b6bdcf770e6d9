"""Files of every kind: pictures enter without loss, broken files are errors."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from dossiers import Maker, item, picture_of, plan, write_pdf
from vanban.errors import ContentError
from vanban.io.progress import telling

pytestmark = pytest.mark.slow


def picture(mode: str = "RGB", size: tuple[int, int] = (300, 200)) -> Image.Image:
    """Return a picture that is red above, blue below (white where transparent)."""
    image = Image.new(mode, size, "red")
    image.paste("blue", (0, size[1] // 2, *size))
    return image


def save_pages(path: Path) -> None:
    pages = [picture(), picture("L"), picture("1")]
    pages[0].save(path, save_all=True, append_images=pages[1:], compression="tiff_deflate")


def save_turned(path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the top of the picture is the right side
    picture().save(path, exif=exif)


def save_transparent(path: Path) -> None:
    image = picture("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 300, 100))
    image.save(path)


PICTURES: dict[str, tuple[str, Callable[[Path], None], int]] = {
    "jpeg": ("a.jpg", lambda path: picture().save(path, quality=90), 1),
    "grey jpeg": ("a.jpeg", lambda path: picture("L").save(path), 1),
    "cmyk jpeg": ("a.jpg", lambda path: picture("CMYK").save(path), 1),
    "png": ("a.png", lambda path: picture().save(path), 1),
    "palette png": ("a.png", lambda path: picture().quantize(4).save(path), 1),
    "transparent png": ("a.png", save_transparent, 1),
    "tiff": ("a.tif", save_pages, 3),
    "turned": ("a.jpg", save_turned, 1),
    "strange resolution": ("a.jpg", lambda path: picture().save(path, dpi=(1, 1)), 1),
    "large": ("a.png", lambda path: picture(size=(6000, 4000)).save(path), 1),
}


@pytest.mark.parametrize("case", PICTURES)
def test_pictures(maker: Maker, tmp_path: Path, case: str) -> None:
    name, save, count = PICTURES[case]
    save(tmp_path / name)
    facts = maker.pdf(plan(item("1.1.1-01", tmp_path / name)), tmp_path / "d.pdf")
    place = facts.placements["1.1.1-01"]
    assert place.count == count
    assert facts.warnings == ()
    page = picture_of(tmp_path / "d.pdf", place.first)
    assert sorted(page.size) in ([595, 842], [596, 842])
    strip = page.crop((0, page.height - 28, page.width, page.height))
    assert strip.getpixel((10, 5)) == (255, 255, 255)


def test_jpeg_stays_as_it_is(maker: Maker, tmp_path: Path) -> None:
    picture().save(tmp_path / "a.jpg", quality=80)
    maker.pdf(plan(item("1.1.1-01", tmp_path / "a.jpg")), tmp_path / "d.pdf")
    with pikepdf.open(tmp_path / "d.pdf") as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        images = [one for one in streams if one.get("/Subtype") == pikepdf.Name.Image]
        assert [one.read_raw_bytes() for one in images] == [(tmp_path / "a.jpg").read_bytes()]


def test_turned_photo_stands_upright(maker: Maker, tmp_path: Path) -> None:
    save_turned(tmp_path / "a.jpg")
    facts = maker.pdf(plan(item("1.1.1-01", tmp_path / "a.jpg")), tmp_path / "d.pdf")
    page = picture_of(tmp_path / "d.pdf", facts.placements["1.1.1-01"].first)
    assert page.height > page.width
    middle = page.height // 2 - 14
    left, right = (
        page.getpixel((page.width // 2 - 20, middle)),
        page.getpixel((page.width // 2 + 20, middle)),
    )
    assert left[2] > 200 and right[0] > 200  # type: ignore[index]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the system tells no open files")
def test_a_file_is_open_only_while_its_pages_are_taken_over(maker: Maker, tmp_path: Path) -> None:
    opened = []

    def count(step: str, done: int, total: int) -> None:
        if step == "Ghép trang":
            opened.append(len(list(Path("/proc/self/fd").iterdir())))

    files = [write_pdf(tmp_path / f"{number}.pdf") for number in range(9)]
    with telling(count):
        items = (item(f"1.1.1-{n:02}", file) for n, file in enumerate(files, 1))
        maker.pdf(plan(*items), tmp_path / "d.pdf")
    assert max(opened) - min(opened) <= 1


def encrypt(path: Path) -> None:
    write_pdf(path.with_name("x.pdf"))
    with pikepdf.open(path.with_name("x.pdf")) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="a", owner="b"))


def truncate(path: Path) -> None:
    write_pdf(path, 3)
    path.write_bytes(path.read_bytes()[:900])


def truncate_picture(path: Path) -> None:
    picture(size=(900, 900)).save(path)
    path.write_bytes(path.read_bytes()[:-900])


def write_words(path: Path) -> None:
    path.write_text("xin chào", encoding="utf-8")


BROKEN: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "truncated": ("a.pdf", truncate, "hỏng"),
    "password": ("a.pdf", encrypt, "mật khẩu"),
    "empty": ("a.pdf", lambda path: path.touch(), "rỗng"),
    "missing": ("a.pdf", lambda path: None, "không có tệp"),
    "wrong ending": ("a.pdf", lambda path: picture().save(path, "JPEG"), "đuôi"),
    "cut picture": ("a.jpg", truncate_picture, "hỏng"),
    "huge picture": ("a.png", lambda path: Image.new("1", (20000, 20000)).save(path), "điểm ảnh"),
    "text": ("a.pdf", write_words, "loại tệp"),
    "odd colours": ("a.tif", lambda path: Image.new("F", (20, 20)).save(path), "kiểu màu"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_files_are_errors(maker: Maker, tmp_path: Path, case: str) -> None:
    name, save, words = BROKEN[case]
    save(tmp_path / name)
    good = write_pdf(tmp_path / "good.pdf")
    wanted = plan(item("1.1.1-01", good), item("1.1.1-02", tmp_path / name))
    with pytest.raises(ContentError) as caught:
        maker.pdf(wanted, tmp_path / "d.pdf")
    (problem,) = caught.value.problems
    assert str(problem).startswith(f"minh-chung.yaml:7: 1.1.1-02: tệp {name}: ")
    assert words in problem.message and "\n" not in str(problem)
    assert not (tmp_path / "d.pdf").exists()


def test_all_broken_files_at_once(maker: Maker, tmp_path: Path) -> None:
    items = [item(f"1.1.1-{number:02}", tmp_path / f"{number}.pdf") for number in range(3)]
    with pytest.raises(ContentError) as caught:
        maker.pdf(plan(*items), tmp_path / "d.pdf")
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize("right", [True, False])
def test_changed_since_registered(maker: Maker, tmp_path: Path, right: bool) -> None:
    file = write_pdf(tmp_path / "a.pdf")
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest() if right else "0" * 64
    wanted = plan(item("1.1.1-01", file, sha256=sha256))
    if right:
        maker.pdf(wanted, tmp_path / "d.pdf")
    else:
        with pytest.raises(ContentError, match="đã thay đổi"):
            maker.pdf(wanted, tmp_path / "d.pdf")
