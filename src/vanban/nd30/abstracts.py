"""How an abstract (trích yếu) runs on after its document's type (Decree 30/2020, Annex I, II.6.b).

"Kế hoạch" and "Nâng cao Chỉ số …" make "Kế hoạch nâng cao Chỉ số …"; a name keeps its capital:
"Kế hoạch Hải Phòng hưởng ứng …".
"""

from __future__ import annotations

from vanban.nd30.document_types import ABBREVIATIONS

_OPENINGS = (
    *(kind.lower() for kind in ABBREVIATIONS),
    *"""
    về; việc; giao; cấp; thu; xử lý; ban hành; báo cáo; bãi bỏ; bảo đảm; bảo vệ; bồi dưỡng; bổ
    nhiệm; bổ sung; bố trí; cải cách; cải tạo; cải thiện; chấm điểm; chỉ đạo; chỉnh lý; chỉnh
    trang; cho phép; chuẩn bị; chuyển đổi; công bố; công khai; công nhận; công tác; cung cấp;
    cử; danh mục; danh sách; duy trì; điều chỉnh; điều động; điều tra; đánh giá; đào tạo; đăng
    ký; đầu tư; đẩy mạnh; đề nghị; đề xuất; đo lường; đối thoại; đôn đốc; đơn giản; đổi mới;
    giải ngân; giải quyết; giải trình; giám sát; giới thiệu; hệ thống hóa; hiện trạng; hỗ trợ;
    hoàn thiện; hội nghị; hợp nhất; huy động; hưởng ứng; kê khai; kết quả; khảo sát; khắc phục;
    khen thưởng; kiểm kê; kiểm soát; kiểm tra; kiện toàn; lấy ý kiến; lập; lịch; lựa chọn; mở;
    mức độ; mua sắm; nâng cao; niêm yết; nội dung; ổn định; phát động; phát triển; phân bổ; phân
    công; phân loại; phê duyệt; phòng, chống; phổ biến; phối hợp; phục vụ; quản lý; quán triệt;
    quy trình; rà soát; sắp xếp; số hóa; số liệu; sơ kết; sử dụng; sửa đổi; tạm dừng; tăng
    cường; tập huấn; thẩm định; thanh toán; thành lập; tháo gỡ; thay đổi; thay thế; theo dõi;
    thi đua; thi hành; thời điểm; thời gian; thu hồi; thủ tục; thực hiện; tiến độ; tiếp công
    dân; tiếp nhận; tiếp tục; tiêu chí; tình hình; tinh giản; tổ chức; tổng hợp; tổng kết; trả
    lời; triển khai; tuyên truyền; tuyển dụng; tự chấm điểm; tự đánh giá; tự kiểm tra; ủy quyền;
    ứng dụng; vận động; vận hành; văn bản; xác định; xác nhận; xây dựng; xếp loại; xử phạt; ý
    kiến
    """.replace("\n", " ").split(";"),
)
_STARTS = tuple(f"{' '.join(opening.split())}{end}" for opening in _OPENINGS for end in (" ", ", "))


def continued(abstract: str) -> str:
    """Return ``abstract`` as it runs on inside a sentence.

    Only the first letter of words known to open abstracts is made small, never that of a name, an
    abbreviation or of words nobody listed.
    """
    words = abstract.split()
    if len(words) > 1 and words[1][:1].isupper():
        return abstract
    if f"{' '.join(words[:4]).lower()} ".startswith(_STARTS):
        return abstract[0].lower() + abstract[1:]
    return abstract
