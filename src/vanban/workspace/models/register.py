"""``van-ban.yaml``: the register of documents that are cited, or issued by the agency itself."""

import re
from typing import Self

from vanban.workspace.models.entry import Day, Flag, Identifier, SampleEntry, Text, key, optional


class CitedDocument(SampleEntry):
    """A document: type, number and symbol, date, issuer, abstract (Decree 30/2020, II.6.b)."""

    id: Identifier = key("ma", "Mã", "Mã để các tệp khác dẫn đến văn bản này.")
    type: Text = key("loai", "Tên loại", "Tên loại văn bản, ví dụ Công văn, Quyết định, Luật.")
    number: Text | None = optional(
        "so_ky_hieu",
        "Số, ký hiệu",
        "Số và ký hiệu, ví dụ 1747/UBND-KSTTHC. Chưa có số thì chỉ ghi ký hiệu: /KH-UBND. "
        "Luật, Pháp lệnh bỏ trống.",
    )
    date: Day | None = optional("ngay", "Ngày ban hành", "Ngày ban hành, ví dụ 30/6/2025.")
    issuer: Text | None = optional(
        "co_quan",
        "Cơ quan ban hành",
        "Cơ quan ban hành như viết trong câu văn. Văn bản của chính cơ quan: bỏ trống và ghi "
        "phuong_ban_hanh: true.",
    )
    own: Flag = key(
        "phuong_ban_hanh",
        "Tự ban hành",
        "true nếu do chính cơ quan này ban hành; văn bản ban hành trong kỳ sẽ vào Phụ lục II.",
        default=False,
    )
    abstract: Text = key(
        "trich_yeu", "Trích yếu", "Trích yếu nội dung, viết tiếp được sau “về việc” hoặc tên loại."
    )
    in_force: Day | None = optional(
        "hieu_luc_tu", "Hiệu lực từ", "Ngày có hiệu lực, nếu khác ngày ban hành."
    )
    expired: Day | None = optional(
        "het_hieu_luc", "Hết hiệu lực", "Ngày hết hiệu lực toàn bộ, nếu đã biết."
    )
    replaced_by: Identifier | None = optional(
        "thay_the_boi", "Thay thế bởi", "Mã văn bản thay thế văn bản này."
    )

    @property
    def printed_number(self) -> str | None:
        """Number and symbol; below 10 with a leading zero (Annex I, II.3); None without number."""
        if self.number is None or not self.has_number:
            return None
        return "0" + self.number if re.match(r"[1-9]/", self.number) else self.number

    @property
    def has_number(self) -> bool:
        """Whether the registry's number is known ("/KH-UBND" has only the symbol)."""
        return self.number is None or not self.number.startswith("/")


class DocumentRegister(SampleEntry):
    """The whole register."""

    documents: tuple[CitedDocument, ...] = key(
        "van_ban", "Văn bản", "Các văn bản được viện dẫn hoặc do cơ quan ban hành."
    )

    def with_common(self, common: Self) -> Self:
        """Return the register with the documents of one shared with others, but for its own ids."""
        ids = {each.id for each in self.documents}
        others = (each for each in common.documents if each.id not in ids)
        return self.model_copy(update={"documents": (*self.documents, *others)})
