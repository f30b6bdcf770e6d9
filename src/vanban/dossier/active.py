"""What of a PDF does not enter the dossier, in words for warnings.

Only pages are taken over, as drawings; nothing of a file's catalogue and no annotation. So nothing
active can enter, and this module only says what was left behind; what stays behind of the drawings
themselves, ``drawn`` and ``annotations`` say.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf

from vanban.dossier.annotations import annotations_of
from vanban.dossier.drawn import ATTACHED
from vanban.evidence.pdf_pages import inherited, name_of

ACTIONS = {
    "/JavaScript": "mã JavaScript",
    "/Launch": "lệnh mở chương trình khác",
    "/SubmitForm": "lệnh gửi biểu mẫu",
    "/ImportData": "lệnh nạp dữ liệu",
    "/GoToR": "liên kết đến tệp khác",
    "/GoToE": "liên kết đến tệp đính kèm",
    "/Rendition": "âm thanh, phim",
    "/Sound": "âm thanh, phim",
    "/Movie": "âm thanh, phim",
    "/RichMediaExecute": "âm thanh, phim",
}
"""Types of actions (ISO 32000-1, 12.6.4) that a reader of the dossier is told of."""

MEDIA = "âm thanh, phim"
FORM = "biểu mẫu điền (chỉ giữ hình của những ô đã điền)"
XFA = "biểu mẫu XFA (trang có thể không hiện đủ — in tệp ra PDF rồi thêm lại)"
REDRAWN = "hình mà trình xem tự vẽ lại cho ô điền (hồ sơ giữ hình đã lưu — xem lại trang)"

KINDS = {
    "/FileAttachment": ATTACHED,
    "/RichMedia": MEDIA,
    "/Screen": MEDIA,
    "/Movie": MEDIA,
    "/Sound": MEDIA,
    "/3D": MEDIA,
}
"""Types of annotations that are more than a picture."""

CARRIED = {
    "/AF": ATTACHED,
    "/PieceInfo": "dữ liệu kèm theo, không hiện trên trang (PieceInfo)",
    "/Thumb": "dữ liệu kèm theo, không hiện trên trang (Thumb)",
}
"""What a page may carry with it and does not draw."""

LONGEST_CHAIN = 100
"""Actions followed one after another; a chain may lead back to its start."""


def left_behind(source: Pdf) -> tuple[str, ...]:
    """Return what the dossier does not take over from ``source``, sorted, without repeats."""
    return tuple(sorted({*_of_catalogue(source), *_of_pages(source)}))


def _of_catalogue(source: Pdf) -> Iterator[str]:
    root = source.Root
    yield from _actions(root.get("/OpenAction"))
    yield from _additional(root)
    names = root.get("/Names")
    if isinstance(names, Dictionary):
        if "/JavaScript" in names:
            yield ACTIONS["/JavaScript"]
        if "/EmbeddedFiles" in names:
            yield ATTACHED
    if "/AF" in root or "/Collection" in root:
        yield ATTACHED
    form = root.get("/AcroForm")
    if isinstance(form, Dictionary):
        if "/XFA" in form:
            yield XFA
        yield from _of_fields(form)


def _of_fields(form: Dictionary) -> Iterator[str]:
    """Look at the fields of a form; signatures are no form to fill in."""
    redraws = bool(form.get("/NeedAppearances", False))
    waiting = [form.get("/Fields")]
    seen: set[tuple[int, int]] = set()
    while waiting:
        fields = waiting.pop()
        for field in fields if isinstance(fields, Array) else ():
            if not isinstance(field, Dictionary) or field.objgen in seen:
                continue
            if field.is_indirect:
                seen.add(field.objgen)
            kind = inherited(field, "/FT")
            if kind is not None and kind != Name.Sig:
                yield FORM
                if redraws and inherited(field, "/V") is not None:
                    yield REDRAWN
            yield from _additional(field)
            waiting.append(field.get("/Kids"))


def _of_pages(source: Pdf) -> Iterator[str]:
    for page in source.pages:
        yield from _additional(page.obj)
        yield from (word for key, word in CARRIED.items() if key in page.obj)
        for annotation in annotations_of(page):
            kind = name_of(annotation.get("/Subtype"))
            if kind in KINDS:
                yield KINDS[kind]
            yield from _actions(annotation.get("/A"))
            yield from _additional(annotation)


def _additional(owner: Object) -> Iterator[str]:
    """Look at the actions that events of ``owner`` start."""
    events = owner.get("/AA")
    if isinstance(events, Dictionary):
        for event in events.keys():  # noqa: SIM118 - a PDF dictionary iterates over nothing else
            yield from _actions(events[event])


def _actions(action: Object | None) -> Iterator[str]:
    """Look at ``action`` and at those that follow it."""
    waiting = deque([action])
    for _ in range(LONGEST_CHAIN):
        if not waiting:
            return
        current = waiting.popleft()
        if isinstance(current, Array):
            waiting.extend(entry for entry in current if isinstance(entry, Dictionary))
        elif isinstance(current, Dictionary):
            kind = ACTIONS.get(name_of(current.get("/S")))
            if kind is not None:
                yield kind
            waiting.append(current.get("/Next"))
