"""``vanban new city-report``: what a city says itself in its report on the wards of one period.

Sections that begin with sentences made from figures are there empty; the others hold an instruction
to the writer, which is never printed and counts as missing.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path

from vanban.app.load import load_content
from vanban.app.new_content import Made, write_new
from vanban.compose.period_values import INITIATIVE_PERIODS, INITIATIVES
from vanban.compose.sentences import CITY_FILE, CITY_FORMS, read_sentences
from vanban.figures.targets import plan_tasks
from vanban.io.journal import Stamp
from vanban.workspace.files import CITY_REPORTS
from vanban.workspace.folder import templates_of
from vanban.workspace.instructions import MARKER
from vanban.workspace.keys import keys_of
from vanban.workspace.models.city_report import CityReport
from vanban.workspace.models.entry import Entry
from vanban.workspace.models.indicators import Indicator
from vanban.workspace.models.plan import Target
from vanban.workspace.periods import PERIODS, Period, know_period
from vanban.workspace.workspace import Workspace

USUAL = (
    "ty-le-nhiem-vu-cchc",
    "ty-le-hai-long",
    "ty-le-tthc-cong-khai",
    "ty-le-ho-so-dung-han",
    "ty-le-pakn-xu-ly",
    "ty-le-giai-ngan",
    "ty-le-ho-so-truc-tuyen",
    "ty-le-thanh-toan-truc-tuyen",
    "ty-le-so-hoa-ho-so",
)
"""Ratios that a meeting about reform asks for; where the register has none of them, its first."""
TO_SUPERIORS = ("ubnd-thanh-pho", "bo-noi-vu")
"""Recipients above a department; above a people's committee only the second is."""
TO_OTHERS = (
    *("thuong-truc-cap-uy", "thuong-truc-hdnd", "lanh-dao-ubnd", "lanh-dao-so"),
    *("cac-so-ban-nganh", "ubnd-cap-xa"),
)
BASIS = "nq-76-nq-cp"
ADVICE = {
    "sang_kien": "nêu sáng kiến, cách làm mới của các đơn vị",
    "noi_bat": "nêu kết quả nổi bật ngoài các chỉ tiêu đã đạt mức, máy tự kể",
    "ton_tai": "nêu tồn tại, hạn chế ngoài các chỉ tiêu chưa đạt mức, máy tự kể",
    "nguyen_nhan_khach_quan": "nêu nguyên nhân khách quan",
    "nguyen_nhan_chu_quan": "nêu nguyên nhân chủ quan",
    "phuong_huong": "nêu nhiệm vụ trọng tâm của kỳ tới, đơn vị phải làm gì, khi nào xong",
    "kien_nghi": "nêu kiến nghị với cơ quan cấp trên",
}
"""What to write in sections that say nothing, or too little, by themselves."""


def new_city_report(period: str, content: Path, year: int | None, stamp: Stamp | None) -> Made:
    """Make ``bao-cao-thanh-pho/<period>.yaml``; without ``stamp`` only what is to be is told."""
    know_period(period)
    workspace = load_content(content, year).workspace
    sentences = read_sentences(templates_of(content), CITY_FILE, CITY_FORMS)
    told = {each.section for each in sentences}
    told.update(() if period in INITIATIVE_PERIODS else (INITIATIVES,))
    lines = (
        *_head(PERIODS[period], workspace),
        *_compared(workspace),
        *_sections(CityReport, told),
    )
    path = CITY_REPORTS.path(content, workspace.year) / f"{period}.yaml"
    return write_new(content, [(path, "".join(f"{line}\n" for line in lines).encode())], stamp)


def _head(period: Period, workspace: Workspace) -> Iterator[str]:
    known = workspace.recipients_by_id
    agency = workspace.agency
    above = TO_SUPERIORS if agency.superior_lines else TO_SUPERIORS[1:]
    unit = next((each.id for each in agency.units if each.code), agency.units[0].id)
    yield "# yaml-language-server: $schema=../../.schema/bao-cao-thanh-pho.schema.json"
    yield f"# Báo cáo chung về các xã, phường {period.title(workspace.year)}. Số liệu máy lấy ở"
    yield f"# tong-hop/{period.id}.yaml (lệnh gather). Tệp này chỉ ghi lời văn và chỉ tiêu so sánh."
    yield "# - Lời văn in sau các câu máy lập từ số liệu (templates/city-report-sentences.yaml)."
    yield "# - Dẫn tổng số của các đơn vị bằng mã chỉ tiêu, như {ty-le-ho-so-dung-han}."
    yield "# - Mục ghi [] đã có câu từ số liệu, hoặc kỳ này chưa cần; thêm lời văn như ở mục khác."
    yield "# - “HƯỚNG DẪN: …” là lời nhắc, không in ra, được tính là còn thiếu."
    yield ""
    yield "# so và ngay: văn thư cấp số rồi ghi, ví dụ:"
    yield "# so: 12"
    yield f"# ngay: 16/3/{workspace.year}"
    yield f"kinh_gui: [{', '.join(each for each in above if each in known)}]"
    bases = [BASIS] if BASIS in workspace.documents_by_id else []
    yield "can_cu:" if bases else "can_cu: []"
    yield from (f"  - {{mo_dau: Căn cứ, van_ban: {each}}}" for each in bases)
    yield f"noi_nhan: [{', '.join(each for each in TO_OTHERS if each in known)}]"
    yield f"luu: [{unit}]"
    yield f"nguoi_ky: {agency.signers[0].id}"
    yield ""


def _compared(workspace: Workspace) -> Iterator[str]:
    """Yield the indicators to compare by: those of the city's plan with its levels, the usual."""
    levels = {each.indicator: each for task in plan_tasks(workspace) for each in task.targets}
    ratios = [each for each in workspace.all_indicators() if each.is_ratio]
    chosen = [each for each in ratios if each.id in USUAL or each.id in levels] or ratios[:8]
    yield "# Bớt, thêm chỉ tiêu tùy ý (mã trong chi-tieu.yaml). muc: mức đề ra cho từng đơn vị;"
    yield "# bieu_do: true thì vẽ biểu đồ các đơn vị theo chỉ tiêu ấy."
    yield "so_sanh:"
    for indicator in chosen:
        yield from _row(indicator, levels.get(indicator.id))
    yield ""


def _row(indicator: Indicator, target: Target | None) -> Iterator[str]:
    yield f"  # {indicator.name}"
    yield f"  - ma: {indicator.id}"
    yield f"    muc: {target.level}" if target is not None else "    # muc: từ 95% trở lên"


def _sections(
    model: type[Entry], told: Container[str], above: str = "", indent: int = 0
) -> Iterator[str]:
    """Yield the sections of narrative in the order of the model, those below each indented."""
    for key in keys_of(model).values():
        if key.shape.entry is not None and key.attribute in ("direction", "results", "assessment"):
            yield f"{key.name}:"
            yield from _sections(key.shape.entry, told, f"{key.name}.", indent + 2)
            yield ""
        elif above or key.attribute in ("next_steps", "proposals"):
            blank = " " * indent
            if key.name == "so_lieu_mau":
                continue
            if f"{above}{key.name}" in told:
                yield f"{blank}# {key.label}"
                yield f"{blank}{key.name}: []"
            else:
                yield f"{blank}{key.name}:"
                yield f'{blank}  - "{MARKER}: {ADVICE.get(key.name, key.label)}"'
