"""Which characters official text may hold: Unicode NFC, nothing hidden, no legacy encodings."""

import re
import unicodedata

_SIGNS, _CAPITALS = "¡¢£¤¥¦§¨©ª¬®µ¶¸¹¼½¾", "ÆÇÈÊËÌÎÏÐÑÒÓÔÖØÜÝÞ"
_MARKS = {
    "aA": "àáâåäêøùõÀÁÂÅÄÊØÙÕÏ",
    "eE": "âåäàãøùûõÂÅÄÀÁÃØÙÛÕÏ",
    "oO": "âåäøõÂÅÄØÕ",
    "uUyYôöÔÖ": "øùûõïØÙÛÕÏ",
}
"""VNI writes each mark as a letter of its own after the vowel ("Coäng hoøa xaõ hoäi")."""
_LEGACY_SURE = re.compile(
    # The rarer letter is looked for first, since every text of every file is.
    f"[{_SIGNS}{_CAPITALS}{''.join(_MARKS.values())}](?:"
    # TCVN3 text read as Latin-1 has signs inside words ("V¨n phßng", "§éc lËp") …
    rf"(?<=[^\W\d_][{_SIGNS}])[{_SIGNS}]*[^\W\d_]|(?<=[®§])(?<![^\W\d_].)(?=[aeiouyÀ-ÿ])"
    # … and capitals after small letters ("ViÖt", "nghiÖp").
    f"|(?<=[a-z][{_CAPITALS}])(?![A-ZÀ-Þ])"
    f"|{'|'.join(f'(?<=[{vowels}][{marks}])' for vowels, marks in _MARKS.items())})",
    re.DOTALL,
)
"""Never found in Vietnamese, and hardly in foreign names; one match is enough."""
_LEGACY_LIKELY = re.compile(r"[^\W\d_][·¨ª¬µ¶¸¹«]|[ÆÇËÎÏÑÖØÜÞßäåæçëîïñöøûüþ]")
"""Found in foreign names (Köln, Citroën) too; most words of a text must have one."""
_VIETNAMESE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
"""Letters outside Latin-1: legacy text has none, real text has them in nearly every line."""
_ETH = re.compile("[ÐƉð]")
"""Letters that look like Đ and đ, but are not found by a search for them."""
_SPACES = re.compile("[\n\t\u00a0]")
_CONVERT = "chuyển sang Unicode (UniKey: Ctrl+Shift+F6) rồi dán lại"


def check_text(text: str) -> str | None:
    """Return what is wrong with the characters of ``text`` in Vietnamese, or None.

    Mistakes are control, private and invisible characters, text in TCVN3 or VNI, text that is not
    NFC, and look-alikes of Đ. A few foreign names among Vietnamese words are no mistake.
    """
    if not _SPACES.sub("", text).isprintable() or "\ufffd" in text:
        unprintable = find_unprintable(text)
        if unprintable is not None:
            return unprintable
    legacy = find_legacy(text)
    if legacy is not None:
        return f"có vẻ là bảng mã cũ (TCVN3, VNI){_excerpt(text, legacy)} — {_CONVERT}"
    eth = _ETH.search(text)
    if eth is not None:
        where = _excerpt(text, eth.start())
        return f"chữ “{eth[0]}” không phải chữ Đ của tiếng Việt{where} — gõ lại chữ này"
    if not unicodedata.is_normalized("NFC", text):
        return f"chữ ở dạng Unicode tổ hợp, không phải dựng sẵn — {_CONVERT}"
    return None


def find_unprintable(text: str) -> str | None:
    """Return which control, private or invisible character ``text`` has, None where it has none."""
    for index, character in enumerate(text):
        name = f"U+{ord(character):04X}"
        category = unicodedata.category(character)
        if category in ("Cc", "Zl", "Zp") and character not in "\n\t":
            where = _excerpt(text, index)
            return f"có ký tự điều khiển {name}{where} — xóa ký tự này rồi gõ lại"
        if category in ("Co", "Cn", "Cs") or character == "\ufffd":
            return f"có ký tự riêng {name} không in được — xóa ký tự này rồi gõ lại"
        if category == "Cf":
            where = _excerpt(text, index)
            return f"có ký tự ẩn {name}{where} — xóa ký tự này rồi gõ lại"
    return None


def find_legacy(text: str) -> int | None:
    """Return where ``text`` shows to be TCVN3 or VNI read as Latin-1, None where it does not."""
    sure = _LEGACY_SURE.search(text)
    if sure is not None:
        return max(sure.start() - 1, 0)
    if _VIETNAMESE_ONLY.search(text) or _LEGACY_LIKELY.search(text) is None:
        return None
    words = [word for word in text.split() if any(letter.isalpha() for letter in word)]
    likely = [word for word in words if _LEGACY_LIKELY.search(word)]
    if len(likely) >= 3 and len(likely) * 2 >= len(words):
        return text.index(likely[0])
    return None


def _excerpt(text: str, index: int) -> str:
    around = " ".join(text[max(index - 12, 0) : index + 12].split())
    shown = "".join(character for character in around if character.isprintable())
    return f" ở “{shown}”" if shown else ""
