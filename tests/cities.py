"""A city with a few wards: its content folder, with what was gathered and what it says itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from conftest import ROOT
from support import load_checked
from vanban.city.gathered import Gathered, GatheredWard, Past
from vanban.city.gathered_file import gathered_bytes
from vanban.compose.city_report import compose_city_report
from vanban.compose.composed import Composed
from vanban.figures.values import Number

AGENCY = """\
ten: Sở Nội vụ thành phố Hải Phòng
ten_ngan: Sở Nội vụ thành phố Hải Phòng
co_quan_chu_quan: [ỦY BAN NHÂN DÂN, THÀNH PHỐ HẢI PHÒNG]
ten_dau_trang: [SỞ NỘI VỤ]
dia_danh: Hải Phòng
ky_hieu: SNV
tinh_thanh: thành phố Hải Phòng
don_vi:
  - {ma: phong-cchc, ten: Phòng Cải cách hành chính, ky_hieu: CCHC}
nguoi_ky:
  - {ma: pho-giam-doc, ho_ten: Nguyễn Văn Bình, chuc_vu: Phó Giám đốc, ky_thay: Giám đốc}
noi_nhan:
  - {ma: ubnd-thanh-pho, ten: Ủy ban nhân dân thành phố Hải Phòng}
  - {ma: cac-so, ten: "Các sở, ban, ngành thành phố"}
phien_ban_noi_dung: 2
"""
DOCUMENTS = """\
van_ban:
  - ma: nq-76
    loai: Nghị quyết
    so_ky_hieu: 76/NQ-CP
    ngay: 15/7/2021
    co_quan: Chính phủ
    trich_yeu: ban hành Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030
"""
REPORT = """\
kinh_gui: [ubnd-thanh-pho]
can_cu:
  - {mo_dau: Căn cứ, van_ban: nq-76}
noi_nhan: [cac-so]
luu: [phong-cchc]
nguoi_ky: pho-giam-doc
so_sanh:
  - {ma: ty-le-ho-so-dung-han, muc: từ 95% trở lên}
  - {ma: ty-le-giai-ngan, muc: từ 60% trở lên}
  - {ma: ty-le-hai-long}
chi_dao_dieu_hanh:
  to_chuc:
    - Sở Nội vụ đã họp với các đơn vị về tiến độ giải ngân.
ket_qua: {}
danh_gia:
  noi_bat:
    - Các đơn vị tiếp nhận {ho-so-tiep-nhan}, đạt {ty-le-ho-so-dung-han} đúng hạn.
  ton_tai:
    - Thanh toán trực tuyến còn thấp.
  nguyen_nhan_khach_quan:
    - Một số đơn vị mới sắp xếp.
  nguyen_nhan_chu_quan:
    - Việc đôn đốc chưa thường xuyên.
phuong_huong:
  - Đôn đốc các đơn vị chưa đạt mức đề ra.
kien_nghi:
  - Đề nghị Ủy ban nhân dân thành phố phân bổ sớm kế hoạch vốn.
"""
"""What the city says itself of quarter III; three indicators are compared, two have a level."""


def ward(name: str, figures: Mapping[str, Number | str], **others: object) -> GatheredWard:
    """Return a ward ("phường Hồng Bàng") with ``figures``; amounts are written "1200.5"."""
    exact = {id: Decimal(each) if isinstance(each, str) else each for id, each in figures.items()}
    return GatheredWard(
        name.replace(" ", "-").lower(),
        f"Ủy ban nhân dân {name}",
        reported=True,
        figures=exact,
        **others,  # type: ignore[arg-type]
    )


def dossiers(early: int, late: int, **others: Number | str) -> dict[str, Number | str]:
    """Return figures of dossiers received and solved: in time and late."""
    return {
        "ho-so-truc-tuyen": early,
        "ho-so-truc-tiep": late,
        "ho-so-bcci": 0,
        "ho-so-tiep-nhan": early + late,
        "giai-quyet-truoc-han": early,
        "giai-quyet-dung-han": 0,
        "giai-quyet-qua-han": late,
        "ho-so-truoc-va-dung-han": early,
        "ho-so-da-giai-quyet": early + late,
        **others,
    }


WARDS = (
    ward(
        "xã Vĩnh Hòa",
        dossiers(90, 10, **{"von-dau-tu-ke-hoach": "100.5", "von-dau-tu-giai-ngan": "40.5"}),
        past=(Past("q3", 2025, {"ho-so-tiep-nhan": 80}),),
    ),
    ward(
        "phường Đông Hải",
        dossiers(300, 0, **{"von-dau-tu-ke-hoach": "200", "von-dau-tu-giai-ngan": "180"}),
        past=(Past("q3", 2025, {"ho-so-tiep-nhan": 220}),),
    ),
    ward(
        "phường Dương Kinh",
        dossiers(190, 10),
        past=(Past("q3", 2025, {"ho-so-tiep-nhan": 200}),),
        contradictions=("tổng “Hồ sơ” ghi 3 nhưng các số cộng lại là 2 — sửa số sai",),
        doubtful=("giai-quyet-qua-han",),
    ),
    GatheredWard("xã-tiên-minh", "Ủy ban nhân dân xã Tiên Minh", absence="chưa có báo cáo quý III"),
)
"""Three wards with figures (the third without those of investment), and one without."""


def many(count: int) -> tuple[GatheredWard, ...]:
    """Return so many wards; the names of some take two lines, some have nothing to say."""
    names = ("An", "Nam Thanh Miện", "Nguyễn Bỉnh Khiêm", "Bạch Long Vĩ", "Trần Hưng Đạo")
    wards = []
    for number in range(count):
        name = f"{('phường', 'xã')[number % 2]} {names[number % len(names)]} {number + 1}"
        early, late = 100 + 7 * number % 90, number % 11
        capital = {"von-dau-tu-ke-hoach": "100.5", "von-dau-tu-giai-ngan": f"{number % 97}.5"}
        wards.append(ward(name, dossiers(early, late, **(capital if number % 9 else {}))))
    return tuple(wards)


def write_city(
    folder: Path, wards: Iterable[GatheredWard] = WARDS, report: str | None = REPORT
) -> Path:
    """Write the content of a city under ``folder``, with the project's templates beside it."""
    content = folder / "content"
    year = content / "2026"
    for name in ("tong-hop", "bao-cao-thanh-pho"):
        (year / name).mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "content" / "chi-tieu.yaml", content / "chi-tieu.yaml")
    text = (content / "chi-tieu.yaml").read_text(encoding="utf-8")
    kept = "".join(line for line in text.splitlines(True) if "don_vi_cung_cap" not in line)
    (content / "chi-tieu.yaml").write_text(kept, encoding="utf-8")
    shutil.copytree(ROOT / "templates", folder / "templates", dirs_exist_ok=True)
    (content / "co-quan.yaml").write_text(AGENCY, encoding="utf-8")
    (content / "van-ban.yaml").write_text(DOCUMENTS, encoding="utf-8")
    gathered = gathered_bytes(Gathered("q3", 2026, tuple(wards)))
    (year / "tong-hop" / "q3.yaml").write_bytes(gathered)
    if report is not None:
        (year / "bao-cao-thanh-pho" / "q3.yaml").write_text(report, encoding="utf-8")
    return content


def city_report(
    folder: Path, wards: Iterable[GatheredWard] = WARDS, report: str = REPORT
) -> Composed:
    """Compose the report of quarter III of a city that is written to ``folder``."""
    content = write_city(folder, wards, report)
    return compose_city_report(load_checked(content, 2026), "q3", folder / "templates")
