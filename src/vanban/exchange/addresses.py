"""Addresses of values of content: file and keys, items of lists by their ids.

A position in a list changes with every item before it; an id stays, so that a Word file that was
built last week still leads to the right task.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from vanban.exchange.marks import Address
from vanban.provenance import Keys, Origin
from vanban.workspace.folder import whole_path
from vanban.workspace.source import Mapping, Node, Sequence
from vanban.workspace.workspace import Workspace

ID = "ma"
"""The key of an item by which others refer to it."""


def addresses(workspace: Workspace) -> Address:
    """Return what names the values of ``workspace``."""
    here = workspace.here
    root = whole_path(workspace.root, here)
    trees = {held.path: held.entry.tree for held in workspace.held}

    @cache
    def named(path: Path) -> str:
        return PurePath(os.path.relpath(whole_path(path, here), root)).as_posix()

    def address(origin: Origin) -> str:
        path = origin.place.file
        return f"{named(path)}:{_named(trees.get(path), origin.path)}"

    return address


def _named(tree: Node, keys: Keys) -> str:
    steps, node = [], tree
    for step in keys:
        node = _below(node, step)
        own = node.get(ID) if isinstance(node, Mapping) else None
        steps.append(f"#{own if isinstance(own, str) else step}" if isinstance(step, int) else step)
    return "/".join(steps)


def _below(node: Any, step: str | int) -> Any:
    if isinstance(node, Mapping) and isinstance(step, str):
        return node.get(step)
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node):
        return node[step]
    return None
