"""The letter (công văn) that asks the units for their figures, as the content file of a paper."""

from __future__ import annotations

from collections.abc import Iterator

from vanban.exchange.forms import Form, compilers, deadline_of
from vanban.nd30.dates import short_date
from vanban.workspace.instructions import MARKER
from vanban.workspace.models.agency import Agency
from vanban.workspace.workspace import Workspace
from vanban.workspace.yaml_write import Value, folded, key_lines


def letter_id(period: str) -> str:
    """Return the id of the letter of a period, which is the name of its file."""
    return f"cv-so-lieu-{period}"


def request_letter(workspace: Workspace, forms: tuple[Form, ...], make: str) -> bytes:
    """Return the YAML of the letter; ``make`` is the command that builds it."""
    return "".join(f"{line}\n" for line in _lines(workspace, forms, make)).encode()


def _lines(workspace: Workspace, forms: tuple[Form, ...], make: str) -> Iterator[str]:
    first = forms[0]
    period = first.key.period
    plan, report = workspace.plan, workspace.reports.get(period)
    signers = (each.signer for each in (report, plan) if each is not None)
    signer = next(signers, workspace.agency.signers[0].id)
    unit = workspace.units_by_id[compilers(workspace, period)[0]]
    calendar = deadline_of(workspace, period)
    yield "# yaml-language-server: $schema=../../.schema/soan-thao.schema.json"
    yield "# Công văn đề nghị các đơn vị cung cấp số liệu, do lệnh forms soạn; sửa lời văn tùy ý."
    yield f"# Dựng: {make}"
    if calendar is not None and calendar.sample:
        yield "# Hạn gửi theo lịch mẫu của co-quan.yaml: sửa lịch, sửa hạn ở đây, rồi xóa dòng sau."
        yield "so_lieu_mau: true"
    head: tuple[tuple[str, Value], ...] = (
        ("loai", "Công văn"),
        ("trich_yeu", f"cung cấp số liệu báo cáo cải cách hành chính {first.title}"),
    )
    for name, value in head:
        yield from key_lines(name, value, 0)
    addressees = _units_as_recipients(workspace)
    yield from (
        key_lines("kinh_gui", addressees, 0)
        if addressees
        else (f'kinh_gui: ["{MARKER}: ghi mã nơi nhận là các đơn vị, khai trong co-quan.yaml"]',)
    )
    if unit.code is not None:
        yield from key_lines("luu", (unit.id,), 0)
    yield from key_lines("nguoi_ky", signer, 0)
    yield ""
    yield "noi_dung:"
    yield from _item(
        "doan",
        f"Để xây dựng Báo cáo kết quả công tác cải cách hành chính {first.title}, "
        f"{_own_name(workspace.agency)} đề nghị các đơn vị cung cấp số liệu, nội dung báo cáo và "
        "tài liệu kiểm chứng như sau:",
    )
    yield from _item(
        "khoan",
        f"Số liệu tính từ ngày {short_date(first.start)} đến ngày {short_date(first.end)}, ghi vào "
        "biểu mẫu Excel gửi kèm Công văn này; không phát sinh thì ghi 0, chưa có số liệu thì để "
        "trống và nêu lý do ở cột ghi chú.",
    )
    yield from _item("khoan", "Đơn vị cung cấp và thời hạn gửi:")
    yield from _table(forms)
    yield from _item(
        "khoan",
        f"Biểu mẫu đã điền (tệp Excel) và bản có chữ ký của người đứng đầu đơn vị gửi về "
        f"{first.compiler} để tổng hợp; người đứng đầu đơn vị chịu trách nhiệm về số liệu.",
    )
    yield from _item("doan", "Đề nghị các đơn vị phối hợp thực hiện.")


def _table(forms: tuple[Form, ...]) -> Iterator[str]:
    yield "  - bang:"
    yield "      cot: [TT, Đơn vị, Số chỉ tiêu, Tài liệu kiểm chứng, Thời hạn gửi]"
    yield "      dong:"
    for number, form in enumerate(forms, 1):
        owed = str(len(form.evidence) or "-")
        cells = (str(number), form.unit_name, str(len(form.filled)), owed, short_date(form.due))
        yield f"        - [{', '.join(map(_quoted, cells))}]"


def _quoted(cell: str) -> str:
    return '"' + cell.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _item(key: str, text: str) -> Iterator[str]:
    first, *others = folded(text, 4)
    yield f"  - {key}: {first}"
    yield from others


def _own_name(agency: Agency) -> str:
    """Return what the agency calls itself in a letter to its units: Ủy ban nhân dân phường."""
    before, noun, _ = agency.name.partition(f" {agency.common_noun} ")
    return f"{before}{noun.rstrip()}"


def _units_as_recipients(workspace: Workspace) -> tuple[str, ...]:
    """Return the recipients that stand for the agency's units: "Các phòng, ban …"."""
    names = {unit.name.lower() for unit in workspace.agency.units}
    return tuple(
        each.id
        for each in workspace.agency.recipients
        if each.name.lower().startswith("các phòng") or each.name.lower() in names
    )
