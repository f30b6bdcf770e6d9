"""A small register, and workspaces with reports written from dicts, for tests of figures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from support import CONTENT, write_content
from vanban.workspace.load import load_workspace
from vanban.workspace.workspace import Workspace

REGISTER = """\
linh_vuc:
  - ten: Hồ sơ
    muc:
      - ten: Giải quyết
        chi_tieu:
          - {ma: truoc, ten: Kỳ trước chuyển sang, don_vi_tinh: hồ sơ, tinh_chat: thời điểm}
          - {ma: mang, ten: Nhận trực tuyến, don_vi_tinh: hồ sơ}
          - {ma: giay, ten: Nhận trực tiếp, don_vi_tinh: hồ sơ}
          - {ma: nhan, ten: Tiếp nhận, don_vi_tinh: hồ sơ, tong_cua: [mang, giay]}
          - {ma: xong, ten: Đã giải quyết, don_vi_tinh: hồ sơ}
          - {ma: dang, ten: Đang giải quyết, don_vi_tinh: hồ sơ, tinh_chat: thời điểm}
          - {ma: tl-mang, ten: Tỷ lệ trực tuyến, don_vi_tinh: "%", tu_so: mang, mau_so: nhan}
          - ma: tl-vuot
            ten: Tỷ lệ đã giải quyết so với tiếp nhận
            don_vi_tinh: "%"
            tu_so: xong
            mau_so: nhan
            co_the_vuot_100: true
      - ten: Vốn
        chi_tieu:
          - {ma: von, ten: Vốn, don_vi_tinh: triệu đồng, so_thap_phan: true}
chi_tieu_khac:
  - {ma: ky-luat, ten: Số người bị kỷ luật, don_vi_tinh: người}
dang_thuc:
  - {ten: Kỳ trước và mới bằng đã và đang, ve_trai: [truoc, nhan], ve_phai: [xong, dang]}
  - {ten: Trực tuyến không vượt tiếp nhận, ve_trai: [mang], ve_phai: [nhan], khong_vuot: true}
"""

Reports = Mapping[str, Mapping[str, str]]


def _report(figures: Mapping[str, str]) -> str:
    head, _, rest = CONTENT["2025/bao-cao/q3.yaml"].partition("so_lieu:\n")
    tail = "chi_dao_dieu_hanh:" + rest.partition("chi_dao_dieu_hanh:")[2]
    head = head.replace("so_lieu_mau: true\n", "")
    lines = [f"  {name}: {text}\n" for name, text in figures.items()]
    return f"{head}so_lieu:{' {}' if not lines else ''}\n{''.join(lines)}{tail}"


FIRST_FIGURE_LINE = _report({"mang": "1"}).split("\n").index("  mang: 1") + 1
"""Line of the first figure in a report made here."""


def make_workspace(
    root: Path,
    reports: Reports,
    last_year: Reports | None = None,
    targets: tuple[str, ...] = (),
    register: str = REGISTER,
    opened: str = "01/7/2025",
) -> Workspace:
    """Return a workspace of 2025 whose content is written below ``root``.

    ``reports`` and ``last_year``: period → indicator → what is typed, as in
    ``{"q3": {"mang": "10"}}``. ``targets`` are the ``chi_tieu`` lines of the one task, tthc-01.
    """
    area = CONTENT["2025/linh-vuc/03-thu-tuc.yaml"].partition("    chi_tieu:")[0]
    if targets:
        area += "    chi_tieu:\n" + "".join(f"      - {target}\n" for target in targets)
    changes: dict[str, str | None] = {
        "chi-tieu.yaml": register,
        "co-quan.yaml": CONTENT["co-quan.yaml"].replace("01/7/2025", opened, 1),
        "2025/linh-vuc/03-thu-tuc.yaml": area,
        "2025/bao-cao/q3.yaml": None,
    }
    for year, periods in (("2025", reports), ("2024", last_year or {})):
        for period, figures in periods.items():
            changes[f"{year}/bao-cao/{period}.yaml"] = _report(figures)
    return load_workspace(write_content(root, changes), 2025)


REPORT_FORM = """\
kinh_gui: [ubnd-tp]
nguoi_ky: chu-tich
pham_vi: Số liệu của quý III.
so_lieu: {{hs-truc-tuyen: 1204, hs-truc-tiep: 311}}
chi_dao_dieu_hanh: {{}}
ket_qua: {{the_che: {{}}, bo_may: {{}}, cong_vu: {{}}, tai_chinh: {{}}, chinh_quyen_so: {{}},
  thu_tuc: {{giai_quyet: ["{}"]}}}}
danh_gia: {{}}
"""
"""A report with one paragraph left open."""
