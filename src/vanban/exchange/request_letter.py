"""The letter (công văn) that asks the units for their figures, as the content file of a paper."""

from __future__ import annotations

from collections.abc import Iterator

from vanban.exchange.forms import Form, compilers, deadline_of
from vanban.nd30.dates import short_date
from vanban.workspace.models.agency import Agency
from vanban.workspace.workspace import Workspace
from vanban.workspace.yaml_write import tree_lines

HEAD = """\
# yaml-language-server: $schema=../../.schema/soan-thao.schema.json
# Công văn đề nghị các đơn vị cung cấp số liệu, do lệnh forms soạn; sửa lời văn tùy ý.
# Dựng: {make}
"""
SAMPLE = """\
# Hạn gửi theo lịch mẫu của co-quan.yaml: sửa lịch, sửa hạn ở đây, rồi xóa dòng sau.
so_lieu_mau: true
"""
COLUMNS = ("TT", "Đơn vị", "Số chỉ tiêu", "Tài liệu kiểm chứng", "Thời hạn gửi")


def letter_id(period: str) -> str:
    """Return the id of the letter of a period, which is the name of its file."""
    return f"cv-so-lieu-{period}"


def request_letter(workspace: Workspace, forms: tuple[Form, ...], make: str) -> bytes:
    """Return the YAML of the letter; ``make`` is the command that builds it."""
    calendar = deadline_of(workspace, forms[0].key.period)
    head = HEAD.format(make=make)
    if calendar is not None and calendar.sample:
        head += SAMPLE
    return (head + "".join(f"{line}\n" for line in tree_lines(_tree(workspace, forms)))).encode()


def _tree(workspace: Workspace, forms: tuple[Form, ...]) -> dict[str, object]:
    first = forms[0]
    report = workspace.reports.get(first.key.period)
    signers = [each.signer for each in (report, workspace.plan) if each is not None]
    unit = workspace.units_by_id[compilers(workspace, first.key.period)[0]]
    return {
        "loai": "Công văn",
        "trich_yeu": f"cung cấp số liệu báo cáo cải cách hành chính {first.title}",
        "kinh_gui": addressees(workspace),
        "luu": (unit.id,) if unit.code is not None else (),
        "nguoi_ky": next(iter(signers), workspace.agency.signers[0].id),
        "noi_dung": [
            f"Để xây dựng Báo cáo kết quả công tác cải cách hành chính {first.title}, "
            f"{_own_name(workspace.agency)} đề nghị các đơn vị cung cấp số liệu, nội dung báo cáo "
            "và tài liệu kiểm chứng như sau:",
            {
                "khoan": f"Số liệu tính từ ngày {short_date(first.start)} đến ngày "
                f"{short_date(first.end)}, ghi vào biểu mẫu Excel gửi kèm Công văn này; không phát "
                "sinh thì ghi 0, chưa có số liệu thì để trống và nêu lý do ở cột ghi chú."
            },
            {"khoan": "Đơn vị cung cấp và thời hạn gửi:"},
            {"bang": {"cot": list(COLUMNS), "dong": list(_rows(forms))}},
            {
                "khoan": "Biểu mẫu đã điền (tệp Excel) và bản có chữ ký của người đứng đầu đơn vị "
                f"gửi về {first.compiler} để tổng hợp; người đứng đầu đơn vị chịu trách nhiệm về "
                "số liệu."
            },
            "Đề nghị các đơn vị phối hợp thực hiện.",
        ],
    }


def _rows(forms: tuple[Form, ...]) -> Iterator[list[str]]:
    for number, form in enumerate(forms, 1):
        owed = str(len(form.evidence) or "-")
        asked = str(len(form.filled))
        yield [str(number), form.unit_name, asked, owed, short_date(form.due)]


def _own_name(agency: Agency) -> str:
    """Return what the agency calls itself in a letter to its units: Ủy ban nhân dân phường."""
    before, noun, _ = agency.name.partition(f" {agency.common_noun} ")
    return f"{before}{noun.rstrip()}"


def addressees(workspace: Workspace) -> tuple[str, ...]:
    """Return the recipients that stand for the agency's units: "Các phòng, ban …"."""
    names = {unit.name.lower() for unit in workspace.agency.units}
    return tuple(
        each.id
        for each in workspace.agency.recipients
        if each.name.lower().startswith("các phòng") or each.name.lower() in names
    )
