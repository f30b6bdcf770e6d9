"""The keys by which content names the folder that it shares, and the version of that folder.

They stand apart from the models that use them: whether anything changed is told without these.
"""

SHARED_KEY = "dung_chung"
NUMBER_KEY, PIN_KEY = "phien_ban", "phien_ban_dung_chung"
NUMBER = r"[0-9]{1,4}(\.[0-9]{1,4}){0,3}"
"""What the number of a version of the shared folder is like, 2026.1."""
