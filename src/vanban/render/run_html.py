"""Runs → HTML for WeasyPrint, with signs that end its lines where Word and LibreOffice end them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from vanban.document import Run, Runs
from vanban.line_ends import BEFORE_SLASH, MAY_BREAK, PLACE

_GUIDED = re.compile(
    rf"(?P<may>(?:(?<=[-–‐])(?=\d)|(?=[…%′″‰])|(?<=\\))(?:{PLACE})"
    r"|(?<=[\"'“”‘’«»‹›„‚])(?= [(\[{]))"
    r"|(?<=[/\\}°])(?=\S)|(?<=\S)(?=[\\°‑])|(?<=\D[.,:;])(?=\d)"
    rf"|(?<=-){BEFORE_SLASH}"
)
JOIN, BREAK = "\u2060", MAY_BREAK
"""WeasyPrint ends lines elsewhere than Word and LibreOffice, as behind a slash ("4009/SNV") and the
dot of "I.1", and not behind the dash of "2021-2026" or at a blank as in "“một cửa” (nếu có)"; these
two have no width and leave no trace in the PDF.
"""

LINE_END = "\ue002"
"""Marks where a line ends inside a word that is wider than it, until it is written as HTML."""


def html_of_runs(runs: Runs) -> str:
    """Return the HTML of the runs of one paragraph; :data:`LINE_END` stands where a word is cut."""
    texts = list(_guided(tuple(run.text for run in runs)))
    if any(LINE_END in text for text in texts):
        return "".join(map(_run, runs, texts))
    # WeasyPrint asks for the room of a blank at the end of a line where an element ends with it.
    words = [text.rstrip(" ") for text in texts]
    return "".join(
        _run(run, word) + text[len(word) :]
        for run, word, text in zip(runs, words, texts, strict=True)
    )


def _run(run: Run, text: str) -> str:
    begin, end = "", ""
    if run.target is not None:
        words = escape(run.text.replace(LINE_END, "").strip())
        begin, end = f'<a href="#{escape(run.target)}" title="{words}">', "</a>"
    elif LINE_END in text:
        # Elements of their own: in one text WeasyPrint measures all that is left for every line.
        begin, end = "<span>", "</span>"
    html = "<br/>".join(f"{begin}{escape(line)}{end}" for line in text.split(LINE_END))
    if run.bold:
        html = f"<b>{html}</b>"
    if run.italic:
        html = f"<i>{html}</i>"
    return html


def _guided(texts: tuple[str, ...]) -> Iterator[str]:
    """Yield the ``texts`` of one paragraph with signs by which lines end where Word ends them."""
    whole, start = "".join(texts), 0
    signs = [
        (found.start(), JOIN if found["may"] is None else BREAK)
        for found in _GUIDED.finditer(whole)
    ]
    for text in texts:
        pieces, at, end = [], start, start + len(text)
        for place, sign in signs:
            if start < place <= end:
                pieces += [whole[at:place], sign]
                at = place
        yield "".join((*pieces, whole[at:end]))
        start = end


def html_of_text(text: str) -> str:
    """Return HTML of a paragraph."""
    return escape("".join(_guided((text,))))
