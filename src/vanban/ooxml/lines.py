"""What is gathered of one paragraph while its runs are read: text, formatting, fields, drawings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from vanban.ooxml.markup import Element
from vanban.ooxml.styles import CharacterFormat
from vanban.ooxml.word_file import Gap, Run

_NAME = re.compile(r"\s*(=|[A-Za-z]+)")
_ERROR = re.compile(r"^[^\W\d]+\s?[!！]")
"""How an error of Word begins, in whichever language it runs."""

CONTENTS = frozenset(("TOC", "TOA"))
"""Fields that print a table of contents or of authorities."""


@dataclass
class Line:
    """The text of a paragraph so far and what hangs on it."""

    style_id: str
    texts: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    drawn: bool = False
    maybe_drawn: bool = False
    picture: bool = False
    page_break: bool = False
    break_after: bool = False
    margin_tab: str = ""
    length: int = 0
    listed: int = 0
    """Letters that a table of contents holds."""

    def add(self, text: str, format_: CharacterFormat) -> None:
        if not text:
            return
        self.texts.append(text)
        if self.runs and self.runs[-1].format is format_:
            self.runs[-1] = replace(self.runs[-1], end=self.length + len(text))
        else:
            self.runs.append(Run(self.length, self.length + len(text), format_))
        self.length += len(text)

    def add_break(self) -> None:
        """Note a page break: before the words of the paragraph or after some of them."""
        if self.text.strip():
            self.break_after = True
        else:
            self.page_break = True

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def shifted_runs(self, length: int) -> tuple[Run, ...]:
        """Return the pieces behind a label ``length`` long."""
        if not length:
            return tuple(self.runs)
        return tuple(
            replace(each, start=each.start + length, end=each.end + length) for each in self.runs
        )

    def shifted_gaps(self, length: int) -> tuple[Gap, ...]:
        """Return the gaps behind a label ``length`` long."""
        return tuple(
            replace(each, start=each.start + length, end=each.end + length) for each in self.gaps
        )


@dataclass
class OpenField:
    """A field that is being read: its instruction, then its result from ``start`` of ``line``."""

    instruction: str = ""
    begun: bool = False
    line: Line | None = None
    start: int = 0

    @property
    def name(self) -> str:
        """The name in capitals, however it is spelt: "page", "PAGE\\* MERGEFORMAT"."""
        found = _NAME.match(self.instruction)
        return found[1].upper() if found else ""

    @property
    def is_contents(self) -> bool:
        return self.begun and self.name in CONTENTS

    def begin(self, line: Line) -> None:
        """Begin the result."""
        self.begun, self.line, self.start = True, line, line.length
        if self.name:
            line.fields.append(self.name)

    def end(self, line: Line) -> None:
        """Close the field; a result that waits to be filled in becomes a gap of ``line``."""
        if not self.begun:
            self.begin(line)
        if self.line is not line:
            return
        result = line.text[self.start :].strip()
        words = " ".join(self.instruction.split())
        match self.name:
            case "MERGEFIELD" if not result or (result[0] == "«" and result[-1] == "»"):
                line.gaps.append(Gap(self.start, line.length, words))
            case "REF" | "PAGEREF" | "NOTEREF" | "STYLEREF" if _ERROR.search(result):
                line.gaps.append(Gap(self.start, line.length, words))
            case "FORMTEXT" if not result:
                line.gaps.append(Gap(self.start, line.length, "ô biểu mẫu còn trống"))
            case "MACROBUTTON":
                shown = words.split(" ", 2)[2:]
                line.gaps.append(Gap(self.start, line.length, *shown or [words]))
