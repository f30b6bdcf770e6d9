"""What was found out about the signatures of a PDF, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

from vanban.app.verify import Verified
from vanban.exchange.signatures import Chain, SignatureFacts

VIETNAM = timezone(timedelta(hours=7))
NOT_LOOKED_AT = "chưa xác minh chứng thư, thu hồi (không có --trust; lệnh này không dùng mạng)"

SINCE = {
    "NOTHING": "không bị sửa sau khi ký",
    "MAINTAINED": "không bị sửa; sau khi ký chỉ thêm dữ liệu để xác minh lâu dài",
    "FILLED": "không bị sửa; sau khi ký chỉ có chữ ký khác hoặc điền ô biểu mẫu",
    "ANNOTATED": "phần đã ký không đổi, nhưng CÓ GHI THÊM trên trang sau khi ký — xem lại chỗ ấy",
    "CHANGED": "ĐÃ BỊ SỬA sau khi ký — không dùng bản này, lấy lại bản từ người ký",
}
SINCE_BUILT = {
    "NOTHING": "chưa thêm gì",
    "MAINTAINED": "sau đó chỉ thêm dữ liệu của chữ ký",
    "FILLED": "sau đó chỉ thêm chữ ký, điền ô",
    "ANNOTATED": "sau đó có ghi thêm trên trang (số, ngày, chú thích) — xem lại chỗ ghi thêm",
    "CHANGED": "SAU ĐÓ NỘI DUNG ĐÃ BỊ THAY ĐỔI — so lại với bản dựng",
}
CHAINS = {
    "UNKNOWN_ROOT": "CHƯA TIN CẬY: không nối được đến chứng thư gốc đã cho ở --trust",
    "OUT_OF_DATE": "CHƯA TIN CẬY: chứng thư hết hạn hoặc chưa có hiệu lực khi ký",
    "REVOKED": "KHÔNG TIN CẬY: chứng thư đã bị thu hồi",
    "UNUSABLE": "CHƯA TIN CẬY: chứng thư không dùng để ký văn bản được",
}
READY = "trình ký"
"""The state of a document that may be signed."""
FIELDS = {"NguoiKy": "người ký", "CoQuan": "cơ quan"}


def verified_lines(file: Path, verified: Verified) -> Iterator[str]:
    """Yield what the signatures of ``file`` are worth, and how it stands to a build."""
    signed = verified.signed
    count = len(signed.signatures)
    yield f"{file}: {count} chữ ký số" if count else f"{file}: CHƯA CÓ CHỮ KÝ SỐ"
    for number, facts in enumerate(signed.signatures, 1):
        yield f"chữ ký {number} ({_field(facts.field)}): {_signer(facts)}"
        for line in _facts(facts):
            yield f"  {line}"
    if signed.empty:
        yield f"ô còn để trống: {', '.join(map(_field, signed.empty))}"
    for name, value in signed.filled:
        yield f"ô biểu mẫu đã điền: {name}: {value}"
    for kind, number in signed.added:
        yield f"ghi thêm trên trang: {number} chú thích loại {kind}"
    yield f"bản dựng: {_build(verified)}"
    yield f"kết luận: {_conclusion(verified)}"


def _signer(facts: SignatureFacts) -> str:
    if facts.is_broken:
        return "KHÔNG ĐỌC ĐƯỢC"
    same = facts.organisation in ("", facts.signer)
    return facts.signer if same else f"{facts.signer}, {facts.organisation}"


def _field(name: str) -> str:
    known = next((words for start, words in FIELDS.items() if name.startswith(start)), None)
    return f"ô của {known}" if known is not None else f"ô {name}"


def _facts(facts: SignatureFacts) -> Iterator[str]:
    if facts.is_broken:
        yield "chữ ký hỏng, không đọc được — lấy lại bản từ người ký"
        return
    yield f"thời gian ký: {_time(facts)}"
    if facts.intact:
        yield f"nội dung: {SINCE[facts.since.name]}"
    else:
        yield "nội dung: CHỮ KÝ KHÔNG KHỚP, phần đã ký bị thay đổi — không dùng bản này"
    if facts.chain is Chain.NOT_LOOKED_AT:
        yield f"chứng thư: {NOT_LOOKED_AT}"
    elif facts.chain is Chain.TRUSTED:
        revoked = "chưa bị thu hồi" if facts.revocation_known else "chưa xác minh thu hồi"
        yield f"chứng thư: tin cậy theo gốc “{facts.root}”; {revoked}"
    else:
        yield f"chứng thư: {CHAINS[facts.chain.name]}"


def _time(facts: SignatureFacts) -> str:
    if facts.stamped is not None:
        known = facts.stamp_chain is Chain.TRUSTED
        kind = "dấu thời gian" if known else "dấu thời gian, chưa xác minh nơi cấp"
        return f"{_moment(facts.stamped)} ({kind})"
    if facts.claimed is not None:
        return f"{_moment(facts.claimed)} (theo đồng hồ máy người ký, không có dấu thời gian)"
    return "không ghi"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y %H:%M:%S} +07:00"


def _build(verified: Verified) -> str:
    build = verified.build
    if build is not None:
        after = "nguyên bản dựng" if verified.is_whole_build else ""
        after = after or SINCE_BUILT[verified.signed.since_built.name]
        ready = "" if build.state == READY else " (CHƯA PHẢI BẢN TRÌNH KÝ)"
        return f"đúng bản {build.id} ({build.path}), trạng thái {build.state}{ready}; {after}"
    if verified.namesakes:
        names = ", ".join(str(each.path) for each in verified.namesakes)
        return (
            f"KHÔNG TRÙNG bản dựng cùng tên ({names}) — nội dung đã được dựng lại sau khi ký, hoặc "
            "công cụ ký đã ghi lại cả tệp; so từng trang với bản dựng"
        )
    return "chưa đối chiếu: không thấy tệp .json của bản này ở cạnh tệp hay trong thư mục kết quả"


def _conclusion(verified: Verified) -> str:
    signatures = verified.signed.signatures
    if not signatures:
        return "chưa ký"
    if not verified.is_sound:
        return "có điểm cần xem lại, ghi ở trên"
    if any(each.chain is Chain.NOT_LOOKED_AT for each in signatures):
        return "chữ ký khớp với tệp; chưa xác minh chứng thư, thu hồi"
    if not all(each.revocation_known for each in signatures):
        return "chữ ký khớp với tệp, chứng thư tin cậy; chưa xác minh thu hồi"
    return "chữ ký khớp với tệp, chứng thư tin cậy, chưa bị thu hồi"
