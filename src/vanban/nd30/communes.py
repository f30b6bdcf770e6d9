"""Communes and the committees that govern them, as texts name them."""

from __future__ import annotations

COMMUNES = ("xã", "phường", "đặc khu")
"""The kinds of communes, in the order in which laws name them (Law 72/2025/QH15, Article 1)."""

COMMITTEES = ("ủy ban nhân dân", "uỷ ban nhân dân", "ubnd")
"""A people's committee, in small letters, however it is spelled."""

COMMITTEE = f"(?:{'|'.join(COMMITTEES)})"
"""The same as an expression, for texts in small letters or without regard to capitals."""
