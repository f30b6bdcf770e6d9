"""``<năm>/tham-dinh/<phường>.yaml``: the points that the superior gives a ward (thẩm định).

A file is one round for one ward; the letter that tells the ward is made from it, and its number and
date stand here. What a ward was given in earlier rounds stays in the files of those.
"""

from vanban.workspace.models.criteria import CriterionCode, Points
from vanban.workspace.models.entry import (
    Count,
    Day,
    Flag,
    Identifier,
    SampleEntry,
    Text,
    key,
    optional,
    several,
)
from vanban.workspace.models.plan import Issue


class ChangedPoints(SampleEntry):
    """A sub-criterion whose appraised points are not those that the ward gave itself."""

    criterion: CriterionCode = key("tieu_chi", "Tiêu chí", "Mã tiêu chí thành phần.")
    own: Points | None = optional(
        "tu_cham", "Điểm tự chấm", "Điểm phường tự chấm; bỏ trống khi phường chưa chấm."
    )
    left_out: Flag = key(
        "khong_ap_dung",
        "Không áp dụng",
        "true khi phường ghi không áp dụng; khi ấy bỏ trống tu_cham.",
        default=False,
    )
    appraised: Points = key("tham_dinh", "Điểm thẩm định", "Điểm thẩm định, ví dụ 0,5.")
    reason: Text = key("ly_do", "Lý do", "Vì sao khác điểm tự chấm; in trong công văn.")
    asked: Text | None = optional(
        "bo_sung",
        "Cần bổ sung",
        "Tài liệu, nội dung phường cần gửi; không ghi thì in tài liệu mà bộ tiêu chí yêu cầu.",
    )


class Appraisal(Issue):
    """One round of appraisal of one ward; written by ``vanban appraise --take … --apply``."""

    ward: Identifier = key(
        "phuong", "Phường", "Mã của phường, xã: tên thư mục của nó, viết thường không dấu."
    )
    name: Text = key("ten", "Tên đơn vị", "Tên in ở “Kính gửi”: Ủy ban nhân dân phường …")
    round: Count = key("lan", "Lần thẩm định", "Lần thứ mấy trong năm.", default=1)
    appraised_on: Day | None = optional(
        "ngay_tham_dinh", "Ngày thẩm định", "Ngày nhập điểm thẩm định."
    )
    due: Day | None = optional(
        "han_giai_trinh", "Hạn giải trình", "Ngày cuối phường gửi giải trình, tài liệu bổ sung."
    )
    kept: dict[CriterionCode, Points] = key(
        "nhu_tu_cham",
        "Như tự chấm",
        "Mã tiêu chí thành phần và số điểm được giữ như phường tự chấm.",
        default={},
    )
    left_out: tuple[CriterionCode, ...] = several(
        "khong_ap_dung", "Không áp dụng", "Các tiêu chí phường ghi không áp dụng, được chấp nhận."
    )
    changed: tuple[ChangedPoints, ...] = several(
        "chenh_lech", "Chênh lệch", "Các tiêu chí có điểm thẩm định khác điểm tự chấm, và lý do."
    )
