"""Points entered for one ward → the text of its file in ``tham-dinh/``, over what stood there.

The keys of the points are written anew; all else (number, date, recipients, comments) stays as
somebody typed it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from msgspec import Struct

from vanban.exchange.appraisal_reading import Entered
from vanban.nd30.dates import short_date
from vanban.nd30.numbers import format_typed
from vanban.workspace.edit import take_out
from vanban.workspace.models.agency import Agency
from vanban.workspace.models.appraisal import Appraisal
from vanban.workspace.models.criteria import code_order
from vanban.workspace.yaml_write import item_lines, tree_lines

HEAD = """\
# yaml-language-server: $schema=../../.schema/tham-dinh.schema.json
# Điểm thẩm định một đơn vị, do lệnh appraise --take ghi; công văn gửi đơn vị dựng từ tệp này.
# Sửa lời văn của lý do, nơi nhận, người ký tùy ý. Có số công văn rồi thì không ghi đè nữa.
"""
POINTS = ("nhu_tu_cham", "khong_ap_dung", "chenh_lech")
"""The keys that are written anew."""


class Change(Struct, frozen=True):
    """Other points than the ward's ``own``; None: it says not applicable (``left_out``), or none.

    With the reason, and what the ward is asked for.
    """

    own: Decimal | None
    left_out: bool
    points: Decimal
    reason: str
    asked: str


class Ledger(Struct, frozen=True):
    """What one ward is given in one round: points kept, left out, and changed with the reason."""

    kept: dict[str, Decimal]
    left_out: tuple[str, ...]
    changed: dict[str, Change]

    @classmethod
    def of(cls, file: Appraisal | None) -> Ledger:
        if file is None:
            return cls({}, (), {})
        changed = {
            each.criterion: Change(
                each.own, each.left_out, each.appraised, each.reason, each.asked or ""
            )
            for each in file.changed
        }
        return cls(dict(file.kept), file.left_out, changed)

    def has(self, entered: Entered) -> bool:
        """Say whether what was entered is known already, in the same words."""
        code, points = entered.key.code, entered.points
        if points == entered.key.own:
            return self.kept.get(code) == points
        known = self.changed.get(code)
        said = points, entered.reason, entered.asked
        return known is not None and (known.points, known.reason, known.asked) == said

    def with_entries(
        self, entries: Iterable[Entered], empty_as_own: bool, disputed: Container[str] = ()
    ) -> Ledger:
        """Return it with what was entered; an empty cell changes nothing that is known.

        Where the ward says that a sub-criterion does not apply, an empty cell accepts that; with
        ``empty_as_own`` one accepts the ward's own points, but for those ``disputed`` before.
        """
        kept, left_out, changed = dict(self.kept), dict.fromkeys(self.left_out), dict(self.changed)
        for each in entries:
            code, own, points = each.key.code, each.key.own, each.points
            if points is None and (code in kept or code in changed or code in left_out):
                continue
            if points is None and each.key.left_out:
                left_out[code] = None
                continue
            if points is None and empty_as_own and code not in disputed:
                points = own
            if points is None:
                continue
            for known in (kept, left_out, changed):
                known.pop(code, None)
            if points == own:
                kept[code] = points
            else:
                changed[code] = Change(own, each.key.left_out, points, each.reason, each.asked)
        return Ledger(kept, tuple(sorted(left_out, key=code_order)), changed)

    def lines(self) -> Iterator[str]:
        """Yield the keys of the points as YAML has them, in the order of the codes.

        A changed point has lines of its own: a comma within braces would part a number.
        """
        kept = {code: format_typed(self.kept[code]) for code in sorted(self.kept, key=code_order)}
        yield from tree_lines({"nhu_tu_cham": kept or None, "khong_ap_dung": self.left_out})
        if self.changed:
            yield "chenh_lech:"
        for code in sorted(self.changed, key=code_order):
            each = self.changed[code]
            keys = {
                "tieu_chi": code,
                "tu_cham": "" if each.own is None else format_typed(each.own),
                "khong_ap_dung": "true" if each.left_out else "",
                "tham_dinh": format_typed(each.points),
                "ly_do": each.reason,
                "bo_sung": each.asked,
            }
            yield from item_lines([(name, text) for name, text in keys.items() if text], 2)


def appraisal_file(
    entered: Entered, ledger: Ledger, agency: Agency, day: date, due: date | None
) -> bytes:
    """Return a new file for the ward and round of ``entered``."""
    key = entered.key
    unit = agency.units[0] if agency.units else None
    head: dict[str, object] = {
        "so_lieu_mau": "true" if key.is_sample else "",
        "phuong": key.ward,
        "ten": key.title,
        "lan": str(key.round),
        "ngay_tham_dinh": short_date(day),
        "han_giai_trinh": "" if due is None else short_date(due),
        "nguoi_ky": agency.signers[0].id,
        "luu": (unit.id,) if unit is not None and unit.code is not None else (),
    }
    return (HEAD + _text(head, ledger)).encode()


def with_points(
    data: bytes, shown: Path, ledger: Ledger, day: date, due: date | None, was_due: date | None
) -> bytes:
    """Return the file ``data`` with the points of ``ledger``, its other keys as they were."""
    own = due or was_due
    head: dict[str, object] = {
        "ngay_tham_dinh": short_date(day),
        "han_giai_trinh": "" if own is None else short_date(own),
    }
    rest, _ = take_out(data, shown, (*head, *POINTS))
    text = rest.decode().rstrip("\n")
    return f"{text}\n{_text(head, ledger)}".encode()


def _text(head: dict[str, object], ledger: Ledger) -> str:
    return "".join(f"{line}\n" for line in (*tree_lines(head), *ledger.lines()))
