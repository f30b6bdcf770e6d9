"""One typesetter for all tests of the dossier."""

from __future__ import annotations

import pytest

from dossiers import Maker


@pytest.fixture(scope="session")
def maker() -> Maker:
    return Maker()
