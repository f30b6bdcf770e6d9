"""Why something failed, in words for the user: what the operating system answers, and faults."""

from __future__ import annotations

import errno
import traceback
from pathlib import Path

from vanban.errors import MachineError, VanbanError

_REASONS = {
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EROFS: "đĩa chỉ cho đọc",
    errno.ENOSPC: "đĩa đã đầy",
    errno.EDQUOT: "đã hết phần đĩa dành cho người dùng này",
    errno.EFBIG: "tệp quá lớn",
    errno.ENXIO: "đây là thiết bị hoặc ống dẫn, không phải tệp thường",
    errno.EIO: "đĩa hoặc đường mạng bị lỗi",
    errno.ENOENT: "không có tệp hay thư mục này",
    errno.ENOTDIR: "đường dẫn đi qua một tệp, không phải thư mục",
    errno.EEXIST: "đã có một tệp trùng tên với thư mục này",
    errno.EISDIR: "đây là một thư mục",
    errno.ELOOP: "liên kết đi vòng, không dẫn đến tệp nào",
    errno.ENAMETOOLONG: "tên tệp quá dài",
    errno.EBUSY: "tệp đang được chương trình khác dùng",
    errno.ETXTBSY: "tệp đang được chương trình khác dùng",
    errno.EMFILE: "mở quá nhiều tệp cùng lúc",
    errno.ENFILE: "mở quá nhiều tệp cùng lúc",
    errno.EAGAIN: "hệ thống tạm thời không nhận thêm",
    errno.ENOMEM: "máy hết bộ nhớ",
    errno.ESTALE: "đường mạng đến thư mục này đã đứt",
}


def reason_of(error: OSError) -> str:
    """Return the cause of a failure, in Vietnamese where it is a usual one."""
    return _REASONS.get(error.errno or 0, error.strerror or type(error).__name__)


def told_of(error: Exception) -> str:
    """Return what to tell of whatever ended the work for one ward of many, on one line."""
    match error:
        case VanbanError():
            return error.lines[0]
        case OSError():
            return f"không đọc được: {reason_of(error)} — xem lại đường dẫn, quyền đọc"
        case MemoryError():
            return "máy không đủ bộ nhớ — chạy lại với --jobs nhỏ hơn"
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    return f"lỗi của chương trình ở {where}: {error!r} — gửi dòng này cho người bảo trì"


def not_written(path: Path, error: OSError) -> MachineError:
    """Return the error to raise where ``path``, as the user knows it, could not be written."""
    return MachineError(
        f"không ghi được {path}: {reason_of(error)} — đóng tệp nếu đang mở, kiểm tra quyền ghi và "
        "chỗ trống trên đĩa rồi chạy lại"
    )
