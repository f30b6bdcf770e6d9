"""A PDF whose objects say only once what they hold, for the moment when it is written.

pydyf asks each of them twice, for its place in the file and for the identifier of the file, and
compresses every stream both times: a twentieth of a whole build.
"""

from __future__ import annotations

from functools import cached_property

import pydyf  # type: ignore[import-untyped]


def settle(pdf: pydyf.PDF) -> None:
    """Let nothing in ``pdf`` change any more, but what is added: it is written next."""
    pdf.__class__ = _Settled
    for each in pdf.objects:
        _settle(each)


class _Settled(pydyf.PDF):  # type: ignore[misc]
    def add_object(self, object_: pydyf.Object) -> None:
        _settle(object_)
        super().add_object(object_)


class _Stream(pydyf.Stream):  # type: ignore[misc]
    @cached_property
    def data(self) -> bytes:
        made: bytes = super().data
        return made


class _Dictionary(pydyf.Dictionary):  # type: ignore[misc]
    @cached_property
    def data(self) -> bytes:
        made: bytes = super().data
        return made


def _settle(each: pydyf.Object) -> None:
    if isinstance(each, pydyf.Stream):
        each.__class__ = _Stream
    elif isinstance(each, pydyf.Dictionary):
        each.__class__ = _Dictionary
