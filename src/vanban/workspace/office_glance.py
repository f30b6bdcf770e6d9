"""What kind of office content is of, at a glance, without reading ``co-quan.yaml`` as YAML.

Only what is offered on the screen comes from here.
"""

from __future__ import annotations

import re
from pathlib import Path

from vanban.io.read import read_file
from vanban.io.text import MAX_BYTES
from vanban.nd30.communes import COMMITTEE
from vanban.workspace.files import AGENCY

_OF_PROVINCE = re.compile(
    rf"^ten:\s*[\"']?(?:{COMMITTEE}\s+(?:tỉnh|thành phố)\b|sở\s)",
    re.IGNORECASE | re.MULTILINE,
)


def is_of_province(content: Path) -> bool:
    """Say whether the office is a province's or city's: its people's committee, a department."""
    try:
        text = read_file(content / AGENCY.name, MAX_BYTES).decode(errors="replace")
    except OSError:
        return False
    return _OF_PROVINCE.search(text) is not None
