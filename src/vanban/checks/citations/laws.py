"""The register of laws, ordinances and common decrees: ``checks/laws.yaml``.

General knowledge, by number: name or abstract, days of passing and of force, what replaced it. What
nobody has seen in an official text is marked so. ``naming.py`` finds where a text names them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache, cached_property
from importlib import resources

from pydantic import model_validator

from vanban.checks.data import read_data
from vanban.nd30.citations import Citation, Span
from vanban.nd30.document_types import LAWS
from vanban.workspace.models.entry import Day, Entry, Flag, Text, key, mistake, optional


class KnownLaw(Entry):
    """One document, or several of one fate, and what stands in their place."""

    numbers: tuple[Text, ...] = key("so", "Số, ký hiệu", "Số và ký hiệu.", min_length=1)
    name: Text | None = optional("ten", "Tên", "Tên luật, hoặc trích yếu của văn bản khác.")
    passed: Day | None = optional("ngay", "Ngày", "Ngày thông qua, ban hành.")
    in_force: Day | None = optional("hieu_luc", "Hiệu lực", "Ngày có hiệu lực.")
    ended: Day | None = optional("het", "Hết hiệu lực", "Ngày hết hiệu lực.")
    instead: Text | None = optional("xem", "Xem", "Văn bản phải xem: số trong bảng, hoặc lời.")
    source: Text | None = optional("nguon", "Nguồn", "Nếu khác nguồn chung của bảng.")
    reviewed: Day | None = optional("xem_lai", "Xem lại", "Nếu sau ngày xem lại của cả bảng.")
    unverified: Flag = key("can_kiem_tra", "Cần kiểm tra", "Chưa đọc bản gốc.", default=False)

    @model_validator(mode="after")
    def _says_what_to_see(self) -> KnownLaw:
        if (self.ended is None) is not (self.instead is None):
            raise mistake(f"{self.numbers[0]}: het và xem phải ghi cùng nhau")
        return self

    @property
    def is_law(self) -> bool:
        """Whether it has a name, as laws, codes and ordinances do; others have an abstract."""
        return self.name is not None and self.name.startswith(LAWS)

    def is_over(self, day: date) -> bool:
        return self.ended is not None and self.ended <= day


class KnownLaws(Entry):
    """The table; the day on which all of it was last looked through, and whence most of it is."""

    reviewed: Day = key("xem_lai", "Xem lại", "Ngày xem lại cả bảng.")
    source: Text = key("nguon", "Nguồn", "Nguồn của những dòng không ghi nguồn.")
    documents: tuple[KnownLaw, ...] = key("van_ban", "Văn bản", "Các dòng của bảng.")

    @cached_property
    def by_number(self) -> Mapping[str, KnownLaw]:
        return {number: law for law in self.documents for number in law.numbers}

    @cached_property
    def by_name(self) -> Mapping[str, tuple[KnownLaw, ...]]:
        """The laws of each name, in the order of the table: the older ones first."""
        named: dict[str, tuple[KnownLaw, ...]] = {}
        for law in self.documents:
            if law.is_law:
                named[str(law.name)] = (*named.get(str(law.name), ()), law)
        return named

    def told_instead(self, law: KnownLaw) -> str:
        """Say what stands in place of a law: "Luật Đất đai số 31/2024/QH15"."""
        new = self.by_number.get(str(law.instead))
        if new is None or new.name is None:
            return f"Nghị định số {law.instead}" if new is not None else str(law.instead)
        if new.is_law:
            return f"{new.name} số {law.instead}"
        return f"Nghị định số {law.instead} {new.name}"


@cache
def known_laws() -> KnownLaws:
    """Return the register of the program."""
    return read_data(KnownLaws, resources.files("vanban.checks").joinpath("laws.yaml"))


def title_end(text: str, citation: Citation, span: Span) -> int:
    """Return where the title of a citation ends: where the register says, if it knows it."""
    law = known_laws().by_number.get(citation.number)
    if law is None or law.name is None or law.is_law:
        return span.end
    title = r"\W+".join(map(re.escape, re.findall(r"\w+", law.name)))
    found = re.compile(rf"(?i:{title})(?!\w)").match(text, span.start)
    return found.end() if found else span.end
