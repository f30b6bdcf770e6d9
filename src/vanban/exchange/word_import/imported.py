"""A file taken in: the content that it becomes, by the kind of document that it is.

Files are trees of YAML keys; ``yaml_tree_text`` writes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any

from msgspec import Struct

from vanban.checks.form.components import Components, find_components
from vanban.compose.sentences import read_sentences
from vanban.errors import ContentError
from vanban.evidence.file_names import slug
from vanban.exchange.word_import.issue_data import abstract_of, issue_data, loose_bases
from vanban.exchange.word_import.ledger import Ledger
from vanban.exchange.word_import.numbered_tree import numbered_tree
from vanban.exchange.word_import.paper import PaperReader, parted
from vanban.exchange.word_import.plan import PlanReader
from vanban.exchange.word_import.plan_areas import AreaReader, tasks_in
from vanban.exchange.word_import.registers import Addition, Registers, free_id
from vanban.exchange.word_import.report import ReportReader, period_in
from vanban.exchange.word_import.source import Original
from vanban.exchange.word_import.targets import Targets
from vanban.nd30.document_types import ABBREVIATIONS
from vanban.nd30.paper_forms import PAPER_FORMS
from vanban.workspace.files import AREAS, PAPERS, PLAN, REPORTS
from vanban.workspace.instructions import MARKER
from vanban.workspace.workspace import Workspace

KINDS = {"plan": "kế hoạch", "report": "báo cáo", "document": "văn bản soạn thảo"}
"""Kinds of documents that can be taken in, and what they are called."""


class Imported(Struct, frozen=True):
    """What a file becomes; ``document`` is the id of what is built of it.

    ``files`` are trees by their paths below the folder of the year; ``counts`` say what was
    recognised, in words; ``unsure`` are lines to be looked at.
    """

    document: str
    year: int
    files: Mapping[PurePath, Mapping[str, Any]]
    additions: tuple[Addition, ...]
    counts: tuple[str, ...]
    unsure: tuple[str, ...]
    ledger: Ledger


def year_in(original: Original) -> int | None:
    """Return the year of the date of a file, else that of its title; None where it has none."""
    components = find_components(original.word)
    for name in ("dia-danh-thoi-gian", "trich-yeu", "trich-yeu-cong-van"):
        text = " ".join(part.text for part in components.get(name))
        found = re.findall(r"năm\s+((?:19|20)\d\d)(?!\d)", text)
        if found:
            return int(found[-1])
    return None


def import_plan(original: Original, workspace: Workspace, year: int, templates: Path) -> Imported:
    """Take in a plan; raises ContentError where the file holds nothing of one."""
    components = find_components(original.word)
    ledger, registers = Ledger(original.paragraphs), Registers(workspace)
    targets = Targets(tuple(workspace.all_indicators()))
    data = {"ma": f"kh-{year}", **_head(components, ledger, registers)}
    data["trich_yeu"] = data["trich_yeu"] or f"{MARKER}: ghi trích yếu"
    areas = AreaReader(ledger, registers, targets)
    reader = PlanReader(ledger, registers, areas)
    root = numbered_tree(components.body)
    bases = loose_bases(root, ledger, registers)
    data["can_cu"] += bases
    reader.read(root)
    if components.annexes:
        reader.annex(components.flow[components.annexes[0].index :])
    tasks = sum(1 for area in areas.areas for _ in tasks_in(area))
    if not tasks:
        message = "không thấy nhiệm vụ nào dưới mục “Nhiệm vụ” — tệp này có phải là kế hoạch?"
        raise ContentError.at(original.file, message)
    first = ("dan_bai", "phu_luc_nhiem_vu")
    data |= {name: reader.data[name] for name in (*first, *reader.data) if name in reader.data}
    files: dict[PurePath, Mapping[str, Any]] = {PurePath(PLAN.name): data}
    for number, area in enumerate(areas.areas, 1):
        files[PurePath(AREAS.name) / f"{number:02}-{area['ma']}.yaml"] = area
    found = [task for area in areas.areas for task in tasks_in(area)]
    counts = (
        f"{len(areas.areas)} lĩnh vực, {tasks} nhiệm vụ",
        f"{len(data['muc_dich'])} mục đích, {len(data['yeu_cau']['nhiem_vu'])} yêu cầu",
        f"{sum(len(task.get('chi_tieu', ())) for task in found)} chỉ tiêu có mức",
        *_issue_counts(data),
    )
    return Imported(
        "plan",
        year,
        files,
        tuple(registers.additions),
        counts,
        (*registers.unsure, *targets.unsure),
        ledger,
    )


def import_report(original: Original, workspace: Workspace, year: int, templates: Path) -> Imported:
    """Take in the report of a period, which its title names; raises ContentError without one."""
    components = find_components(original.word)
    title = " ".join(part.text for part in components.get("trich-yeu"))
    period = period_in(title)
    if period is None:
        message = "không đọc được kỳ báo cáo từ trích yếu — trích yếu cần ghi quý, 6 tháng hoặc năm"
        raise ContentError.at(original.file, message)
    ledger, registers = Ledger(original.paragraphs), Registers(workspace)
    data = issue_data(components, ledger, registers)
    ledger.printed(*components.get("trich-yeu"))
    root = numbered_tree(components.body)
    data["can_cu"] += loose_bases(root, ledger, registers)
    reader = ReportReader(ledger, registers)
    reader.read(root)
    if components.annexes:
        reader.annexes(components.flow[components.annexes[0].index :])
    tree = reader.tree()
    texts = sum(map(len, reader.narrative.values()))
    if not texts:
        message = "không thấy mục nào của báo cáo cải cách hành chính — tệp này có phải là báo cáo?"
        raise ContentError.at(original.file, message)
    data["pham_vi"] = reader.scope or f"{MARKER}: nói rõ số liệu gồm những gì"
    told = {".".join(keys) for keys in reader.narrative}
    left_out = [each.id for each in read_sentences(templates) if each.section in told]
    data["bo_cau"] = tuple(left_out)
    counts = (
        f"kỳ {period}: {texts} đoạn ở {len(reader.narrative)} mục, {len(reader.figures)} số liệu",
        *_issue_counts(data),
    )
    return Imported(
        f"report-{period}",
        year,
        {PurePath(REPORTS.name) / f"{period}.yaml": {**data, **tree}},
        tuple(registers.additions),
        counts,
        tuple(registers.unsure),
        ledger,
    )


def import_paper(
    original: Original,
    workspace: Workspace,
    year: int,
    templates: Path,
    reserved: frozenset[str] = frozenset(),
) -> Imported:
    """Take in a document of any type, whose id is none of ``reserved``.

    Raises ContentError for a type that cannot be drafted.
    """
    word, rest = parted(original.word)
    components = find_components(word)
    form = PAPER_FORMS.get(components.kind)
    if form is None:
        kind = components.kind or "không rõ tên loại"
        message = f"chưa nhận loại văn bản này ({kind}) — loại nhận được: {', '.join(PAPER_FORMS)}"
        raise ContentError.at(original.file, message)
    ledger, registers = Ledger(original.paragraphs), Registers(workspace)
    reader = PaperReader(ledger, registers, form)
    data = reader.read(components, _head(components, ledger, registers), rest)
    name = _paper_id(original, form.type, data.get("so"), {*workspace.documents_by_id, *reserved})
    counts = (f"{form.type}, mã {name}", *_issue_counts(data))
    return Imported(
        name,
        year,
        {PurePath(PAPERS.name) / f"{name}.yaml": data},
        tuple(registers.additions),
        counts,
        tuple(registers.unsure),
        ledger,
    )


def _paper_id(original: Original, kind: str, number: str | None, taken: set[str]) -> str:
    """Return "cv-12" by type and number, words of the file's name without; none of ``taken``."""
    short = ABBREVIATIONS.get(kind, "CV")
    stem = slug(f"{short} {number}" if number else original.file.stem).lower() or "van-ban"
    return free_id(stem, taken)


def _head(components: Components, ledger: Ledger, registers: Registers) -> dict[str, Any]:
    return {
        "trich_yeu": abstract_of(components, ledger),
        **issue_data(components, ledger, registers),
    }


def _issue_counts(data: Mapping[str, Any]) -> tuple[str, ...]:
    names = (("can_cu", "căn cứ"), ("kinh_gui", "nơi kính gửi"), ("noi_nhan", "nơi nhận"))
    return (
        ", ".join(f"{len(data.get(key, ()))} {name}" for key, name in names if data.get(key)),
        f"người ký: {data['nguoi_ky']}",
    )
