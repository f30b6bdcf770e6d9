"""``vanban new ward``: the folder of another commune, which builds its first documents.

Nothing of the ward that it is made from goes along but what holds for all: the outlines, the frame
and the register of indicators, worded for the new level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vanban.app.new_content import SAMPLES, Made, text_of
from vanban.errors import UsageError
from vanban.evidence.file_names import slug
from vanban.io.read import read_file
from vanban.io.swap import write_files
from vanban.workspace.files import AGENCY, AREAS, DOCUMENTS, INDICATORS, PLAN
from vanban.workspace.versions import VERSION
from vanban.workspace.yaml_file import MAX_BYTES
from vanban.workspace.yaml_write import on_one_line

LEVELS = ("xã", "phường", "đặc khu")

SHOWN_NAME, SHOWN_PROVINCE = "phường Trần Liễu", "thành phố Hải Phòng"
SHOWN_UNIT = "van-hoa-xa-hoi"
"""What the samples of the project say in the place of the new ward's own."""

AREAS_OF_PLAN = (
    ("chi-dao", "Công tác chỉ đạo, điều hành cải cách hành chính", "PAR INDEX"),
    ("the-che", "Cải cách thể chế", "PAR INDEX"),
    ("tthc", "Cải cách thủ tục hành chính", "PAR INDEX"),
    ("bo-may", "Cải cách tổ chức bộ máy hành chính nhà nước", "PAR INDEX"),
    ("cong-vu", "Cải cách chế độ công vụ", "PAR INDEX"),
    ("tai-chinh", "Cải cách tài chính công", "PAR INDEX"),
    ("so", "Xây dựng và phát triển chính quyền điện tử, chính quyền số", "PAR INDEX"),
    ("sipas", "Sự hài lòng của người dân", "SIPAS"),
    ("papi", "Hiệu quả quản trị và hành chính công", "PAPI"),
)


@dataclass(frozen=True)
class Ward:
    """What is asked of a new commune.

    ``name`` begins with its level ("xã Lộc An"), ``province`` with its own ("tỉnh Lâm Đồng");
    ``units`` are pairs of name and abbreviation, "" for none.
    """

    name: str
    province: str
    signer: str
    units: tuple[tuple[str, str], ...]
    year: int

    @property
    def level(self) -> str:
        return next(level for level in LEVELS if self.name.startswith(f"{level} "))

    @property
    def proper(self) -> str:
        """The name without its level."""
        return self.name.removeprefix(self.level).strip()


def parse_ward(name: str, province: str, signer: str, units: tuple[str, ...], year: int) -> Ward:
    """Read what was typed; ``units`` as "Phòng Văn hóa - Xã hội=VHXH". Raises UsageError."""
    name, province = " ".join(name.split()), " ".join(province.split())
    if not name.startswith(tuple(f"{level} " for level in LEVELS)):
        raise UsageError(f"--name “{name}”: viết cả cấp, ví dụ “xã Lộc An”, “phường Đông Hải”")
    if not re.match(r"(?:tỉnh|thành phố) \S", province):
        raise UsageError(f"--province “{province}”: viết cả cấp, ví dụ “tỉnh Lâm Đồng”")
    parted = tuple(unit.partition("=") for unit in units)
    pairs = tuple((name.strip(), code.strip()) for name, _, code in parted if name.strip())
    if not pairs or not pairs[0][1]:
        raise UsageError(
            "--unit: đơn vị đầu tiên phải có ký hiệu, ví dụ --unit “Phòng Văn hóa - Xã hội=VHXH”"
        )
    return Ward(name, province, " ".join(signer.split()), pairs, year)


def new_ward(ward: Ward, folder: Path, content: Path, templates: Path) -> Made:
    """Write ``folder``/content and ``folder``/templates; raises UsageError where one is there."""
    for name in ("content", "templates"):
        if (folder / name).exists():
            raise UsageError(f"đã có {folder / name} — chọn thư mục khác, không ghi đè")
    files = dict(_content(ward, folder / "content", content))
    for path in sorted(templates.iterdir()):
        if path.is_file() and not path.name.startswith((".", "~")):
            files[folder / "templates" / path.name] = read_file(path, MAX_BYTES)
    write_files(list(files.items()))
    return Made(tuple(files))


def _content(ward: Ward, target: Path, source: Path) -> Iterator[tuple[Path, bytes]]:
    yield AGENCY.path(target, ward.year), _agency(ward).encode()
    yield DOCUMENTS.path(target, ward.year), DOCUMENTS_TEXT.encode()
    indicators = text_of(INDICATORS.path(source, ward.year))
    worded = re.sub(r"\bphường\b", ward.level, indicators)
    yield INDICATORS.path(target, ward.year), worded.encode()
    yield PLAN.path(target, ward.year), _plan(ward).encode()
    for sample in sorted((source / SAMPLES).rglob("*.yaml")):
        yield target / sample.relative_to(source), _sample(text_of(sample), ward).encode()
    for number, (id, title, index) in enumerate(AREAS_OF_PLAN, 1):
        path = AREAS.path(target, ward.year) / f"{number:02}-{id}.yaml"
        yield path, AREA.format(id=id, title=title, index=index).encode()


def _sample(text: str, ward: Ward) -> str:
    """Return a sample worded for ``ward``: its name, level, province and drafting unit."""
    for old, new in (
        (SHOWN_NAME, ward.name),
        (SHOWN_PROVINCE, ward.province),
        (SHOWN_UNIT, slug(ward.units[0][0]).lower()),
        ("Phòng Văn hóa - Xã hội", ward.units[0][0]),
    ):
        text = text.replace(old, new)
    return re.sub(r"\bphường\b", ward.level, text)


def _agency(ward: Ward) -> str:
    units = "".join(
        f"  - ma: {slug(name).lower()}\n    ten: {_quoted(name)}\n"
        + (f"    ky_hieu: {_quoted(code)}\n" if code else "")
        for name, code in ward.units
    )
    return AGENCY_TEXT.format(
        name=ward.name,
        upper=ward.name.upper(),
        place=ward.proper,
        province=ward.province,
        units=units,
        signer=_quoted(ward.signer),
        level=ward.level,
        hamlet="Trưởng thôn" if ward.level == "xã" else "Tổ trưởng tổ dân phố",
        version=VERSION,
    )


def _quoted(text: str) -> str:
    return on_one_line(text, '"')


def _plan(ward: Ward) -> str:
    return PLAN_TEXT.format(name=ward.name, year=ward.year, unit=slug(ward.units[0][0]).lower())


AGENCY_TEXT = """\
# Thông tin của cơ quan, dùng chung cho mọi văn bản và mọi năm.

ten: Ủy ban nhân dân {name}
ten_ngan: UBND {name}
ten_dau_trang: [ỦY BAN NHÂN DÂN, {upper}]
# Đơn vị hành chính mang tên người, chữ số, sự kiện lịch sử thì ghi cả cấp, như Phường Trần Phú.
dia_danh: {place}
ky_hieu: UBND
tinh_thanh: {province}

don_vi:
{units}
nguoi_ky:
  - ma: chu-tich
    ho_ten: {signer}
    chuc_vu: Chủ tịch
    thay_mat: Ủy ban nhân dân

noi_nhan:
  # Mã dưới đây được dùng ở các mẫu trong mau/.
  - {{ma: ubnd-thanh-pho, ten: "Ủy ban nhân dân {province}"}}
  - {{ma: so-noi-vu, ten: "Sở Nội vụ {province}"}}
  - {{ma: thuong-truc-dang-uy, ten: Thường trực Đảng ủy {level}}}
  - {{ma: thuong-truc-hdnd, ten: Thường trực HĐND {level}}}
  - {{ma: lanh-dao-ubnd, ten: Lãnh đạo UBND {level}}}
  - {{ma: cac-phong-ban-nganh, ten: "Các phòng, ban, ngành liên quan"}}
  - {{ma: cac-truong, ten: Hiệu trưởng các nhà trường}}
  - {{ma: chi-bo-to-dan-pho, ten: "Bí thư chi bộ, {hamlet}"}}
phien_ban_noi_dung: {version}
"""
DOCUMENTS_TEXT = """\
# Sổ văn bản: những văn bản được viện dẫn, và những văn bản do cơ quan ban hành.

van_ban:
  - ma: nq-76-nq-cp
    loai: Nghị quyết
    so_ky_hieu: 76/NQ-CP
    ngay: 15/7/2021
    co_quan: Chính phủ
    trich_yeu: >-
      ban hành Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030
"""
PLAN_TEXT = """\
# Kế hoạch cải cách hành chính năm {year}: phần chung; nhiệm vụ ở thư mục linh-vuc/.
# “HƯỚNG DẪN: …” là lời nhắc, không bao giờ in ra: thay bằng lời văn của cơ quan.

ma: kh-cchc-{year}
trich_yeu: Nâng cao các chỉ số cải cách hành chính của {name} năm {year}
can_cu:
  - {{mo_dau: Thực hiện, van_ban: nq-76-nq-cp}}
noi_nhan: [thuong-truc-dang-uy, thuong-truc-hdnd, lanh-dao-ubnd, cac-phong-ban-nganh]
luu: [{unit}]
nguoi_ky: chu-tich

muc_dich:
  - ma: muc-dich-01
    noi_dung: "HƯỚNG DẪN: nêu điều kế hoạch nhằm đạt tới"

yeu_cau:
  mo_dau: "HƯỚNG DẪN: nêu căn cứ và yêu cầu chung"
  nhiem_vu:
    - ma: yeu-cau-01
      noi_dung: "HƯỚNG DẪN: nêu từng yêu cầu"

to_chuc_thuc_hien:
  - "HƯỚNG DẪN: nêu trách nhiệm của từng phòng, đơn vị"
ket_thuc: >-
  Trên đây là Kế hoạch nâng cao các chỉ số cải cách hành chính năm {year}, yêu cầu các phòng, đơn vị
  nghiêm túc triển khai thực hiện.
"""
AREA = """\
ma: {id}
ten: {title}
chi_so: {index}

nhiem_vu:
  - ma: {id}-01
    noi_dung: "HƯỚNG DẪN: nêu nhiệm vụ; thêm chi_tieu, chu_tri, han nếu có"
"""
