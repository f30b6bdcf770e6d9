"""What can be wrong with one evidence file; raised by files.py and place.py. Exit status 1.

The text of each is Vietnamese, without the file's name: whoever reports it puts the name, or the
place in the register, before it.
"""

from __future__ import annotations

from vanban.errors import VanbanError
from vanban.invocation import command_here


class FileError(VanbanError):
    """An evidence file that cannot serve; ``state`` is one short word for tables and JSON."""

    state = "không đọc được"

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the text, not what it was made from, which differs from class to class."""
        return _with_text, (type(self), str(self))


def _with_text(kind: type[FileError], text: str) -> FileError:
    error = kind.__new__(kind)
    error.args = (text,)
    return error


class MissingFile(FileError):
    state = "không có tệp"

    def __init__(self) -> None:
        super().__init__("không có tệp này — chép tệp vào thư mục minh chứng hoặc sửa tên tệp")


class WrongPath(FileError):
    """A path that leads out of the evidence folder, or to what is no file."""

    state = "sai đường dẫn"


class EmptyFile(FileError):
    state = "tệp rỗng"

    def __init__(self) -> None:
        super().__init__("tệp rỗng (0 byte) — chép lại tệp từ bản gốc")


class EncryptedFile(FileError):
    state = "có mật khẩu"

    def __init__(self) -> None:
        super().__init__("tệp đặt mật khẩu — mở tệp, bỏ mật khẩu rồi lưu lại")


class UnknownKind(FileError):
    state = "không đúng loại"


class WrongExtension(FileError):
    state = "sai đuôi tệp"

    def __init__(self, suffix: str, name: str, right: str) -> None:
        super().__init__(
            f"đuôi tệp là “{suffix}” nhưng nội dung là {name} — đổi đuôi thành {right} nếu đúng là "
            "tệp cần dùng"
        )


class DamagedFile(FileError):
    state = "tệp hỏng"

    def __init__(self, name: str, reason: str = "") -> None:
        detail = f" ({reason})" if reason else ""
        super().__init__(
            f"tệp {name} bị hỏng hoặc thiếu phần cuối{detail} — chép, xuất hoặc quét lại tệp"
        )


class DamagedContent(DamagedFile):
    """The structure of a PDF is sound, but part of what its pages draw cannot be unpacked."""

    def __init__(self) -> None:
        FileError.__init__(
            self,
            "tệp PDF mở được nhưng có nội dung trang bị hỏng — chép, xuất hoặc quét lại tệp",
        )


class UndrawablePicture(DamagedFile):
    """The structure of a picture is sound, but its pixels cannot be put on a page."""

    def __init__(self) -> None:
        FileError.__init__(
            self,
            "ảnh mở được nhưng không đưa được vào hồ sơ (hỏng dữ liệu, hoặc kiểu màu ít dùng) — mở "
            "ảnh, lưu lại thành JPEG hoặc PNG 8 bit",
        )


MAX_PIXELS = 89_478_485
"""Pillow's own limit: A4 at 600 dpi has 35 million pixels, A3 at 400 dpi has 31 million."""


class TooLarge(FileError):
    state = "quá lớn"


def too_many_pixels() -> TooLarge:
    return TooLarge(
        f"ảnh lớn hơn {MAX_PIXELS // 1_000_000} triệu điểm ảnh — quét lại ở 300 dpi hoặc thu nhỏ"
    )


class ChangedFile(FileError):
    """Its bytes are not those that were registered."""

    state = "đã thay đổi"

    def __init__(self) -> None:
        super().__init__(
            "nội dung tệp đã thay đổi sau khi đăng ký — khôi phục tệp, hoặc xóa mục này rồi thêm "
            f"lại bằng {command_here('evidence add')}"
        )


class Unhashed(FileError):
    """Nobody could tell whether it changed since it was registered."""

    state = "chưa có mã kiểm tra"

    def __init__(self, key: str, sha256: str) -> None:
        super().__init__(
            "chưa ghi mã kiểm tra nên không biết tệp có bị thay đổi không — xem lại tệp rồi thêm "
            f"dòng {key}: {sha256}"
        )


class WrongPageCount(FileError):
    state = "sai số trang"

    def __init__(self, count: int) -> None:
        super().__init__(f"tệp có {count} trang — ghi lại so_trang: {count}")


class NoSuchPage(FileError):
    """A cited page that the file does not have."""

    state = "sai trang kiểm chứng"

    def __init__(self, cited: str, count: int) -> None:
        super().__init__(
            f"trang “{cited}” không có trong tệp {count} trang — ghi lại trang kiểm chứng"
        )
