"""Names that no person gave: files of systems, editors and cloud folders, in whatever folder.

In: the name of a file. Out: whether it is to be passed over in silence, and of which file it is
a copy that a cloud folder made when two people saved at once.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from vanban.nd30.letters import composed

_IGNORED = re.compile(
    r"""
    \..* | ~.* | .*~                                      # hidden; locks and copies of editors
    | \#.*\# | 4913                                        # Emacs, vim while they save
    | .*\.(tmp|temp|bak|swp|swo|part|partial|crdownload)
    | desktop\.ini | (eh)?thumbs(_vista)?\.db                # Windows
    | icon[\r\n]? | \$recycle\.bin | system\ volume\ information | __macosx
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_COPY = re.compile(
    r"""
    (?: (?P<before> copy\ of\ | bản\ sao\ (của\ )? ) )?
    (?P<name> .+? )
    (?P<after>
        \s* \( \d{1,2} \)                                 # Google Drive, browsers: q3 (1)
        | \s* [-–]\s+ (copy|sao\ chép|bản\ sao) (\s* \( \d+ \))?      # Windows: q3 - Copy (2)
        | \s+ (copy|bản\ sao) (\s \d+)?                   # macOS: q3 copy 2
        | \s* [(\[] [^()\[\]]* (conflict | xung\ đột) .* [)\]]        # Dropbox, Nextcloud
        | [\s._-]+ (sync-)? conflict .* | [\s._-]+ xung\ đột .*       # Syncthing, ownCloud
        | - (desktop|laptop|may|pc) - [a-z0-9]+ (-\d+)?   # OneDrive: the computer's name
    )?
    """,
    re.VERBOSE | re.IGNORECASE,
)


def is_ignored(name: str) -> bool:
    """Say whether a file or folder of this name was left by a system, an editor or a download."""
    return _IGNORED.fullmatch(name) is not None


def copy_of(name: str) -> str | None:
    """Return the name that "q3 (1).yaml" is a copy of: "q3.yaml"; None where it is no copy.

    Known are the words that Windows, macOS, OneDrive, Google Drive, Dropbox, Nextcloud and
    Syncthing add, in English or Vietnamese.
    """
    path = PurePath(composed(name))
    found = _COPY.fullmatch(path.stem)
    if found is None or not (found["before"] or found["after"]):
        return None
    return found["name"] + path.suffix
