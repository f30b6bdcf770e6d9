"""What tests of processes share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from vanban.io.workers import Workers


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """One daemonic process without threads."""
    with Workers(1) as one:
        yield one
