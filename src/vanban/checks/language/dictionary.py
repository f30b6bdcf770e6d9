"""The Vietnamese dictionary of the machine (hunspell-vi): which syllables exist.

It is used where it is installed and never copied. It knows each syllable in one placement of the
tone (hoà), so words are turned to that first.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from vanban.checks.rules import NotEvaluated
from vanban.io.installed import dictionary_file
from vanban.io.memory import recall
from vanban.nd30.letters import Placement, place_tone, without_marks

if TYPE_CHECKING:
    from spylls.hunspell import Dictionary as Hunspell

_I, _Y = "iìỉĩíị", "yỳỷỹýỵ"
_ONLY_I = re.compile(rf"((?:[^\W\d_aăâeêioôơuưy]|qu)*)([{_I}{_Y}])")

_ONLY_SUGGESTS = re.compile(r"\s*$|#|(?:SET UTF-8|(?:TRY|KEY|MAP|REP)\s.*)\s*$")
"""Lines of rules that say nothing of which words exist."""

REMEDY = "hãy cài: sudo apt-get install hunspell-vi"


class Dictionary:
    """The syllables that exist; its files are read for words of which nothing is remembered."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, bool] = {}

    def knows(self, word: str) -> bool:
        """Say whether the word exists, in either placement of its tone, with i or y (sĩ, sỹ)."""
        return self._kept(word, lambda: any(map(self._looks_up, (word, _other_i(word)))))

    def knows_with_marks(self, word: str) -> bool:
        """Say whether the word, typed without any marks, is one that lost them (trien: triển)."""
        return word == bare(word) and self._kept(f"{word}?", lambda: word in self._bare)

    def _kept(self, key: str, look: Callable[[], bool]) -> bool:
        if key not in self._known:
            value = recall(f"word:{key}", look, lambda value: isinstance(value, bool))
            self._known[key] = bool(value)
        return self._known[key]

    def _looks_up(self, word: str) -> bool:
        second = place_tone(word, Placement.SECOND)
        look = self._hunspell.lookup if self._listed is None else self._is_listed
        return any(map(look, (second, second.capitalize())))

    def _is_listed(self, word: str) -> bool:
        return word.isdecimal() or word in (self._listed or ())

    @cached_property
    def _bare(self) -> frozenset[str]:
        if self._listed is not None:
            return frozenset(map(bare, self._listed))
        return frozenset(bare(word.stem) for word in self._hunspell.dic.words)

    @cached_property
    def _listed(self) -> frozenset[str] | None:
        """The words, where the files list whole words and nothing else; None where they do not."""
        try:
            rules = self._path.with_suffix(".aff").read_text(encoding="utf-8").splitlines()
            count, *words = self._path.read_text(encoding="utf-8").splitlines()
        except (UnicodeDecodeError, ValueError):
            return None
        plain = {"SET UTF-8"}.issubset(rules) and all(map(_ONLY_SUGGESTS.match, rules))
        whole = plain and count.isdecimal() and all(map(str.isalnum, words))
        return frozenset(words) if whole else None

    @cached_property
    def _hunspell(self) -> Hunspell:
        from spylls.hunspell import Dictionary as Hunspell
        from spylls.hunspell import readers
        from spylls.hunspell.readers.file_reader import BaseReader

        class Reader(BaseReader):  # type: ignore[misc]
            """Reads a file of hunspell whole; the reader of spylls leaves its files open."""

            def __init__(self, path: Path) -> None:
                self._path = path
                super().__init__(io.StringIO(path.read_text(encoding="utf-8")))

            def reset_encoding(self, encoding: str) -> None:
                self.reset_io(io.StringIO(self._path.read_text(encoding=encoding)))

        aff, context = readers.read_aff(Reader(self._path.with_suffix(".aff")))
        return Hunspell(aff, readers.read_dic(Reader(self._path), aff=aff, context=context))


def bare(word: str) -> str:
    """Return the word in lower case without tone and marks: duong for Đường."""
    return without_marks(word.lower())


def _other_i(word: str) -> str:
    """Return the word with y for i, i for y, where that is its only vowel; else the word."""
    found = _ONLY_I.fullmatch(word)
    if found is None:
        return word
    return found[1] + (_I if found[2] in _Y else _Y)[(_Y if found[2] in _Y else _I).index(found[2])]


def load() -> Dictionary:
    """Return the dictionary; raises NotEvaluated where the machine has none."""
    path = dictionary_file()
    if path is None:
        raise NotEvaluated(f"máy này chưa có từ điển tiếng Việt — {REMEDY}")
    return _of(path)


@cache
def _of(path: Path) -> Dictionary:
    return Dictionary(path)
