"""The register of evidence as later stages need it: by sub-criterion, in order, described.

In: the workspace. Out: the entries of each sub-criterion, what each document is (also where the
register of cited documents says it), and the mistakes of data that no single entry can show.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vanban.errors import Problem
from vanban.evidence.inspection import Inspected, inspect
from vanban.evidence.place import evidence_folder, path_mistake
from vanban.workspace.models.criteria import code_order
from vanban.workspace.models.evidence import Evidence
from vanban.workspace.workspace import Workspace


@dataclass(frozen=True)
class Description:
    """What a document is, wherever that was typed; ``issuer`` is "" where none is known."""

    type: str
    number: str | None
    date: date | None
    issuer: str
    abstract: str


def entries(workspace: Workspace) -> tuple[Evidence, ...]:
    """Return the register's entries as typed; none where the year has no register."""
    return workspace.evidence.evidence if workspace.evidence is not None else ()


def folder_of(workspace: Workspace) -> Path:
    """Return the folder of this year's evidence files."""
    return evidence_folder(workspace.root, workspace.year)


def criterion_of(evidence: Evidence) -> str:
    """Return the sub-criterion that the code belongs to: 1.1.1 of 1.1.1-01."""
    return evidence.code.rpartition("-")[0]


def described(evidence: Evidence, workspace: Workspace) -> Description:
    """Return what the document is; an entry with ``van_ban`` takes it from there."""
    if evidence.document is not None:
        cited = workspace.documents_by_id[evidence.document]
        issuer = cited.issuer or (workspace.agency.short_name if cited.own else "")
        return Description(cited.type, cited.number, cited.date, issuer, cited.abstract)
    return Description(
        evidence.type or "",
        evidence.number,
        evidence.date,
        evidence.issuer or "",
        evidence.abstract or "",
    )


Order = tuple[date, bool, tuple[tuple[int, str], ...], tuple[int, ...], int]


def order_of(evidence: Evidence, workspace: Workspace) -> Order:
    """Return the sort key of documents within a criterion: date, then number, then code.

    A document without a date, or without a number, stands after those that have one.
    """
    facts = described(evidence, workspace)
    return (
        facts.date or date.max,
        facts.number is None,
        _natural(facts.number or ""),
        code_order(criterion_of(evidence)),
        int(evidence.code.rpartition("-")[2]),
    )


def ordered(workspace: Workspace) -> tuple[Evidence, ...]:
    """Return every entry once, in the order of the index and of the dossier's pages.

    Entries whose criterion is not in the set are left out; they are mistakes of the register.
    """
    return tuple(
        each
        for criterion, served in evidence_of(workspace).items()
        for each in served
        if criterion_of(each) == criterion
    )


def evidence_of(workspace: Workspace) -> dict[str, tuple[Evidence, ...]]:
    """Return the entries of every sub-criterion by its code, in the order of the set.

    Its own and those that other sub-criteria share with it stand in one order.
    """
    every = sorted(entries(workspace), key=lambda each: order_of(each, workspace))
    served: dict[str, list[Evidence]] = {code: [] for code in workspace.sub_criteria}
    for each in every:
        for code in {criterion_of(each), *each.also_for} & served.keys():
            served[code].append(each)
    return {code: tuple(listed) for code, listed in served.items()}


def _natural(number: str) -> tuple[tuple[int, str], ...]:
    """Return a sort key in which 9/KH-UBND stands before 15/KH-UBND."""
    return tuple(
        (int(digits or 0), letters) for digits, letters in re.findall(r"(\d*)(\D+|$)", number)
    )


# --- mistakes ---------------------------------------------------------------------------------


def check_register(workspace: Workspace) -> list[Problem]:
    """Return the mistakes of the register's data, without looking at any file, sorted."""
    problems: list[Problem] = []
    owners: dict[str, Evidence] = {}
    for evidence in entries(workspace):
        problems += _check_criteria(evidence, workspace)
        problems += _check_description(evidence)
        for attribute in ("file", "original"):
            name = getattr(evidence, attribute)
            if name is None:
                continue
            mistake = path_mistake(name)
            if mistake is not None:
                problems.append(evidence.problem(mistake, attribute))
            owner = owners.setdefault(name, evidence)
            if owner is not evidence:
                problems.append(
                    evidence.problem(
                        f"tệp này đã là của tài liệu {owner.code} ({owner.at('code')}) — một tài "
                        f"liệu chỉ khai một lần; thêm mã tiêu chí vào dung_cho của {owner.code}",
                        attribute,
                    )
                )
    return sorted(set(problems))


def check_files(workspace: Workspace) -> list[Problem]:
    """Return a problem for every entry whose file cannot be used as it is, sorted."""
    return file_problems(inspect(workspace).values())


def check_evidence(workspace: Workspace) -> list[Problem]:
    """Return every mistake of the register and of its files, sorted."""
    return sorted({*check_register(workspace), *check_files(workspace)})


def file_problems(inspected: Iterable[Inspected]) -> list[Problem]:
    """Return the problems of files that were looked at, sorted."""
    return sorted(
        {
            each.evidence.problem(f"{name}: {error}", attribute)
            for each in inspected
            for attribute, name, error in each.errors
        }
    )


def _check_criteria(evidence: Evidence, workspace: Workspace) -> list[Problem]:
    known, own = workspace.sub_criteria, criterion_of(evidence)
    problems = []
    if own not in known:
        if workspace.criteria is None:
            hint = "năm này chưa có tieu-chi.yaml — tạo tệp bộ tiêu chí trước"
        else:
            hint = f"bộ tiêu chí không có tiêu chí thành phần “{own}” — sửa mã này"
        problems.append(evidence.problem(hint, "code"))
    for position, code in enumerate(evidence.also_for):
        if code == own:
            message = "trùng với tiêu chí trong mã của chính tài liệu này — xóa mã này"
        elif code not in known and code.count(".") < 2:
            message = f"“{code}” không phải là tiêu chí thành phần — viết mã ba số, như 1.1.1"
        else:
            continue  # an unknown code is told with all other references
        problems.append(evidence.problem(message, "also_for", position))
    return problems


def _check_description(evidence: Evidence) -> list[Problem]:
    typed = [
        name
        for name in ("type", "number", "date", "issuer", "abstract")
        if getattr(evidence, name) is not None
    ]
    if evidence.document is not None:
        return [
            evidence.problem(
                "đã dẫn van_ban thì không khai lại — xóa khóa này để thông tin chỉ ở một nơi", name
            )
            for name in typed
        ]
    lacking = [
        key for name, key in (("type", "loai"), ("abstract", "trich_yeu")) if name not in typed
    ]
    if not lacking:
        return []
    return [
        evidence.problem(
            f"chưa rõ đây là tài liệu gì: thiếu {', '.join(lacking)} — ghi loai và trich_yeu, hoặc "
            "ghi van_ban nếu văn bản đã có trong van-ban.yaml",
            "code",
        )
    ]
