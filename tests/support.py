"""Helpers that several test packages share: a tiny complete content folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from click.testing import CliRunner

from vanban.app.catalogue import Kind
from vanban.app.composing import compose
from vanban.app.load import load_content
from vanban.cli import main
from vanban.compose.composed import Composed
from vanban.errors import ContentError
from vanban.workspace.workspace import Workspace

CONTENT: Mapping[str, str] = {
    "co-quan.yaml": """\
ten: Ủy ban nhân dân phường Trần Liễu
ten_ngan: UBND phường Trần Liễu
ten_dau_trang: [ỦY BAN NHÂN DÂN, PHƯỜNG TRẦN LIỄU]
dia_danh: Phường Trần Liễu
ky_hieu: UBND
ngay_hoat_dong: 01/7/2025
don_vi:
  - {ma: van-hoa-xa-hoi, ten: Phòng Văn hóa - Xã hội, ky_hieu: VHXH}
  - {ma: trung-tam-hcc, ten: Trung tâm Phục vụ hành chính công}
nguoi_ky:
  - ma: chu-tich
    ho_ten: Trần Thị Tình
    chuc_vu: Chủ tịch
    thay_mat: Ủy ban nhân dân
noi_nhan:
  - {ma: ubnd-tp, ten: Ủy ban nhân dân thành phố Hải Phòng}
  - {ma: dang-uy, ten: Đảng ủy phường}
lich_bao_cao:
  - {ky: q3, ngay_chot_so_lieu: 14/9, han_gui: 20/9}
""",
    "van-ban.yaml": """\
van_ban:
  - ma: cv-1747
    loai: Công văn
    so_ky_hieu: 1747/UBND-KSTTHC
    ngay: 30/6/2025
    co_quan: UBND thành phố Hải Phòng
    trich_yeu: về việc nâng cao các chỉ số
  - ma: kh-cchc
    loai: Kế hoạch
    so_ky_hieu: /KH-UBND
    ngay: 01/8/2025
    phuong_ban_hanh: true
    trich_yeu: nâng cao Chỉ số cải cách hành chính
""",
    "chi-tieu.yaml": """\
linh_vuc:
  - ten: Cải cách thủ tục hành chính
    muc:
      - ten: Giải quyết hồ sơ
        chi_tieu:
          - {ma: hs-truc-tuyen, ten: Hồ sơ nhận trực tuyến, don_vi_tinh: hồ sơ}
          - {ma: hs-truc-tiep, ten: Hồ sơ nhận trực tiếp, don_vi_tinh: hồ sơ}
          - ma: hs-tiep-nhan
            ten: Hồ sơ đã tiếp nhận
            don_vi_tinh: hồ sơ
            tong_cua: [hs-truc-tuyen, hs-truc-tiep]
          - ma: hs-tl-truc-tuyen
            ten: Tỷ lệ hồ sơ nhận trực tuyến
            don_vi_tinh: "%"
            tu_so: hs-truc-tuyen
            mau_so: hs-tiep-nhan
chi_tieu_khac:
  - {ma: so-ky-luat, ten: Số người bị kỷ luật, don_vi_tinh: người, tinh_chat: thời điểm}
dang_thuc:
  - ten: Hồ sơ trực tuyến không vượt hồ sơ tiếp nhận
    ve_trai: [hs-truc-tuyen]
    ve_phai: [hs-tiep-nhan]
    khong_vuot: true
""",
    "2025/ke-hoach.yaml": """\
ngay: 01/8/2025
trich_yeu: Nâng cao Chỉ số cải cách hành chính năm 2025
can_cu:
  - {mo_dau: Thực hiện, van_ban: cv-1747}
noi_nhan: [ubnd-tp, dang-uy]
luu: [van-hoa-xa-hoi]
nguoi_ky: chu-tich
muc_dich:
  - {ma: md-01, noi_dung: Nâng cao chất lượng phục vụ người dân.}
yeu_cau:
  mo_dau: Việc thực hiện phải bám sát kế hoạch.
  nhiem_vu:
    - {ma: yc-01, noi_dung: Phân công rõ trách nhiệm.}
to_chuc_thuc_hien:
  - Các đơn vị tổ chức thực hiện Kế hoạch này.
ket_thuc: Trên đây là Kế hoạch của Ủy ban nhân dân phường
""",
    "2025/linh-vuc/03-thu-tuc.yaml": """\
ma: tthc
ten: Cải cách thủ tục hành chính
chi_so: PAR INDEX
chu_tri: [trung-tam-hcc]
phoi_hop: [van-hoa-xa-hoi]
nhiem_vu:
  - ma: tthc-01
    noi_dung: Từ 60% hồ sơ trở lên được nhận trực tuyến.
    chi_tieu:
      - {ma: hs-tl-truc-tuyen, muc: từ 60% trở lên}
""",
    "2025/bao-cao/q3.yaml": """\
so_lieu_mau: true
kinh_gui: [ubnd-tp]
noi_nhan: [dang-uy]
luu: [van-hoa-xa-hoi]
nguoi_ky: chu-tich
pham_vi: Số liệu từ ngày 15/6/2025 đến ngày 14/9/2025.
so_lieu:
  hs-truc-tuyen: 1204
  hs-truc-tiep: 311
  so-ky-luat: {gia_tri: 0, ghi_chu: Không có}
chi_dao_dieu_hanh:
  ke_hoach:
    - Ban hành Kế hoạch cải cách hành chính.
ket_qua:
  the_che: {}
  thu_tuc:
    mot_cua:
      - Duy trì cơ chế một cửa.
  bo_may: {}
  cong_vu: {}
  tai_chinh: {}
  chinh_quyen_so: {}
danh_gia:
  noi_bat:
    - Hồ sơ được giải quyết đúng hạn.
phuong_huong:
  - Tiếp tục thực hiện Kế hoạch.
kien_nghi:
  - Đề nghị tập huấn phần mềm.
""",
}
"""A valid content folder: file name → text. One area, one ratio, one sum, the report of q3."""


def compose_all(kinds: Iterable[Kind], workspace: Workspace, templates: Path) -> list[Composed]:
    """Compose documents of content without mistakes."""
    return [compose(kind, workspace, templates) for kind in kinds]


def vanban(*arguments: str) -> tuple[int, str, str]:
    """Run a command in this process; return its exit status, what it says and says aside."""
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def write_content(root: Path, changes: Mapping[str, str | None] | None = None) -> Path:
    """Write :data:`CONTENT` to ``root``/content and return that folder.

    ``changes`` maps a file name to its other text, or to None for a file that is left out.
    """
    folder = root / "content"
    for name, text in {**CONTENT, **(changes or {})}.items():
        if text is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return folder


def changed(name: str, old: str, new: str) -> dict[str, str | None]:
    """Return ``changes`` for :func:`write_content`: file ``name`` with ``old`` made ``new``."""
    text = CONTENT[name]
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    return {name: text.replace(old, new)}


def load_checked(content: Path, year: int) -> Workspace:
    """Load the content of ``year``; raises ContentError with every problem where it has any."""
    loaded = load_content(content, year)
    if loaded.problems:
        raise ContentError(loaded.problems)
    return loaded.workspace
