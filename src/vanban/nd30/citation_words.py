"""The words that citations are made of: types, symbols, dates, issuers, openings of abstracts.

Patterns as text, put together in :mod:`vanban.nd30.citations`. An abstract (trích yếu) and
an issuer are recognised by how they begin, so that a citation ends too early rather than too late.
"""

from __future__ import annotations

import re

from vanban.nd30.abstracts import CLEAR_OPENINGS
from vanban.nd30.document_types import TYPES
from vanban.nd30.letters import CAPITALS


def one_of(*words: str) -> str:
    """Return a pattern for any of ``words``, the longest first; blanks in them may be several."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest_first)


TYPE = "|".join(
    rf"[{name[0]}{name[0].lower()}]{one_of(name[1:]) if len(name) > 1 else ''}"
    for name in sorted(TYPES, key=lambda name: -len(name))
)

_LETTERS = "[A-ZĐ][A-Za-zĐđ0-9&]*"
_DASH = r"[-–—/]"
_FIRST_JOIN = rf"\s{{0,2}}{_DASH}\s{{0,2}}"
_JOIN = rf"(?:{_DASH}\s?|\s{_DASH}(?!\s)|\s?&\s?)"
_SYMBOL = (
    rf"(?:\d{{4}}{_FIRST_JOIN})?{_LETTERS}(?:{_FIRST_JOIN}{_LETTERS}(?:{_JOIN}{_LETTERS}){{0,4}})?"
)
NUMBER = rf"(?:\d{{1,5}}[a-zđ]?{_FIRST_JOIN}{_SYMBOL}|[ \u00a0.…_]{{0,12}}/\s?{_SYMBOL})(?![\w/])"
"""Number and symbol as typed; a dash with blanks on both sides joins only near the front, since
"12/QĐ-UBND - UBND phường" goes on with other words."""

BARE_NUMBER = rf"\d{{1,5}}(?=\s+(?:ngày\s*\d|của\s+[{CAPITALS}]))"
"""A number without a symbol: "Nghị quyết số 57 của Bộ Chính trị"."""

STRONG_OPENERS = ("về việc", "về", "v/v", "ban hành", "phê duyệt", "quy định")
"""Words that open an abstract even right after the number."""

STOPS = (
    *("bị", "các", "cần", "chỉ đạo", "cho", "có", "còn", "của", "cùng", "đã", "đang", "để"),
    *("đề nghị", "đến", "do", "được", "gồm", "gửi", "hoặc", "hiện", "kèm", "khi", "là", "mà"),
    *("nay", "này", "nêu", "nên", "ngày", "nhằm", "như", "những", "ở", "phải", "qua", "sau"),
    *("sẽ", "tại", "thì", "theo", "trên", "trong", "trước", "từ", "và", "vào", "với", "vẫn"),
    *("yêu cầu",),
)
"""Words after a citation that are surely no abstract."""

_NO_AGENCY = r"(?!\w)(?!\s+(?:UBND|[ỦU][yỷ]|[Ss]ở\s|[Pp]hòng\s))"
OPENER = rf"(?:(?i:{one_of(*STRONG_OPENERS, *CLEAR_OPENINGS)}){_NO_AGENCY})"
STRONG_OPENER = rf"(?:(?i:{one_of(*STRONG_OPENERS)}){_NO_AGENCY})"
STOP = rf"(?:{one_of(*STOPS)})(?!\w)"

_CAPITAL = rf"[{CAPITALS}]\w*"
_PLACE = (
    r"(?:\s+(?:[Tt]hành phố|TP\.?|[Tt]ỉnh|[Pp]hường|[Xx]ã|[Đđ]ặc khu|[Qq]uận|[Hh]uyện|[Tt]hị xã)"
    rf"(?:\s+{_CAPITAL})*)"
)
_STATE = one_of(
    *("Thủ tướng Chính phủ", "Chính phủ", "Quốc hội", "Ủy ban Thường vụ Quốc hội", "Chủ tịch nước"),
    *("Uỷ ban Thường vụ Quốc hội", "Bộ Chính trị", "Ban Bí thư", "Ban Chấp hành Trung ương"),
    *("Văn phòng Chính phủ", "Thanh tra Chính phủ"),
)
_PEOPLE = (
    r"(?:Chủ tịch\s+)?(?:Thường trực\s+)?"
    rf"(?:UBND|HĐND|[ỦU][yỷ] ban nhân dân|Hội đồng nhân dân){_PLACE}?"
)
_HEADS = one_of(
    *("Bộ", "Bộ trưởng Bộ", "Sở", "Giám đốc Sở", "Ban", "Cục", "Tổng cục", "Vụ", "Viện", "Phòng"),
    *("Văn phòng", "Trung tâm", "Thanh tra", "Công an", "Kho bạc", "Ngân hàng", "Hội", "Đoàn"),
    *("Ủy ban", "Uỷ ban", "Liên đoàn", "Đảng ủy", "Đảng uỷ", "Thành ủy", "Tỉnh ủy", "Trường"),
    *("Bảo hiểm", "Tòa án", "Viện kiểm sát", "Thuế", "Chi cục"),
)
_PART = (
    rf"(?!(?:{TYPE})\s+số\b)(?!(?:Về|Ban\s+hành|Phê\s+duyệt|Quy\s+định|Hướng\s+dẫn|Sửa\s+đổi)\b)"
    rf"{_CAPITAL}(?:\s+(?!{OPENER})(?!{STOP})(?!thành\s+phố|tỉnh|phường|xã)(?![{CAPITALS}])[^\W\d]+)?"
)
_SEPARATOR = rf"(?:\s+và\s+|\s*-\s*|,\s+(?=[^,;.]{{1,25}}\s+và\s+[{CAPITALS}])|\s+)"
_ORGAN = rf"(?:{_HEADS})\s+{_PART}(?:{_SEPARATOR}{_PART}){{0,6}}{_PLACE}?"
ISSUER = rf"(?:(?:{_STATE}|{_PEOPLE}|{_ORGAN})(?!\w))"
"""Names of agencies: in Vietnamese each word of theirs is a capital and at most one small
syllable."""

OTHER_ISSUER = rf"[{CAPITALS}][^,;.()“”:\d]{{1,80}}?(?=\s+(?:{OPENER}|{STOP})|\s*[,;.()“”:]|\s*$)"
"""Whoever else a document is said to be of, up to what cannot belong to a name."""

ABSTRACT_END = (
    rf"[;:\n]|\.(?=\s|$|/\.)|\s*\((?:sau đây|gọi)\b"
    rf"|\s+và\s+(?:(?:{TYPE})\s+số\b|(?:các\s+)?(?:văn bản|hướng dẫn))"
    rf"|,\s+(?:(?:{TYPE})\s+số\b|(?:UBND|HĐND|[ỦU][yỷ] ban|Hội đồng|Chủ tịch|Phòng|Văn phòng"
    r"|Trung tâm|Ban Chỉ đạo|Sở|các phòng|các đơn vị|các cơ quan|[Cc]ăn cứ|đề nghị|yêu cầu"
    r"|trong đó|đồng thời|đã|để|nhằm|kịp thời|phấn đấu|bảo đảm|đảm bảo|từ đó|qua đó|tập trung"
    r"|góp phần|phù hợp|gắn với|nghiêm túc)\b)"
)
"""Where an abstract ends at the latest: its clause, or the words of whoever cites it."""
