"""How an abstract (trích yếu) runs on after its document's type (Decree 30/2020, Annex I, II.6.b).

"Kế hoạch" and "Nâng cao Chỉ số …" make "Kế hoạch nâng cao Chỉ số …"; a name keeps its capital:
"Kế hoạch Hải Phòng hưởng ứng …".
"""

from __future__ import annotations

from vanban.nd30.document_types import ABBREVIATIONS


def _listed(words: str) -> tuple[str, ...]:
    return tuple(" ".join(entry.split()) for entry in words.split(";"))


CLEAR_OPENINGS = _listed(
    """
    áp dụng; bãi bỏ; báo cáo; bảo đảm; bổ nhiệm; bổ sung; bồi dưỡng; cải cách; cải thiện;
    chấn chỉnh; chi tiết; chuyển đổi; chuẩn bị; công bố; công khai; công nhận; cử; đánh giá;
    đào tạo; đẩy mạnh; điều chỉnh; đính chính; đo lường; đôn đốc; đơn giản hóa; duy trì;
    giải quyết; giao; hành động; hoàn thiện; hỗ trợ; hướng dẫn; khảo sát; khắc phục; kế hoạch;
    kết luận; kiểm soát; kiểm tra; kiện toàn; một số; nâng cao; phân bổ; phân cấp; phân công;
    phát động; phát triển; phòng, chống; phối hợp; phổ biến; quản lý; quy chế; rà soát; sắp xếp;
    sơ kết; sửa đổi; số hóa; tăng cường; thành lập; thay thế; theo dõi; thi hành; thông qua;
    thực hiện; tiếp nhận; tiếp tục; tổ chức; tổng kết; triển khai; tuyên truyền; ứng dụng;
    ủy quyền; xác định; xây dựng; xử lý
    """
)
"""Words that open an abstract wherever a citation has its date or issuer before them."""

_OPENINGS = (
    *(kind.lower() for kind in ABBREVIATIONS),
    *CLEAR_OPENINGS,
    *_listed(
        """
    về; việc; cấp; thu; ban hành; bảo vệ; bố trí; cải tạo; chấm điểm; chỉ đạo; chỉnh lý;
    chỉnh trang; cho phép; công tác; cung cấp; danh mục; danh sách; điều động; điều tra; đăng ký;
    đầu tư; đề nghị; đề xuất; đối thoại; đơn giản; đổi mới; giải ngân; giải trình; giám sát;
    giới thiệu; hệ thống hóa; hiện trạng; hội nghị; hợp nhất; huy động; hưởng ứng; kê khai;
    kết quả; khen thưởng; kiểm kê; lấy ý kiến; lập; lịch; lựa chọn; mở; mức độ; mua sắm;
    niêm yết; nội dung; ổn định; phân loại; phê duyệt; phục vụ; quán triệt; quy trình; số liệu;
    sử dụng; tạm dừng; tập huấn; thẩm định; thanh toán; tháo gỡ; thay đổi; thi đua; thời điểm;
    thời gian; thu hồi; thủ tục; tiến độ; tiếp công dân; tiêu chí; tình hình; tinh giản;
    tổng hợp; trả lời; tuyển dụng; tự chấm điểm; tự đánh giá; tự kiểm tra; vận động; vận hành;
    văn bản; xác nhận; xếp loại; xử phạt; ý kiến
        """
    ),
)
_STARTS = tuple(f"{opening}{end}" for opening in _OPENINGS for end in (" ", ", "))


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
