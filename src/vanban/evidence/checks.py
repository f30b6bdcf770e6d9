"""Mistakes of the register of evidence that no single value can show.

In: the workspace. Out: problems, sorted, each at the key of its entry.
"""

from __future__ import annotations

from vanban.errors import Problem
from vanban.evidence.descriptions import criterion_of, entries
from vanban.evidence.place import path_mistake
from vanban.workspace.models.evidence import Evidence
from vanban.workspace.workspace import Workspace


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
