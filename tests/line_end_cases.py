"""Documents whose lines or pages once ended elsewhere in one of the outputs, by name."""

from __future__ import annotations

from msgspec.structs import replace

from documents import paragraph, picture, plain, sample, table
from vanban.compose.furniture import end_with_mark, hold_last_lines
from vanban.document import (
    Block,
    Cell,
    Document,
    Heading,
    Paragraph,
    Row,
    Run,
    Signature,
    StyleId,
    Table,
)

LONG = (
    "nhiều loại khác nhau của các cơ quan thuộc thẩm quyền giải quyết theo quy định của pháp luật "
    "về tổ chức chính quyền địa phương"
)


def moved(*texts: str) -> Document:
    """Return a document that moves each text letter by letter over the end of a line."""
    return plain(*(f"{'i' * count} {text}" for text in texts for count in range(1, 41)))


def lines_before(count: int, *blocks: Block) -> Document:
    lines = (paragraph(f"Dòng {number}.") for number in range(count))
    return sample(body=(*lines, *blocks), annexes=())


def heading(title: str) -> Heading:
    return Heading(StyleId.SECTION, 2, "I.", (Run(title),), False, "muc")


def shown(width: float) -> Paragraph:
    return Paragraph(StyleId.CAPTION, (Run("Hình"),), picture=picture(width=width))


def recipients(*texts: str) -> Document:
    moved = tuple(f"- {'i' * count} {text};" for text in texts for count in range(1, 21))
    return sample(recipients=moved, annexes=())


def letter(subject: str) -> Document:
    return sample(header={"subject": subject, "document_type": "", "abstract": ""}, annexes=())


ADDRESS = (
    "https://www.tranlieu.haiphong.gov.vn/tin-tuc/2025/cai-cach-hanh-chinh/thu-tuc-hanh-chinh/"
    "danh-muc?id=5&trang=12/tin-tuc"
)
END = tuple(paragraph("Đoạn.") for _ in range(9))
ENDS: dict[str, Document] = {
    "negative": moved(
        "Tỷ lệ hồ sơ giải quyết quá hạn của các phòng so với cùng kỳ là -5% so với kế hoạch, "
        "giảm (-5,2%)."
    ),
    "address": moved(
        "Tra cứu tại địa chỉ của phường https://haiphong.gov.vn/?id=5&muc=tin hoặc giai đoạn "
        "2020—2025; mục a|b."
    ),
    "brackets": moved("Các mục đã nêu ở trên của văn bản, mục [1]-[2] và (x)-(y), (a)(b), a!b."),
    "dash before a slash": moved(
        "Các mục đã nêu ở trên của văn bản này, công văn số 142/UBND-VP/2025-KH, "
        "ngày 15-16/9/2025, nhà số A1-B2/C3."
    ),
    "recipients, dash before a slash": recipients("Các Đảng ủy-HĐND-UBND/UBMTTQ phường"),
    "blanks before signs": moved(
        "Các mục đã nêu ở trên của văn bản này : một , hai ; thôn / xã , số 5 / quý ; ( a ) [ b ] ."
    ),
    "quotes before brackets": moved(
        'Cơ chế “một cửa” (có), “liên thông” [1], "Một" {x}, “hai” (b), «ba» [c], ‹e› (f)'
    ),
    "recipients, blanks": recipients("Các thôn / xã ( để báo cáo ) ; các đơn vị"),
    "address in titles": sample(
        {"abstract": f"Về việc khai thác {ADDRESS} của phường"},
        body=(heading(f"Trang {ADDRESS} của phường"), *END),
        annexes=(replace(sample().annexes[0], title=f"CỦA {ADDRESS} NÀY"),),
    ),
    "long address": moved(f"{ADDRESS} và hết."),
    **{
        f"address in {width} mm": sample(
            body=(
                table(("A", "B"), ("1", ADDRESS), ("2", f"Xem {ADDRESS} đã nêu"), width=width),
                paragraph("./.", StyleId.AFTER_TABLE),
            ),
            annexes=(),
        )
        for width in (12.0, 20.0, 45.0)
    },
    **{
        f"numbers in {width} mm": sample(
            body=(
                table(
                    ("A", "B"),
                    *((text, f"x {text}") for text in ("12/KH-UBND", "30/2020/NĐ-CP", "a/bc/def")),
                    width=width,
                ),
                paragraph("./.", StyleId.AFTER_TABLE),
            ),
            annexes=(),
        )
        for width in (9.0, 12.0, 14.0, 16.0, 20.0)
    },
    "short word before a long one": sample(
        body=(
            table(("A", "B"), ("1", f"i {'m' * 30}"), ("2", f"https://{'b' * 30}"), width=13.0),
            paragraph("./.", StyleId.AFTER_TABLE),
        ),
        annexes=(),
    ),
    "odd signs": moved(
        "Thư mục của máy chủ lưu trữ văn bản C:\\thu\\muc, a%b, 3…a, 5°C, a}b, 1‐2."
    ),
    "bold": sample(
        body=tuple(
            Paragraph(
                StyleId.BODY,
                (
                    Run(
                        f"{'i' * count} một đoạn khá dài để đến cuối dòng thứ nhất của văn bản là "
                    ),
                    Run("2021-", bold=True),
                    Run("2026 và hết dòng rồi."),
                ),
            )
            for count in range(1, 21)
        ),
        annexes=(),
    ),
    "bold with its blank": sample(
        body=(
            Table(
                (82.5,),
                (),
                (
                    Row(
                        (
                            Cell(
                                (
                                    Run("giám thẩm nhiều cải tổ 5 quan TTHC/DVC ", bold=True),
                                    Run("và hết."),
                                )
                            ),
                        )
                    ),
                ),
            ),
            paragraph("./.", StyleId.AFTER_TABLE),
        ),
        annexes=(),
    ),
    **{
        f"heading, {count}": lines_before(count, heading(f"{LONG} và cải cách hành chính"), *END)
        for count in range(21, 25)
    },
    **{
        f"title of a table, {count}": lines_before(
            count,
            paragraph(f"{LONG} {LONG}", StyleId.TABLE_TITLE),
            table(("A", "B"), ("1", "2"), ("3", "4")),
            paragraph("./.", StyleId.AFTER_TABLE),
        )
        for count in range(20, 24)
    },
    **{
        f"last paragraph, {count}": lines_before(
            count,
            Paragraph(StyleId.BODY, (Run(" ".join([LONG] * 4)),), keep_with_next=True),
        )
        for count in range(18, 24)
    },
    "subject, slash": letter(
        "V/v cung cấp số liệu/tài liệu báo cáo cải cách hành chính quý III/2025"
    ),
    "subject, dash": letter(
        "V/v báo cáo giai đoạn phát triển 2021-2026/2030, 95-100% số hộ dân trên địa bàn"
    ),
    "recipients, dash": recipients("Thường trực 2021-2026"),
    "recipients, slash": recipients("đơn vị phòng/ban quý III/2025"),
    "words cut at the margin": sample(
        body=(
            Table(
                (27.5, 39.5, 63.5),
                (),
                tuple(
                    Row(
                        tuple(
                            Cell((Run(before + word),)) for word in ("W" * 25, *["UBND" * 15] * 2)
                        )
                    )
                    for before in ("", "các ")
                ),
            ),
            paragraph("./.", StyleId.AFTER_TABLE),
        ),
        annexes=(),
    ),
    "low pictures": sample(body=(*[shown(10.0)] * 9, paragraph("Hết.")), annexes=()),
    **{
        f"table below a picture of {width} mm": lines_before(
            13,
            shown(width),
            paragraph("Bảng."),
            table(("A", "B"), ("1", "2")),
            paragraph("./.", StyleId.AFTER_TABLE),
        )
        for width in (123.86, 124.04)
    },
    **{
        f"{name} below a picture of {width} mm": lines_before(
            count, shown(width), whole, paragraph("Sau.")
        )
        for name, whole, count, widths in (
            ("two rows", table(("A", "B"), ("1", "2"), ("3", "4")), 11, (161.7, 162.1, 162.4)),
            (
                "chart",
                replace(table(("A", "B"), *[("1", "2")] * 5), description="Biểu đồ"),
                9,
                (156.8, 157.2, 157.5),
            ),
        )
        for width in widths
    },
    "70 recipients": sample(
        recipients=tuple(f"- Đơn vị số {number};" for number in range(70)), annexes=()
    ),
    **{
        f"end with a table, {count} recipients": sample(
            body=hold_last_lines(end_with_mark((table(("A", "B"), *[("1", "2")] * 5),))),
            recipients=tuple(f"- Đơn vị số {number};" for number in range(count)),
            annexes=(),
        )
        for count in (48, 70)
    },
    **{
        f"head of a table, {count} lines": lines_before(
            4,
            table((" ".join([LONG] * (count // 5)), "B"), *[("1", "2")] * 9),
            paragraph("./.", StyleId.AFTER_TABLE),
        )
        for count in (25, 40, 60, 150)
    },
    "recipients that fill their page": sample(
        body=hold_last_lines(
            end_with_mark(
                (
                    *(paragraph("Dòng.") for _ in range(26)),
                    paragraph(f"{LONG} {LONG} {LONG[:30]}"),
                    paragraph("Hết."),
                )
            )
        ),
        recipients=tuple(f"- Đơn vị số {number};" for number in range(40)),
        annexes=(),
    ),
    "140 lines of recipients": sample(
        recipients=tuple(
            f"- Phòng{' x' * count} Đơn vị {LONG[: 20 + count]};" for count in range(60)
        ),
        annexes=(),
    ),
    **{
        f"two sign, {count} recipients": sample(
            body=tuple(paragraph(f"Dòng {number}.") for number in range(12)),
            recipients=tuple(f"- Đơn vị số {number};" for number in range(count)),
            countersignature=Signature(("ĐƠN VỊ",), "Lê Thị Mẫu"),
            annexes=(),
        )
        for count in (5, 20, 70)
    },
    **{
        f"column of {width} mm": sample(
            body=(
                table(("STT", "Việc"), ("12", "2021-2026"), width=width),
                paragraph("./.", StyleId.AFTER_TABLE),
            ),
            annexes=(),
        )
        for width in (5.5, 7.0, 9.0, 12.0)
    },
}
"""Each parted one of the outputs from the others."""
