"""Pictures of papers: ``soan-thao/hinh/<name>`` → :class:`Picture`, or what is wrong with it.

Only PNG and JPEG, of a file in that folder; what they show is kept, what hangs on them (places,
previews, transparency) is not.
"""

from __future__ import annotations

import io
import warnings
from functools import lru_cache
from hashlib import sha256
from os.path import realpath
from pathlib import Path

from vanban.io.process import PROCESS
from vanban.io.read import read_file
from vanban.io.reasons import reason_of
from vanban.picture import Picture, in_bytes
from vanban.workspace.files import PAPERS
from vanban.workspace.models.paper import PaperPicture
from vanban.workspace.workspace import Workspace

MAX_BYTES = 5_000_000
MAX_PIXELS = 20_000_000
"""A4 at 400 dpi has 15 million."""
MAX_HEIGHT = 220.0
"""mm: what a page leaves beside the caption; higher ones are told, not made smaller."""


class UnusablePicture(ValueError):
    """A picture that cannot be printed; the text says why and what to do."""


def picture_of(asked: PaperPicture, workspace: Workspace) -> Picture:
    """Return the picture that a paper asks for; raises UnusablePicture."""
    folder = PAPERS.path(workspace.root, workspace.year) / PAPERS.beside
    path = folder / asked.file
    if Path(asked.file).name != asked.file or Path(realpath(path)).parent != Path(realpath(folder)):
        raise UnusablePicture(
            f"hình phải nằm ngay trong thư mục {folder.name} cạnh các văn bản — chép tệp vào đó, "
            "chỉ ghi tên tệp"
        )
    try:
        data = read_file(path, MAX_BYTES)
    except FileNotFoundError:
        raise UnusablePicture(
            f"không có tệp “{asked.file}” trong thư mục {folder.name} — chép hình vào đó hoặc sửa "
            "tên"
        ) from None
    except OSError as error:
        raise UnusablePicture(
            f"không đọc được hình ({reason_of(error)}) — hình phải là tệp không quá "
            f"{MAX_BYTES // 1_000_000} MB"
        ) from error
    upright, suffix, pixels, gray = _upright(data)
    height = asked.width * pixels[1] / pixels[0]
    if height > MAX_HEIGHT:
        raise UnusablePicture(
            f"hình rộng {asked.width:g} mm thì cao {height:.0f} mm, quá {MAX_HEIGHT:g} mm — giảm "
            "rong hoặc cắt bớt hình"
        )
    digest = sha256(upright).hexdigest()
    return Picture(upright, digest, suffix, pixels, gray, asked.width, height, asked.description)


@lru_cache(maxsize=16)
def _upright(data: bytes) -> tuple[bytes, str, tuple[int, int], bool]:
    """Return a picture as it is seen, its suffix, its size and whether it is grey."""
    from PIL import Image, ImageOps

    try:
        with PROCESS, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
                image.verify()  # the sums of all parts, which decoding does not look at
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise UnusablePicture(
                        f"hình có hơn {MAX_PIXELS // 1_000_000} triệu điểm ảnh — thu nhỏ lại"
                    )
                is_photo = image.format == "JPEG"
                seen = in_bytes(ImageOps.exif_transpose(image))
                if seen.has_transparency_data:
                    ground = Image.new("RGBA", seen.size, "white")
                    seen = Image.alpha_composite(ground, seen.convert("RGBA")).convert("RGB")
                gray = seen.mode in ("1", "L")
                seen = seen.convert("L" if gray else "RGB")
                seen.info.clear()
                target = io.BytesIO()
                if is_photo:
                    seen.save(target, "JPEG", quality=92)
                else:
                    seen.save(target, "PNG")
    except UnusablePicture:
        raise
    except Exception as error:  # a decoder tells damage by whatever it stumbles over
        raise UnusablePicture(
            "tệp không phải hình PNG, JPEG hoặc đã hỏng — mở bằng chương trình xem ảnh, lưu lại "
            "thành .png hoặc .jpg"
        ) from error
    return target.getvalue(), "jpg" if is_photo else "png", seen.size, gray
