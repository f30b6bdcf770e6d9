"""What text may be: the named styles of the Word frame, and alignment inside cells."""

from __future__ import annotations

from enum import StrEnum


class StyleId(StrEnum):
    """Ids of the named paragraph styles of ``templates/frame.docx``, one a role of text."""

    NATIONAL_NAME = "QuocHieu"
    MOTTO = "TieuNgu"
    SUPERIOR_AGENCY = "CoQuanChuQuan"
    AGENCY = "CoQuanBanHanh"
    NUMBER = "SoKyHieu"
    PLACE_DATE = "DiaDanhThoiGian"
    DOCUMENT_TYPE = "TenLoai"
    ABSTRACT = "TrichYeu"
    SUBJECT = "TrichYeuCongVan"
    RULE = "DuongKe"
    ADDRESSEE = "KinhGui"
    ADDRESSEE_ITEM = "KinhGuiTen"
    AUTHORITY = "ThamQuyen"
    LEGAL_BASIS = "CanCu"
    BODY = "NoiDung"
    BULLET = "GachDau"
    NUMBERED = "DoanSo"
    PART = "Phan"
    DIVISION = "MucTieuMuc"
    URGENCY = "DoKhan"
    SECTION = "Muc"
    ARTICLE = "Dieu"
    CLAUSE = "Khoan"
    POINT = "Diem"
    SUBPOINT = "Tiet"
    RECIPIENTS_HEAD = "NoiNhan"
    RECIPIENT = "NoiNhanTen"
    SIGNING_CAPACITY = "QuyenHan"
    SIGNATURE_SPACE = "ChoKy"
    SIGNER = "NguoiKy"
    SIGNING_NOTE = "KyPhuLuc"
    ANNEX_NUMBER = "SoPhuLuc"
    ANNEX_TITLE = "TenPhuLuc"
    ANNEX_NOTE = "KemTheo"
    TABLE_TITLE = "TenBang"
    TABLE_HEAD = "DauBang"
    TABLE_CELL = "OBang"
    AFTER_TABLE = "SauBang"
    CAPTION = "TenHinh"
    PAGE_NUMBER = "SoTrang"
    BANNER = "CanhBao"


class Align(StrEnum):
    """Horizontal alignment inside a table cell."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
