"""The sample documents themselves: believable words and tables for an entry of the register."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from pathlib import Path

from PIL import ImageFont

from vanban.document import (
    Align,
    Annex,
    Block,
    Cell,
    Document,
    Header,
    Paragraph,
    Row,
    Run,
    Signature,
    StyleId,
    Table,
)
from vanban.evidence.descriptions import EvidenceDocument
from vanban.layout.fonts import find_times
from vanban.layout.frame import read_frame
from vanban.layout.measures import Layout
from vanban.nd30.dates import long_date
from vanban.render.docx import render_docx
from vanban.render.pdf import PdfEngine

ROOT = Path(__file__).parent.parent
BANNER = "TÀI LIỆU MẪU – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
WITH_ANNEX = frozenset({"1.1.1-01", "1.3.1-02"})
"""Plans and reports that have a second page, a table."""


class Press:
    """Renders documents of the project, once prepared."""

    def __init__(self) -> None:
        self.frame = read_frame(ROOT / "templates" / "frame.docx")
        self.times = find_times()
        self.engine = PdfEngine()

    def pdf(self, document: Document) -> bytes:
        layout = Layout(document, self.frame, self.times)
        return self.engine.render(document, layout, document.issued).data

    def docx(self, document: Document) -> bytes:
        return render_docx(document, Layout(document, self.frame, self.times), document.issued)

    def font(self, size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
        face = self.times.bold if bold else self.times.regular
        return ImageFont.truetype(str(face.path), size)


def _paragraph(text: str, style: StyleId = StyleId.BODY) -> Paragraph:
    return Paragraph(style, (Run(text),))


def _list(*texts: str) -> tuple[Block, ...]:
    return tuple(_paragraph(text) for text in texts)


def plan_body(subject: str) -> tuple[Block, ...]:
    return _list(
        "I. MỤC ĐÍCH, YÊU CẦU",
        f"Tổ chức thực hiện nội dung “{subject}” kịp thời, đúng quy định, phù hợp với tình hình "
        "của phường sau khi sắp xếp đơn vị hành chính; gắn trách nhiệm của từng phòng, đơn vị với "
        "kết quả thực hiện.",
        "II. NỘI DUNG",
        *(
            f"{number}. {task}"
            for number, task in enumerate(
                (
                    "Rà soát, lập danh mục công việc phải thực hiện, xong trong tháng đầu tiên kể "
                    "từ ngày ban hành kế hoạch.",
                    "Phân công đơn vị chủ trì, đơn vị phối hợp, thời hạn và sản phẩm của từng "
                    "việc; cập nhật tiến độ hằng tháng.",
                    "Phổ biến đến cán bộ, công chức; công khai trên Trang thông tin điện tử của "
                    "phường và tại Trung tâm Phục vụ hành chính công.",
                    "Tự kiểm tra giữa kỳ, khắc phục hạn chế, báo cáo kết quả theo quy định.",
                ),
                1,
            )
        ),
        "III. TỔ CHỨC THỰC HIỆN",
        "Phòng Văn hóa - Xã hội theo dõi, đôn đốc, tổng hợp kết quả; các phòng, đơn vị gửi kết quả "
        "trước ngày 25 của tháng cuối quý.",
    )


def report_body(subject: str) -> tuple[Block, ...]:
    return (
        *_list(
            "I. KẾT QUẢ THỰC HIỆN",
            f"Ủy ban nhân dân phường đã chỉ đạo thực hiện nội dung “{subject}” theo kế hoạch; kết "
            "quả chính như sau (số liệu mẫu):",
        ),
        _table(
            (12, 88, 32, 32),
            ("STT", "Nội dung", "Kế hoạch", "Kết quả"),
            (
                ("1", "Nhiệm vụ phải thực hiện trong kỳ", "46", "46"),
                ("2", "Nhiệm vụ hoàn thành đúng hạn", "46", "41"),
                ("3", "Vấn đề phát hiện, phải xử lý", "5", "5"),
                ("4", "Vấn đề đã xử lý xong", "5", "4"),
            ),
        ),
        *_list(
            "II. TỒN TẠI, HẠN CHẾ",
            "Một số nhiệm vụ chậm do phải phối hợp nhiều đơn vị; việc cập nhật số liệu lên hệ "
            "thống có lúc chưa kịp thời. Các đơn vị đã có biện pháp khắc phục và thời hạn cụ thể.",
            "III. NHIỆM VỤ THỜI GIAN TỚI",
            "Tiếp tục thực hiện các nhiệm vụ chưa hoàn thành; tăng cường kiểm tra, đôn đốc.",
        ),
    )


def decision_body(subject: str) -> tuple[Block, ...]:
    articles = (
        f"{subject}, gồm các nội dung nêu tại văn bản kèm theo Quyết định này.",
        "Quyết định này có hiệu lực kể từ ngày ký.",
        "Chánh Văn phòng, Trưởng các phòng và cá nhân có liên quan chịu trách nhiệm thi hành Quyết "
        "định này./.",
    )
    return (
        _plain(StyleId.LEGAL_BASIS, "Căn cứ Luật Tổ chức chính quyền địa phương;"),
        _plain(StyleId.LEGAL_BASIS, "Theo đề nghị của Trưởng Phòng Văn hóa - Xã hội."),
        _plain(StyleId.PART, "QUYẾT ĐỊNH:"),
        *(
            Paragraph(StyleId.BODY, (Run(f"Điều {number}.", bold=True), Run(f" {text}")))
            for number, text in enumerate(articles, 1)
        ),
    )


def _plain(style: StyleId, text: str) -> Paragraph:
    return Paragraph(style, (Run(text),))


def minutes_body(subject: str) -> tuple[Block, ...]:
    return _list(
        "Hôm nay, tại trụ sở Ủy ban nhân dân phường, đoàn kiểm tra làm việc với các phòng, đơn vị.",
        f"Nội dung: {subject[0].lower()}{subject[1:]}.",
        "1. Các phòng, đơn vị bố trí đúng số lượng, phân công nhiệm vụ rõ ràng.",
        "2. Kiến nghị: bổ sung quy chế phối hợp, cập nhật bảng mô tả công việc trước ngày 31/10.",
        "Biên bản lập thành 02 bản, các bên thống nhất ký tên./.",
    )


def _table(
    widths: tuple[float, ...], head: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> Table:
    def row(cells: tuple[str, ...]) -> Row:
        return Row(
            tuple(
                Cell((Run(text),) if text else (), Align.LEFT if position == 1 else Align.CENTER)
                for position, text in enumerate(cells)
            )
        )

    return Table(widths, (row(head),), tuple(row(cells) for cells in rows))


BODIES: dict[str, Callable[[str], tuple[Block, ...]]] = {
    "Kế hoạch": plan_body,
    "Báo cáo": report_body,
    "Quyết định": decision_body,
    "Biên bản": minutes_body,
}
TABLE_HEAD = ("STT", "Nội dung", "Đơn vị", "Tổng số", "Đã thực hiện", "Ghi chú")
TABLE_WIDTHS = (14.0, 100.0, 40.0, 28.0, 32.0, 28.0)
UNITS = ("Văn hóa - Xã hội", "Kinh tế", "Văn phòng", "Trung tâm HCC")


def table_rows(code: str, count: int) -> list[tuple[str, ...]]:
    """Return believable rows; the same for one code every time."""
    chance = random.Random(code)
    rows: list[tuple[str, ...]] = []
    for number in range(1, count + 1):
        total = chance.randrange(20, 400)
        done = total - chance.randrange(0, 9)
        unit = UNITS[number % len(UNITS)]
        rows.append(
            (str(number), f"Nội dung {number} (số liệu mẫu)", unit, str(total), str(done), "")
        )
    return rows


def document_of(code: str, about: EvidenceDocument) -> Document:
    """Return the document that the entry ``code`` of the register describes."""
    city = "thành phố" in about.issuer
    agency = ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ HẢI PHÒNG" if city else "PHƯỜNG TRẦN LIỄU")
    place = "Hải Phòng" if city else "Phường Trần Liễu"
    known = about.type in BODIES
    subject = about.abstract[0].upper() + about.abstract[1:]
    body = (
        BODIES[about.type](subject)
        if known
        else _list(f"{subject}.", "Chi tiết: phụ lục kèm theo.")
    )
    annexes: tuple[Annex, ...] = ()
    if not known or code in WITH_ANNEX:
        table = _table(TABLE_WIDTHS, TABLE_HEAD, table_rows(code, 14))
        annexes = (Annex("Phụ lục", subject.upper(), "(Tài liệu mẫu)", True, "pl", (table,)),)
    return Document(
        id=code,
        title=f"{about.type} {subject}",
        author=about.issuer,
        header=Header(
            national_name="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            motto="Độc lập - Tự do - Hạnh phúc",
            superior=(),
            agency=agency,
            number=f"Số: {about.number or '…/…'}",
            place_date=f"{place}, {long_date(about.date)}" if about.date else place,
            document_type=about.type.upper(),
            abstract=subject,
        ),
        body=body,
        recipients_head="Nơi nhận:",
        recipients=(
            "- Như Điều 3;" if about.type == "Quyết định" else "- Các phòng, đơn vị;",
            "- Lưu: VT (mẫu).",
        ),
        signature=Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "(Tài liệu mẫu, không ký)"),
        annexes=annexes,
        banner=BANNER,
        issued=about.date,
    )
