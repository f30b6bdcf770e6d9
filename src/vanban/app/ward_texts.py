"""The first words of a new commune's files, and of a folder that many share."""

from __future__ import annotations

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


COMMON_TEXT = """\
# yaml-language-server: $schema=.schema/dung-chung.schema.json
# Bộ dùng chung của {province}: chỉ tiêu, mẫu, lịch báo cáo, quy tắc mà nhiều xã, phường cùng đọc.
# Mỗi đơn vị ghi một dòng dung_chung trong co-quan.yaml; sửa ở đây thì mọi đơn vị đổi theo.

ten: Bộ dùng chung của {province}
tinh_thanh: {province}

# Tăng mỗi lần sửa bộ ({number}, … .2, … .3): văn bản của các đơn vị ghi theo phiên bản nào.
phien_ban: {number}

noi_nhan:
  # Cấp trên, dùng ở “Kính gửi” của báo cáo.
{superiors}
{calendar}phien_ban_noi_dung: {version}
"""
HAMLETS = {
    "xã": "Trưởng thôn",
    "phường": "Tổ trưởng tổ dân phố",
    "đặc khu": "Trưởng thôn, Tổ trưởng tổ dân phố",
}
"""Heads of what a commune is divided into, by its level."""
CALENDAR_TEXT = """\
# Ngày chốt số liệu, hạn gửi theo văn bản của cấp trên: bỏ dấu thăng, ghi đúng ngày.
# lich_bao_cao:
#   - {ky: q1, ngay_chot_so_lieu: 14/3, han_gui: 16/3}
"""
AGENCY_TEXT = """\
# yaml-language-server: $schema=.schema/co-quan.schema.json
# Thông tin của cơ quan, dùng chung cho mọi văn bản và mọi năm.

ten: Ủy ban nhân dân {name}
ten_ngan: UBND {name}
ten_dau_trang: [ỦY BAN NHÂN DÂN, {upper}]
# Đơn vị hành chính mang tên người, chữ số, sự kiện lịch sử thì ghi cả cấp, như Phường Trần Phú.
dia_danh: {place}
ky_hieu: UBND
{province}
don_vi:
{units}
nguoi_ky:
  - ma: chu-tich
    ho_ten: {signer}
    chuc_vu: Chủ tịch
    thay_mat: Ủy ban nhân dân

  # Cấp phó ký thay: bỏ dấu thăng ở đầu các dòng dưới, ghi họ tên, rồi ghi mã pho-chu-tich ở
  # nguoi_ky của văn bản.
  # - ma: pho-chu-tich
  #   ho_ten: Nguyễn Văn A
  #   chuc_vu: Phó Chủ tịch
  #   thay_mat: Ủy ban nhân dân
  #   ky_thay: Chủ tịch

noi_nhan:
  # Mã dưới đây được dùng ở các mẫu văn bản.
{superiors}  - {{ma: thuong-truc-dang-uy, ten: Thường trực Đảng ủy {level}}}
  - {{ma: thuong-truc-hdnd, ten: Thường trực HĐND {level}}}
  - {{ma: lanh-dao-ubnd, ten: Lãnh đạo UBND {level}}}
  - {{ma: cac-phong-ban-nganh, ten: "Các phòng, ban, ngành liên quan"}}
  - {{ma: cac-truong, ten: Hiệu trưởng các nhà trường}}
  - {{ma: chi-bo-to-dan-pho, ten: "Bí thư chi bộ, {hamlets}"}}

{calendar}{shared}phien_ban_noi_dung: {version}
"""
DOCUMENTS_TEXT = """\
# yaml-language-server: $schema=.schema/van-ban.schema.json
# Sổ văn bản: những văn bản được viện dẫn, và những văn bản do cơ quan ban hành.

van_ban:{documents}
"""
CITED = "nq-76-nq-cp"
"""The document that a plan begins with."""
CITED_TEXT = """
  - ma: nq-76-nq-cp
    loai: Nghị quyết
    so_ky_hieu: 76/NQ-CP
    ngay: 15/7/2021
    co_quan: Chính phủ
    trich_yeu: >-
      ban hành Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030"""
SUPERIORS = (("ubnd-thanh-pho", "Ủy ban nhân dân"), ("so-noi-vu", "Sở Nội vụ"))
"""Recipients by id, named with the province."""
PLAN_TEXT = """\
# yaml-language-server: $schema=../.schema/ke-hoach.schema.json
# Kế hoạch cải cách hành chính năm {year}: phần chung; nhiệm vụ ở thư mục linh-vuc/.
# “HƯỚNG DẪN: …” là lời nhắc, không bao giờ in ra: thay bằng lời văn của cơ quan.

ma: kh-cchc-{year}
# Dàn bài khác: nâng cao các chỉ số (templates/plan.md).
dan_bai: cải cách hành chính năm
trich_yeu: Cải cách hành chính năm {year}
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
  Trên đây là Kế hoạch cải cách hành chính năm {year}, yêu cầu các phòng, đơn vị nghiêm túc triển
  khai thực hiện.
"""
AREA = """\
# yaml-language-server: $schema=../../.schema/linh-vuc.schema.json

ma: {id}
ten: {title}
chi_so: {index}
# Đơn vị chủ trì, phối hợp của lĩnh vực; ghi ở từng nhiệm vụ cũng được.
# chu_tri: [{unit}]

nhiem_vu:
  - ma: {id}-01
    noi_dung: "HƯỚNG DẪN: nêu nhiệm vụ; có chỉ tiêu, đơn vị chủ trì, thời hạn thì thêm"
"""
