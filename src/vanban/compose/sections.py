"""The sections of a report: what sentences say of its figures, then what officials typed.

In: a report, the sentences of its outline and what words a figure. Out: the paragraphs of each
section, by the keys of the section in the file of the report ("ket_qua.thu_tuc.phan_anh").
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any

from jinja2 import UndefinedError
from msgspec import Struct

from vanban.compose.composed import Gap
from vanban.compose.sentences import IsZero, Says, Sentence, clause_of, unknown_in, worded
from vanban.errors import ContentError, TemplateError
from vanban.provenance import traced_list
from vanban.workspace.models.city_report import CityReport
from vanban.workspace.models.entry import Entry
from vanban.workspace.models.report import Report
from vanban.workspace.wording import closest


class Sections(Struct, frozen=True, dict=True):
    """The paragraphs of the sections of ``report``.

    ``says`` and ``is_zero`` tell of its figures, which are those of ``indicators``.
    """

    report: Report | CityReport
    sentences: tuple[Sentence, ...]
    indicators: Collection[str]
    says: Says
    is_zero: IsZero

    @cached_property
    def told(self) -> Mapping[str, str]:
        """The sentences of each section in one paragraph.

        Raises TemplateError and ContentError where sentences or the report name what is not there.
        """
        self._require_known()
        told: dict[str, list[str]] = {}
        for sentence in self.sentences:
            text = self._sentence(sentence)
            if text is not None and sentence.id not in self.report.left_out:
                told.setdefault(sentence.section, []).append(text)
        return {section: traced_list(" ", texts) for section, texts in told.items()}

    def _sentence(self, sentence: Sentence) -> str | None:
        own = self.report.sentences.get(sentence.id)
        if own is not None:
            return own.text
        return worded(clause_of(sentence.text), self.says, self.is_zero)

    def _require_known(self) -> None:
        unknown = [p for each in self.sentences for p in unknown_in(each, self.indicators)]
        if unknown:
            raise TemplateError(unknown)
        ids = [sentence.id for sentence in self.sentences]
        report = self.report
        named: list[tuple[str, str | int, str]] = [
            ("sentences", name, name) for name in report.sentences
        ]
        named += [("left_out", index, name) for index, name in enumerate(report.left_out)]
        problems = [
            report.problem(_unknown_sentence(name, ids), key, step)
            for key, step, name in named
            if name not in ids
        ]
        if problems:
            raise ContentError(problems)

    def paragraphs(self, section: str) -> tuple[str, ...]:
        """Return the paragraphs of a section; a single typed one goes on from the figures.

        Raises UndefinedError where there is no such section.
        """
        value: Any = self.report
        for name in section.split("."):
            value = getattr(value, _attribute(value, name))
        told = self.told.get(section, "")
        texts = tuple(text for text in (told, *(item.text for item in value)) if text)
        return (traced_list(" ", texts),) if told and len(value) == 1 else texts


def empty_sections(entry: Entry, prefix: str = "") -> Iterator[Gap]:
    """Yield every narrative section without text; its label is the title of its heading."""
    for name, declared in type(entry).model_fields.items():
        value = getattr(entry, name)
        keys = f"{prefix}{declared.alias}"
        if isinstance(value, Entry):
            yield from empty_sections(value, f"{keys}.")
        elif value == () and (prefix or name in ("next_steps", "proposals")):
            label = str(declared.title)
            yield Gap(f"chưa có nội dung: {label} ({keys})", entry.at(name), keys, label)


def _attribute(entry: Any, name: str) -> str:
    for attribute, declared in type(entry).model_fields.items():
        if declared.alias == name:
            return str(attribute)
    raise UndefinedError(f"báo cáo không có mục {name}")


def _unknown_sentence(name: str, known: list[str]) -> str:
    near = closest(name, known)
    what_to_do = f"có phải “{near}”?" if near else f"chọn một trong: {', '.join(known)}"
    return f"không có câu số liệu “{name}” — {what_to_do}"
