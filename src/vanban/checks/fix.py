"""Certain mistakes mended in the YAML itself: comments, layout and every other line stay.

An edit lies within one line, which the check has reported; what spans lines or is spelled in
another way in the file (escapes in quotes) stays reported and is left to a person.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from vanban.checks.excuses import covers
from vanban.checks.finding import Hit, Stretch
from vanban.checks.locate import pieces, source_at, spot_of
from vanban.checks.registry import rules_for
from vanban.checks.rules import NotEvaluated, Project, hits_of
from vanban.errors import Place
from vanban.provenance import Source
from vanban.workspace.edit import Edit, replace_words
from vanban.workspace.models.house_rules import Review
from vanban.workspace.source import Scalar
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
            if not _is_excused(rule.id, hit, review):
                edits.update(_edits(hit))
    return _without_overlaps(sorted(edits))


def _is_excused(rule: str, hit: Hit, review: Review) -> bool:
    spot = spot_of(hit.at, hit.replacement)
    return any(each.rule == rule and covers(each, spot) for each in review.excuses)


def _edits(hit: Hit) -> Iterator[Edit]:
    at = hit.at
    if not isinstance(at, Stretch) or hit.replacement is None:
        return
    edits = []
    for start, end, new in pieces(at.excerpt, hit.replacement):
        source = source_at(at)
        if source is None or at.start + start < source.start or at.start + end > source.end:
            return
        old = at.excerpt[start:end]
        place = _place_of(old, source, at.start + start)
        if place is None:
            return
        edits.append(Edit(place.file, place.line, place.column, old, new))
    if len({edit.line for edit in edits}) == 1:
        yield from edits


def _place_of(words: str, source: Source, start: int) -> Place | None:
    """Return where ``words`` stand in their file, None where it spells them otherwise."""
    (value,) = source.origins
    if not isinstance(value, Scalar) or value.written is None:
        return None
    place = source.place_at(start)
    line = value.written.file.line(place.line)
    return place if line[place.column - 1 :].startswith(words) else None


def _without_overlaps(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    kept: list[Edit] = []
    for edit in edits:
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
