"""What can be wrong with one evidence file; raised by file_facts.py and place.py. Exit status 1.

The text of each is Vietnamese, without the file's name: whoever reports it puts the name, or the
place in the register, before it.
"""

from __future__ import annotations

from typing import ClassVar

from vanban.errors import VanbanError
from vanban.invocation import command_here


class FileError(VanbanError):
    """An evidence file that cannot serve; ``state`` is one short word for tables and JSON.

    ``text`` is the message, with a place {} for each value that the error is raised with.
    """

    state: ClassVar[str] = "không đọc được"
    text: ClassVar[str] = "{}"

    def __init__(self, *values: object) -> None:
        replace = command_here("evidence replace", options="MÃ TỆP")
        super().__init__(self.text.format(*values, replace=replace))


class MissingFile(FileError):
    state = "không có tệp"
    text = "không có tệp này — chép tệp vào thư mục minh chứng hoặc sửa tên tệp"


class WrongPath(FileError):
    """A path that leads out of the evidence folder, or to what is no file."""

    state = "sai đường dẫn"


class EmptyFile(FileError):
    state = "tệp rỗng"
    text = "tệp rỗng (0 byte) — chép lại tệp từ bản gốc"


class EncryptedFile(FileError):
    state = "có mật khẩu"
    text = "tệp đặt mật khẩu — mở tệp, bỏ mật khẩu rồi lưu lại"


class UnknownKind(FileError):
    state = "không đúng loại"


class WrongExtension(FileError):
    """Values: the ending of the name, what the content is, the right ending."""

    state = "sai đuôi tệp"
    text = "đuôi tệp là “{}” nhưng nội dung là {} — đổi đuôi thành {} nếu đúng là tệp cần dùng"


class DamagedFile(FileError):
    """Value: the name of the kind, with what is damaged in brackets where that is known."""

    state = "tệp hỏng"
    text = "tệp {} bị hỏng hoặc thiếu phần cuối — chép, xuất hoặc quét lại tệp"


class DamagedContent(DamagedFile):
    """The structure of a PDF is sound, but part of what its pages draw cannot be unpacked."""

    text = "tệp PDF mở được nhưng có nội dung trang bị hỏng — chép, xuất hoặc quét lại tệp"


class UndrawablePicture(DamagedFile):
    """The structure of a picture is sound, but its pixels cannot be put on a page."""

    text = (
        "ảnh mở được nhưng không đưa được vào hồ sơ (hỏng dữ liệu, hoặc kiểu màu ít dùng) — mở "
        "ảnh, lưu lại thành JPEG hoặc PNG 8 bit"
    )


MAX_PIXELS = 89_478_485
"""Pillow's own limit: A4 at 600 dpi has 35 million pixels, A3 at 400 dpi has 31 million."""
TOO_MANY_PIXELS = (
    f"ảnh lớn hơn {MAX_PIXELS // 1_000_000} triệu điểm ảnh — quét lại ở 300 dpi hoặc thu nhỏ"
)


class TooLarge(FileError):
    state = "quá lớn"


class ChangedFile(FileError):
    """Its bytes are not those that were registered."""

    state = "đã thay đổi"
    text = (
        "nội dung tệp đã thay đổi sau khi đăng ký — khôi phục tệp, hoặc nhận tệp này thay tệp cũ "
        "bằng {replace}"
    )


class Unhashed(FileError):
    """Nobody could tell whether it changed since it was registered. Values: key and SHA-256."""

    state = "chưa có mã kiểm tra"
    text = (
        "chưa ghi mã kiểm tra nên không biết tệp có bị thay đổi không — xem lại tệp rồi thêm dòng "
        "{}: {}"
    )


class WrongPageCount(FileError):
    state = "sai số trang"
    text = "tệp có {0} trang — ghi lại so_trang: {0}"


class NoSuchPage(FileError):
    """A cited page that the file does not have. Values: the page as cited, how many it has."""

    state = "sai trang kiểm chứng"
    text = "trang “{}” không có trong tệp {} trang — ghi lại trang kiểm chứng"
