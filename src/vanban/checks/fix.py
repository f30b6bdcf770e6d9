"""Certain mistakes mended in the YAML itself: comments, layout and every other line stay.

An edit lies within one line, which the check has reported; what spans lines or is spelled in
another way in the file (escapes in quotes) stays reported and is left to a person.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from vanban.checks.excuses import covers
from vanban.checks.locate import spot_of
from vanban.checks.registry import rules_for
from vanban.checks.rules import NotEvaluated, Project, hits_of
from vanban.workspace.edit import Edit, replace_words
from vanban.workspace.models.house_rules import Review
from vanban.workspace.yaml_file import parse_yaml
from vanban.workspace.yaml_mends import find_mends


def find_edits(project: Project, review: Review) -> tuple[Edit, ...]:
    """Return the edits of all certain hits that nobody excused, without overlaps, in order."""
    edits: set[Edit] = set()
    for rule in rules_for(project.workspace):
        try:
            hits = [hit for hit in hits_of(rule, project) if hit.replacement is not None]
        except NotEvaluated:
            continue  # told by the check itself
        for hit in hits:
            spot = spot_of(hit.at, hit.replacement)
            if not any(each.rule == rule.id and covers(each, spot) for each in review.excuses):
                edits.update(spot.edits)
    return without_overlaps(edits)


def without_overlaps(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return ``edits`` in order, of those that touch the same words the first."""
    kept: list[Edit] = []
    for edit in sorted(edits):
        last = kept[-1] if kept else None
        if (
            last is not None
            and (last.path, last.line) == (edit.path, edit.line)
            and edit.column < last.column + max(len(last.old), 1)
        ):
            continue
        kept.append(edit)
    return tuple(kept)


def mended_files(texts: Mapping[Path, str]) -> dict[Path, tuple[bytes, bytes]]:
    """Return before and after of every file that copying left signs in, loadable or not."""
    files: dict[Path, tuple[bytes, bytes]] = {}
    for path, text in texts.items():
        edits = [Edit(path, each.line, 1, each.old, each.new) for each in find_mends(text)]
        if edits:
            before = path.read_bytes()
            after = replace_words(before, edits)
            if parse_yaml(before, path).tree is None or parse_yaml(after, path).tree is not None:
                files[path] = (before, after)
    return files


def fixed_files(edits: Iterable[Edit]) -> dict[Path, tuple[bytes, bytes]]:
    """Return before and after of every file with edits.

    A file that would no longer be sound YAML is left out: its mistakes stay reported.
    """
    by_path: dict[Path, list[Edit]] = {}
    for edit in edits:
        by_path.setdefault(edit.path, []).append(edit)
    files: dict[Path, tuple[bytes, bytes]] = {}
    for path, chosen in by_path.items():
        before = path.read_bytes()
        after = replace_words(before, chosen)
        if before != after and not parse_yaml(after, path).problems:
            files[path] = (before, after)
    return files


def diff_lines(files: Mapping[Path, tuple[bytes, bytes]]) -> Iterator[str]:
    """Yield the changes as a unified diff without context."""
    for path, (before, after) in files.items():
        yield from difflib.unified_diff(
            before.decode().splitlines(),
            after.decode().splitlines(),
            str(path),
            str(path),
            lineterm="",
            n=0,
        )
