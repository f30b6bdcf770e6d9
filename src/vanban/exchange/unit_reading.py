"""One filled form → what its unit says: figures, narrative, evidence, and what cannot be taken.

Each row is read by the row of the form that the unit would be sent today; a refusal stands at its
cell and says what to do.
"""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct, field

from vanban.errors import Problem
from vanban.exchange.filled_form import FilledForm, FilledRow
from vanban.exchange.filled_values import (
    ValueRefused,
    typed_day,
    typed_number,
    typed_ratio,
    typed_text,
)
from vanban.exchange.form_layout import (
    DAY,
    NAME,
    NOTE,
    NUMBER,
    SOURCE,
    STATE,
    TEXT,
    VALUE,
    SheetKind,
)
from vanban.exchange.forms import Form, FormRow
from vanban.exchange.sent_workbook import FormCell
from vanban.nd30.numbers import parse_amount, same_typed
from vanban.workspace.models.form_answer import EvidenceState
from vanban.workspace.wording import closest, one_line
from vanban.workspace.workspace import Workspace


class Given(Struct, frozen=True):
    """A figure as a unit gives it: ``value`` as the report's file would have it."""

    unit: str
    indicator: str
    value: str
    cell: FormCell
    note: str = ""
    source: str = ""


class GivenEvidence(Struct, frozen=True):
    criterion: str
    state: EvidenceState
    number: str
    day: str
    note: str


class Refusal(Struct, frozen=True):
    """A cell that is not taken: what it is about, what it shows, why; the key is the indicator."""

    name: str
    shown: str
    problem: Problem


class UnitReading(Struct, dict=True):
    """What one file says, read by the form that the unit would be sent today."""

    workspace: Workspace
    form_now: Form
    form: FilledForm
    figures: dict[str, Given] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    evidence: list[GivenEvidence] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.asked = {row.indicator: row for row in self.form_now.rows if row.indicator}
        self.by_name = {row.name: row for row in self.form_now.rows if row.indicator}
        for row in self.form.sheets[SheetKind.FIGURES]:
            self._figure(row)
        for row in self.form.sheets.get(SheetKind.NARRATIVE, ()):
            self._narrative(row)
        for row in self.form.sheets.get(SheetKind.EVIDENCE, ()):
            self._evidence(row)
        self._check_computed()

    @property
    def unit(self) -> str:
        return self.form.key.unit

    def _refuse(self, cell: FormCell, message: str, asked: FormRow | None = None) -> None:
        name, indicator = (asked.name, asked.indicator) if asked is not None else ("", "")
        shown = "" if cell.value is None else str(cell.value)[:40]
        self.refusals.append(Refusal(name, shown, cell.problem(indicator, message)))

    def _figure(self, row: FilledRow) -> None:
        cell = row.cells[VALUE]
        asked = self._asked(row, cell)
        if asked is None or not asked.is_filled:
            return
        try:
            if not cell.is_filled():
                return
            value = typed_number(cell.value, asked.decimal, asked.unit)
            note, source = (" ".join(self._text(row.cells[name])) for name in (NOTE, SOURCE))
        except ValueRefused as error:
            self._refuse(cell, str(error), asked)
            return
        if asked.indicator in self.figures:
            known = self.figures[asked.indicator]
            if not same_typed(known.value, value):
                where = known.cell.where.rsplit("!", 1)[-1]
                self._refuse(cell, f"ghi hai lần, ô {where} là {known.value} — xóa một dòng", asked)
            return
        self.figures[asked.indicator] = Given(self.unit, asked.indicator, value, cell, note, source)
        self._note_thousandths(asked, cell)

    def _note_thousandths(self, asked: FormRow, cell: FormCell) -> None:
        """Note an amount with exactly three decimals: an English locale makes them of 1.204."""
        if isinstance(cell.value, float) and not cell.computed and cell.value % 1:
            thousands = Decimal(str(round(cell.value, 6))) * 1000
            if thousands % 1 == 0 and thousands % 10:
                self.notes.append(
                    f"{cell.where}: {asked.name} nhận là {self.figures[asked.indicator].value} "
                    f"(có ba chữ số lẻ) — nếu đơn vị định ghi {int(thousands)} thì sửa lại"
                )

    def _text(self, cell: FormCell) -> tuple[str, ...]:
        if cell.value is None and cell.computed:
            raise ValueRefused("công thức chưa có kết quả lưu trong tệp — gõ lại thành chữ")
        return typed_text(cell.value) if cell.value is not None else ()

    def _asked(self, row: FilledRow, cell: FormCell) -> FormRow | None:
        """Return what a row of the file asks for; refuses a row that is no row of the form."""
        name_cell = row.cells.get(NAME)
        name = " ".join(str(name_cell.value or "").split()) if name_cell is not None else ""
        asked = self.asked.get(row.code) if row.code else self.by_name.get(name)
        if cell.value is None and not cell.merged and not cell.computed:
            return asked
        if asked is None and row.code in self.workspace.indicators_by_id:
            indicator = self.workspace.indicators_by_id[row.code]
            self._refuse(
                cell,
                f"“{indicator.name}” nay không thuộc số liệu của đơn vị này — xem don_vi_cung_cap "
                "trong chi-tieu.yaml, hoặc gửi lại biểu mẫu mới",
            )
        elif asked is None:
            near = closest(name, self.by_name) if name else None
            hint = f"có phải “{near}”? " if near is not None else ""
            shown = f"dòng “{one_line(name)}”" if name else "dòng này"
            self._refuse(
                cell, f"{shown} không có trong biểu mẫu — {hint}ghi số vào đúng dòng của biểu mẫu"
            )
        elif row.code and name and name != asked.name:
            self._refuse(
                cell,
                f"dòng ghi “{name}” nhưng mã ẩn là của “{asked.name}” — sắp xếp làm lệch dòng; ghi "
                "lại vào biểu mẫu gốc",
                asked,
            )
            return None
        return asked

    def _check_computed(self) -> None:
        """Refuse a sum or ratio that was typed over and is not what its parts come to."""
        for row in self.form.sheets[SheetKind.FIGURES]:
            asked = self.asked.get(row.code)
            cell = row.cells[VALUE]
            if asked is None or not asked.parts or cell.computed or cell.value in (None, ""):
                continue
            top, bottom = self._sum(asked.parts), self._sum(asked.over)
            if top is None or bottom is None or (asked.over and not bottom):
                continue
            right = top / bottom * 100 if asked.over else top
            said = typed_ratio(cell.value) if asked.over else self._number(cell, asked)
            if said is None or abs(said - right) >= (Decimal("0.05") if asked.over else 1):
                shown = f"{right:.1f}%".replace(".", ",") if asked.over else str(right)
                self._refuse(
                    cell,
                    f"ô này do máy tính, các số của đơn vị cho {shown} — xóa ô này, xem lại các số "
                    "thành phần",
                    asked,
                )

    def _number(self, cell: FormCell, asked: FormRow) -> Decimal | None:
        try:
            return parse_amount(typed_number(cell.value, True, asked.unit))
        except ValueRefused:
            return None

    def _sum(self, names: tuple[str, ...]) -> Decimal | None:
        if not set(names) <= self.figures.keys():
            return None
        return sum((parse_amount(self.figures[name].value) for name in names), Decimal(0))

    def _narrative(self, row: FilledRow) -> None:
        cell = row.cells[TEXT]
        known = {section.path for section in self.form_now.sections}
        if cell.value is None and not cell.computed:
            return
        if row.code not in known:
            self._refuse(cell, "không rõ thuộc mục nào của báo cáo — ghi vào đúng dòng biểu mẫu")
            return
        try:
            self.texts += ((row.code, paragraph) for paragraph in self._text(cell))
        except ValueRefused as error:
            self._refuse(cell, str(error))

    def _evidence(self, row: FilledRow) -> None:
        cell = row.cells[STATE]
        others = {name: row.cells[name] for name in (NUMBER, DAY, NOTE)}
        if cell.value is None and all(each.value is None for each in others.values()):
            return
        if row.code not in self.workspace.sub_criteria:
            self._refuse(cell, "không rõ thuộc tiêu chí nào — ghi vào đúng dòng của biểu mẫu")
            return
        try:
            state = EvidenceState(" ".join(str(cell.value or "").lower().split()))
        except ValueError:
            choices = "; ".join(EvidenceState)
            self._refuse(cell, f"chưa chọn tình trạng — chọn một trong: {choices}")
            return
        try:
            day = others[DAY]
            self.evidence.append(
                GivenEvidence(
                    row.code,
                    state,
                    " ".join(self._text(others[NUMBER])),
                    typed_day(day.value) if day.value is not None else "",
                    " ".join(self._text(others[NOTE])),
                )
            )
        except ValueRefused as error:
            self._refuse(cell, str(error))
