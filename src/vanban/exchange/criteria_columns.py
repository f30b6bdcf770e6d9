"""The columns of a table of criteria: what each says, by the names that tables give it."""

from __future__ import annotations

from vanban.exchange.table_file import Head

COLUMNS: dict[str, tuple[str, ...]] = {
    # what a column says: its plain names, the best known first
    "code": ("ma", "ma_chi_tieu", "ma_tieu_chi", "stt"),
    "group": ("nhom", "linh_vuc", "thuoc"),
    "name": ("ten", "ten_chi_tieu", "ten_tieu_chi", "chi_tieu", "tieu_chi", "noi_dung"),
    "points": ("diem_toi_da", "diem_chuan", "diem"),
    "level": ("cap_ap_dung",),
    "kind": ("loai", "loai_cach_tinh"),
    "method": ("cach_tinh", "dien_giai"),
    "numerator": ("tu_so",),
    "denominator": ("mau_so",),
    "threshold": ("nguong_diem_toi_da", "nguong"),
    "below": ("duoi_nguong",),
    "source": ("nguon_so_lieu", "nguon"),
    "source_code": ("ma_api", "ma_nguon"),
    "proof": ("tai_lieu_chung_minh", "tai_lieu_kiem_chung", "tai_lieu"),
    "excused": ("khong_ap_dung",),
    "note": ("ghi_chu",),
}
HEAD = Head(
    lambda names: (
        all(names & {*COLUMNS[each]} for each in ("code", "name", "points"))
        and bool(names & {*COLUMNS["kind"], *COLUMNS["method"]})
    ),
    "không thấy dòng tên cột: cần ít nhất ma, ten, diem_toi_da (hoặc diem_chuan), và loai hoặc "
    "cach_tinh; tệp .tsv có các cột cách nhau bằng phím Tab — thêm dòng tên cột, hoặc đặt lại tên "
    "cột cho đúng",
)
