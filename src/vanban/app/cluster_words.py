"""What a batch says of the machines of a cluster, in Vietnamese, with what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanban.app.unit import Unit
from vanban.io.reasons import reason_of

if TYPE_CHECKING:
    import distributed

NOBODY = (
    "cụm không có máy nào nhận được việc — chạy make worker trên các máy, cùng bản chương trình, "
    "rồi chạy lại lệnh này: phần đã xong không làm lại"
)
LOST = (
    "mất liên lạc với máy điều phối — xem make scheduler ở đó, rồi chạy lại lệnh này: phần đã xong "
    "không làm lại"
)


def killed(error: distributed.KilledWorker) -> str:
    return (
        f"các máy lần lượt chết khi làm đơn vị này, lần cuối là {error.last_worker.address} — xem "
        "bộ nhớ của máy, hoặc dựng riêng đơn vị này để biết văn bản nào"
    )


def not_ours(error: object) -> str:
    """Say why a worker could not even be asked."""
    return f"chưa cài chương trình này, hoặc bản khác ({error!r}) — chạy make worker ở máy ấy"


def unsent(unit: Unit, error: OSError) -> str:
    reason = reason_of(error)
    return f"{error.filename or unit.ward.content}: không gửi đi được ({reason}), dựng ở máy này"
