"""The first words of the files of an office that reports on all the wards of its province."""

from __future__ import annotations

_HEAD = """\
# yaml-language-server: $schema=.schema/co-quan.schema.json
# Thông tin của cơ quan, dùng chung cho mọi văn bản và mọi năm.

"""
_REST = """\
{province_line}
# Đơn vị soạn thảo, có ký hiệu để ghi ở dòng “Lưu: VT, …”.
don_vi:
  - ma: {unit_id}
    ten: {unit}
    ky_hieu: {unit_code}

nguoi_ky:
"""
COMMITTEE_TEXT = (
    _HEAD
    + """\
ten: Ủy ban nhân dân {province}
ten_ngan: UBND {province}
ten_dau_trang: [ỦY BAN NHÂN DÂN, {upper}]
dia_danh: {place}
ky_hieu: UBND
"""
    + _REST
    + """\
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
  - {{ma: bo-noi-vu, ten: Bộ Nội vụ}}
  - {{ma: thuong-truc-cap-uy, ten: Thường trực {party}}}
  - {{ma: thuong-truc-hdnd, ten: Thường trực HĐND {level}}}
  - {{ma: lanh-dao-ubnd, ten: Lãnh đạo UBND {level}}}
  - {{ma: cac-so-ban-nganh, ten: "Các sở, ban, ngành {level}"}}
  - {{ma: ubnd-cap-xa, ten: "UBND các xã, phường, đặc khu"}}

{calendar}{shared}phien_ban_noi_dung: {version}
"""
)
DEPARTMENT_TEXT = (
    _HEAD
    + """\
ten: {department} {province}
ten_ngan: {department} {province}
co_quan_chu_quan: [ỦY BAN NHÂN DÂN, {upper}]
ten_dau_trang: [{department_upper}]
dia_danh: {place}
# Chữ viết tắt của cơ quan trong số, ký hiệu: xem lại cho đúng quy định của cơ quan.
ky_hieu: {code}
"""
    + _REST
    + """\
  - ma: giam-doc
    ho_ten: {signer}
    chuc_vu: Giám đốc

  # Cấp phó ký thay: bỏ dấu thăng ở đầu các dòng dưới, ghi họ tên, rồi ghi mã pho-giam-doc ở
  # nguoi_ky của văn bản.
  # - ma: pho-giam-doc
  #   ho_ten: Nguyễn Văn A
  #   chuc_vu: Phó Giám đốc
  #   ky_thay: Giám đốc

noi_nhan:
{superior}  - {{ma: bo-noi-vu, ten: Bộ Nội vụ}}
  - {{ma: lanh-dao-so, ten: Lãnh đạo Sở}}
  - {{ma: cac-so-ban-nganh, ten: "Các sở, ban, ngành {level}"}}
  - {{ma: ubnd-cap-xa, ten: "UBND các xã, phường, đặc khu"}}

{calendar}{shared}phien_ban_noi_dung: {version}
"""
)
PARTY = {"thành phố": "Thành ủy", "tỉnh": "Tỉnh ủy"}
