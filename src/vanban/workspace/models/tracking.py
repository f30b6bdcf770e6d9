"""``theo_doi`` of ``chi-tieu.yaml``: by which table targets are followed before their deadline."""

from enum import StrEnum
from functools import cache

from vanban.workspace.models.criteria import Percent
from vanban.workspace.models.entry import Entry, Flag, key


class Measured(StrEnum):
    """What a figure is, as far as time matters to it."""

    COUNT = "số lũy kế"
    RATIO = "tỷ lệ lũy kế"
    STATE = "số thời điểm"


class Side(StrEnum):
    """On which side of its level a target keeps."""

    AT_LEAST = "tối thiểu"
    AT_MOST = "tối đa"


class TrackingRow(Entry):
    """When targets of one kind are on their way; every kind has one row."""

    measured: Measured = key(
        "so_lieu",
        "Số liệu",
        "“số lũy kế” là số cộng dồn, hoặc tỷ lệ của nó trên một số tại một lúc; “tỷ lệ lũy kế” là "
        "tỷ lệ của hai số cộng dồn; “số thời điểm” là số, tỷ lệ tại một lúc.",
    )
    side: Side = key(
        "huong", "Hướng", "“tối thiểu” cho mức từ … trở lên, “tối đa” cho mức không quá …, 0."
    )
    by_time: Flag = key(
        "theo_thoi_gian",
        "Theo thời gian",
        "true nếu mức cần có tăng dần theo phần thời gian đã qua; false nếu lúc nào cũng cần cả "
        "mức đề ra.",
    )
    share: Percent = key(
        "he_so",
        "Hệ số",
        "Nhân với mức cần có: 90% là chấp nhận thấp hơn một phần mười; mặc định 100%.",
        default="100%",
        validate_default=True,
    )
    final: Flag = key(
        "ket_luan_som",
        "Kết luận sớm",
        "true nếu kết luận được ngay trước hạn: đạt mức tối thiểu là đã đạt, vượt mức tối đa là "
        "không đạt.",
    )


@cache
def default_tracking() -> tuple[TrackingRow, ...]:
    """Return what holds where the office sets nothing.

    A count never falls, a ratio of flows may, and a state that is to be reached is worked towards.
    """
    return tuple(
        TrackingRow.model_validate(
            {"so_lieu": measured, "huong": side, "theo_thoi_gian": by_time, "ket_luan_som": final}
        )
        for measured, side, by_time, final in (
            (Measured.COUNT, Side.AT_LEAST, True, True),
            (Measured.COUNT, Side.AT_MOST, True, True),
            (Measured.RATIO, Side.AT_LEAST, False, False),
            (Measured.RATIO, Side.AT_MOST, False, False),
            (Measured.STATE, Side.AT_LEAST, True, True),
            (Measured.STATE, Side.AT_MOST, False, False),
        )
    )
