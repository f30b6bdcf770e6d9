"""Findings as text to read, as JSON and as SARIF 2.1.0."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vanban import __version__
from vanban.checks.finding import Finding, Severity, Spot
from vanban.checks.registry import all_rules

NAMES = {Severity.ERROR: "LỖI", Severity.WARNING: "CẢNH BÁO", Severity.INFO: "LƯU Ý"}
"""Severities as people read them; the order is that of the list."""

SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
MAX_PLACES = 6
"""Further places that one finding lists in text; JSON has them all."""

MAX_EXCERPT = 90


@dataclass(frozen=True)
class FileFindings:
    """What is told of one file, or of the content folder as a whole, for programs to read."""

    file: Path
    about: str = ""
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    declined: str = ""
    unreadable: str = ""


def place_text(spot: Spot) -> str:
    """Return "file:line:column", or "file: đoạn 12, trang 3" for a built Word file."""
    if spot.place.line or not spot.paragraph:
        return str(spot.place)
    if spot.part:
        return f"{spot.place.file}: {spot.part}"
    page = f", trang {spot.page}" if spot.page else ""
    return f"{spot.place.file}: đoạn {spot.paragraph}{page}"


def text_lines(
    findings: Iterable[Finding], missing: Iterable[str] = (), notes: bool = True
) -> Iterator[str]:
    """Yield the list to read: errors, missing data, warnings, notes, then what is accepted."""
    findings = tuple(findings)
    missing = tuple(missing)
    for severity, name in NAMES.items():
        if severity is Severity.WARNING and missing:
            yield f"CÒN THIẾU ({len(missing)})"
            yield from missing
            yield ""
        if severity is Severity.INFO and not notes:
            continue
        chosen = [each for each in findings if each.severity is severity and not each.excused]
        if chosen:
            yield f"{name} ({len(chosen)})"
        for finding in chosen:
            yield from _lines(finding)
        if chosen:
            yield ""
    excused = [each for each in findings if each.excused]
    if excused:
        yield f"ĐÃ CHẤP NHẬN ({len(excused)})"
    for finding in excused:
        yield f"{place_text(finding.spot)}: {finding.message} [{finding.rule}]"
        yield f"    lý do: {finding.excused}"
    if excused:
        yield ""


def _lines(finding: Finding) -> Iterator[str]:
    todo = f" — {finding.suggestion}" if finding.suggestion else ""
    yield f"{place_text(finding.spot)}: {finding.message}{todo}"
    words = " ".join(finding.spot.excerpt.split())
    if len(words) > MAX_EXCERPT:
        words = words[: MAX_EXCERPT - 1].rsplit(" ", 1)[0] + " …"
    excerpt = f"“{words}” · " if words else ""
    yield f"    {excerpt}{finding.clause} [{finding.rule}]"
    others = [*dict.fromkeys(map(place_text, finding.spots))][1:]
    if others:  # several headings of a document may stand in one line of its outline
        more = f" và {len(others) - MAX_PLACES} chỗ nữa" if len(others) > MAX_PLACES else ""
        yield f"    còn ở: {'; '.join(others[:MAX_PLACES])}{more}"


def summary(findings: Iterable[Finding]) -> str:
    """Return "3 lỗi, 10 cảnh báo, 2 lưu ý; đã chấp nhận 1"."""
    findings = tuple(findings)
    counts = [
        f"{sum(each.severity is severity and not each.excused for each in findings)} {name.lower()}"
        for severity, name in NAMES.items()
    ]
    excused = sum(bool(each.excused) for each in findings)
    return ", ".join(counts) + (f"; đã chấp nhận {excused}" if excused else "")


def json_text(files: Iterable[FileFindings]) -> str:
    """Return a list of objects, one a file, each with ``findings``; a finding's first place is its.

    ``line`` is the number of the paragraph in Word files, where ``page`` is known as well.
    """
    objects = [
        {
            "file": each.file.as_posix(),
            "about": each.about,
            "findings": [_object(finding) for finding in each.findings],
            "notes": list(each.notes),
            "declined": each.declined or None,
            "unreadable": each.unreadable or None,
        }
        for each in files
    ]
    return json.dumps(objects, ensure_ascii=False, indent=2)


def _object(finding: Finding) -> dict[str, object]:
    return {
        **_spot(finding.spot),
        "rule": finding.rule,
        "severity": str(finding.severity),
        "message": finding.message,
        "suggestion": finding.suggestion,
        "clause": finding.clause,
        "excused": finding.excused,
        "documents": sorted(finding.documents),
        "count": len(finding.spots),
        "places": [_spot(spot) for spot in finding.spots],
    }


def _spot(spot: Spot) -> dict[str, object]:
    return {
        "file": spot.place.file.as_posix(),
        "line": spot.place.line or spot.paragraph,
        "column": spot.place.column,
        **({"page": spot.page} if spot.page else {}),
        **({"part": spot.part} if spot.part else {}),
        "excerpt": spot.excerpt,
    }


def sarif_text(findings: Iterable[Finding]) -> str:
    """Return the findings as a SARIF 2.1.0 log of one run."""
    rules = [
        {
            "id": rule.id,
            "shortDescription": {"text": rule.title},
            "help": {"text": rule.clause},
            "defaultConfiguration": {"level": SARIF_LEVELS[rule.severity]},
        }
        for rule in all_rules()
    ]
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "vanban", "version": __version__, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": [_result(each) for each in findings],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2)


def _result(finding: Finding) -> Mapping[str, object]:
    todo = f" — {finding.suggestion}" if finding.suggestion else ""
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "level": SARIF_LEVELS[finding.severity],
        "message": {"text": f"{finding.message}{todo}"},
        "locations": [_location(spot) for spot in finding.spots],
    }
    if finding.excused:
        result["suppressions"] = [{"kind": "external", "justification": finding.excused}]
    return result


def _location(spot: Spot) -> Mapping[str, object]:
    file: dict[str, object] = {"artifactLocation": {"uri": spot.place.file.as_posix()}}
    location: dict[str, object] = {"physicalLocation": file}
    if spot.place.line:
        file["region"] = {
            "startLine": spot.place.line,
            "startColumn": max(spot.place.column, 1),
            "snippet": {"text": spot.excerpt},
        }
    elif spot.paragraph:
        name = spot.part or f"đoạn {spot.paragraph}"
        location["logicalLocations"] = [{"kind": "element", "name": name}]
    return location
