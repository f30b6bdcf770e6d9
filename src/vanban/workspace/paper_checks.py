"""Papers against the row of their type (:data:`vanban.nd30.paper_forms.PAPER_FORMS`).

In: the workspace. Out: problems: an unknown type, keys that the type does not have or lacks, levels
of the body that it does not have or that stand where they may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from vanban.errors import Problem
from vanban.nd30.paper_forms import ATTACHABLE, NOT_MADE, PAPER_FORMS, Addressed, PaperForm
from vanban.workspace.files import PAPERS
from vanban.workspace.models.agency import Signer
from vanban.workspace.models.entry import IDENTIFIER, Entry
from vanban.workspace.models.paper import NORMATIVE, Paper, PaperPicture, Part, pieces_of
from vanban.workspace.paper_references import check_references
from vanban.workspace.picture_files import UnusablePicture, picture_of
from vanban.workspace.wording import closest
from vanban.workspace.workspace import Workspace

UNLEVELLED = ("doan", "gach", "bang", "hinh")
"""Keys of pieces that may stand anywhere."""


def check_papers(workspace: Workspace) -> list[Problem]:
    """Return what is wrong with the papers of the year, each at its place."""
    registered: dict[str, Entry] = {each.id: each for each in workspace.documents.documents}
    registered |= {str(each.id): each for each in workspace.cited_plans}
    problems: list[Problem] = []
    for name, paper in workspace.entries(PAPERS).items():
        if not re.fullmatch(IDENTIFIER, name):
            problems.append(
                paper.problem(
                    f"tên tệp “{name}” không dùng làm mã được — đổi tên tệp: chữ thường không dấu, "
                    "chữ số, dấu gạch nối, ví dụ cv-so-lieu-q3.yaml"
                )
            )
        elif name in registered:
            place = registered[name].at("id")
            problems.append(
                paper.problem(
                    f"mã “{name}” đã dùng cho một văn bản ở {place} — đổi tên tệp này, hoặc xóa "
                    "mục đó nếu là cùng một văn bản"
                )
            )
        problems += _check(paper, PAPER_FORMS.get(paper.type), workspace)
    return problems


def _check(paper: Paper, form: PaperForm | None, workspace: Workspace) -> Iterator[Problem]:
    if form is None:
        yield paper.problem(_unknown(paper.type), "type")
        return
    name = form.type.lower()
    if form.needs_abstract and paper.abstract is None:
        yield paper.problem(f"chưa có trích yếu — {name} phải có khóa này", "abstract")
    if form.addressed is Addressed.NEVER and paper.addressees:
        yield paper.problem(f"{name} không có “Kính gửi” — ghi ở noi_nhan", "addressees")
    if form.addressed is Addressed.MUST and not paper.addressees:
        yield paper.problem(f"chưa có nơi gửi — {name} phải có “Kính gửi”", "addressees")
    if form.two_sign and paper.secretary is None:
        yield paper.problem("chưa có người ghi biên bản — ghi họ tên vào khóa này", "secretary")
    if not form.two_sign and paper.secretary is not None:
        yield paper.problem(f"{name} chỉ có một người ký — xóa khóa này", "secretary")
    if form.is_letter and not any(workspace.units_by_id[unit].code for unit in paper.filing_units):
        yield paper.problem(
            "chưa có đơn vị soạn thảo có ky_hieu — ký hiệu công văn cần chữ viết tắt của đơn vị, "
            "ví dụ UBND-VHXH",
            "filing_units",
        )
    yield from _check_signer(paper, form, workspace.signers_by_id[paper.signer])
    yield from _check_parts(paper.parts, form, ())
    yield from _check_attached(paper, form)
    for annex in paper.annexes:
        yield from _check_parts(annex.parts, form, ())
    for entry in paper.entries():
        if isinstance(entry, PaperPicture):
            try:
                picture_of(entry, workspace)
            except UnusablePicture as error:
                yield entry.problem(str(error), "file")
    if paper.attached is None or paper.attached.type in ATTACHABLE:
        yield from check_references(paper, workspace)


def _check_signer(paper: Paper, form: PaperForm, signer: Signer) -> Iterator[Problem]:
    """Check that who signs by order (TL.) may sign this type (Decree 30/2020, Article 13.4)."""
    if signer.by_order_of is None or (form.type in signer.by_order_types and not form.order):
        return
    if form.order:
        yield paper.problem(
            f"{form.type.lower()} không ký thừa lệnh (TL.) — chọn người có thẩm quyền ban hành "
            "hoặc cấp phó ký thay",
            "signer",
        )
        return
    yield paper.problem(
        f"“{signer.id}” chưa được giao ký thừa lệnh {form.type.lower()} — chọn người ký khác, hoặc "
        "ghi loại này vào loai_thua_lenh của người ấy nếu quy chế làm việc có giao",
        "signer",
    )


ISSUES = re.compile(r"(ban hành|phê duyệt) kèm theo (quyết định|nghị quyết) này", re.IGNORECASE)


def _check_attached(paper: Paper, form: PaperForm) -> Iterator[Problem]:
    """Check that what a decision says to issue is there, and the other way round."""
    attached = paper.attached
    saying = next((each for each in pieces_of(paper.parts) if ISSUES.search(each.words)), None)
    if attached is None:
        if saying is not None and form.order and not paper.annexes:
            yield saying.problem(
                "chưa có văn bản được ban hành kèm theo — viết vào khóa kem_theo",
                saying.kind,
            )
        return
    if not form.order:
        yield paper.problem(
            f"{form.type.lower()} không ban hành văn bản kèm theo — dùng quyết định, hoặc đưa vào "
            "phu_luc",
            "attached",
        )
        return
    if saying is None:
        yield paper.problem(
            f"chưa có điều nào ghi “Ban hành kèm theo {form.type} này …” — thêm điều đó", "attached"
        )
    if attached.type in ATTACHABLE:
        yield from _check_parts(attached.parts, PAPER_FORMS[attached.type], ())
        return
    near = closest(attached.type, ATTACHABLE)
    what_to_do = (
        f"có phải “{near}”?" if near else f"chọn một trong: {', '.join(sorted(ATTACHABLE))}"
    )
    yield attached.problem(f"“{attached.type}” không ban hành kèm theo được — {what_to_do}", "type")


def _unknown(name: str) -> str:
    if re.search(r"quy phạm|qppl", name, re.IGNORECASE):
        return NORMATIVE.replace("bỏ khóa này", "soạn bằng Word theo nghị định đó")
    near = closest(name, PAPER_FORMS)
    if near is not None:
        return f"không có tên loại “{name}” — có phải “{near}”?"
    if name in NOT_MADE:
        return f"“{name}” không soạn ở đây: {NOT_MADE[name]} — soạn bằng Word"
    return f"không có tên loại “{name}” — chọn một trong: {', '.join(PAPER_FORMS)}"


def _check_parts(
    parts: Iterable[Part], form: PaperForm, around: tuple[str, ...]
) -> Iterator[Problem]:
    """Check the levels of ``parts``; ``around`` are the keys of the pieces around them."""
    order = list(form.levels)
    for part in parts:
        key = part.yaml_key
        outer = next((each for each in reversed(around) if each in form.levels), None)
        if key in UNLEVELLED:
            if part.parts and key != "doan":
                yield part.problem("trong gạch đầu dòng, bảng, hình không có phần nhỏ hơn", "parts")
        elif key not in form.levels:
            names = ", ".join(level.name for level in form.levels.values())
            yield part.problem(f"{form.type.lower()} không có cấp này — chỉ có {names}", part.kind)
        elif form.levels[key].within not in ("", outer):
            level, needed = form.levels[key], form.levels[form.levels[key].within]
            yield part.problem(
                f"{level.name} phải nằm trong {needed.name} — chuyển vào noi_dung của một "
                f"{needed.name}",
                part.kind,
            )
        elif outer is not None and order.index(key) <= order.index(outer):
            inner, whole = form.levels[key].name, form.levels[outer].name
            yield part.problem(f"{inner} không thể nằm trong {whole}", part.kind)
        yield from _check_parts(part.parts, form, (*around, key))
