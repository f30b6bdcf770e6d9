"""``vanban new ward`` and ``new shared``: the folder of another commune, and of what many share.

A commune's folder builds its first documents. Nothing of the ward that it is made from goes along
but what holds for all: the outlines, the frame, the register of indicators, worded for the new
level; and nothing that the folder has which it shares with others.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from vanban.app.new_content import Made, text_of
from vanban.app.sample_words import (
    FREE,
    SHOWN,
    Words,
    reworded,
    superior_of,
    without_providers,
)
from vanban.app.ward import Ward, unit_id
from vanban.app.ward_texts import (
    AGENCY_TEXT,
    AREA,
    AREAS_OF_PLAN,
    CALENDAR_TEXT,
    CITED,
    CITED_TEXT,
    COMMON_TEXT,
    DOCUMENTS_TEXT,
    HAMLETS,
    PLAN_TEXT,
    SUPERIORS,
)
from vanban.errors import ContentError, UsageError
from vanban.io.lock import holds_files
from vanban.io.read import read_file
from vanban.io.swap import write_files
from vanban.workspace.files import (
    AGENCY,
    AREAS,
    COMMON,
    DOCUMENTS,
    HOUSE_RULES,
    INDICATORS,
    PLAN,
    SAMPLES,
    TEMPLATES,
    ContentFile,
    EntryType_co,
)
from vanban.workspace.folder import shown_path, templates_of
from vanban.workspace.models.agency import CommonSet, Recipient
from vanban.workspace.models.sharing import SHARED_KEY
from vanban.workspace.said import said_by
from vanban.workspace.schema import SCHEMA_FOLDER, schema_files
from vanban.workspace.shared_folder import wrong_with
from vanban.workspace.versions import VERSION
from vanban.workspace.yaml_file import MAX_BYTES
from vanban.workspace.yaml_write import on_one_line

ANY_LEVEL = "cấp xã"
"""What a level is called where wards of several share a text."""


def new_ward(ward: Ward, folder: Path, content: Path, common: Path | None = None) -> Made:
    """Write ``folder``: its content, and what it does not share by ``common`` with others.

    That is taken from ``content`` and its templates. Raises UsageError where a folder is there.
    """
    refuse_unready(folder, content, common)
    return _written(list(ward_files(ward, folder, content, common)))


def ward_files(
    ward: Ward, folder: Path, content: Path, common: Path | None = None
) -> Iterator[tuple[Path, bytes]]:
    """Yield the files that ``folder`` begins with, and what they hold."""
    target = folder / "content"
    yield AGENCY.path(target, ward.year), _agency(ward, folder, common).encode()
    yield DOCUMENTS.path(target, ward.year), documents_text(common).encode()
    yield PLAN.path(target, ward.year), _plan(ward).encode()
    yield from _areas(ward, target)
    yield from _common_files(target, folder, content, ward.words, ward.words, common)


def refuse_unready(folder: Path, content: Path, common: Path | None) -> None:
    """Raise UsageError where ``folder`` holds a ward, or nothing is there to make one of."""
    refuse_ward(folder)
    if common is None:
        _need_source(content)


def refuse_ward(folder: Path) -> None:
    """Raise UsageError where ``folder`` holds a ward."""
    for name in ("content", TEMPLATES):
        if holds_files(folder / name):
            raise UsageError(f"đã có {folder / name} — chọn thư mục khác, không ghi đè")


def refuse_filled(folder: Path) -> None:
    """Raise UsageError where anything stands in ``folder``."""
    if holds_files(folder):
        raise UsageError(f"đã có {folder}, không trống — chọn thư mục khác, không ghi đè")


def _need_source(content: Path) -> None:
    if not (content / INDICATORS.name).is_file():
        raise UsageError(
            f"không có {content / INDICATORS.name} để lấy chỉ tiêu, mẫu — chạy ở thư mục của "
            "chương trình, hoặc ghi --content, --from"
        )


def new_shared(province: str, folder: Path, content: Path, year: int) -> Made:
    """Write ``folder`` with what the wards of a province share, from ``content`` and its templates.

    Its version is the first of ``year``.

    Raises UsageError where something stands there already.
    """
    refuse_filled(folder)
    _need_source(content)
    above = superiors(province, ())
    every = replace(FREE, level=ANY_LEVEL, superior=superior_of(province))
    text = COMMON_TEXT.format(
        province=province,
        number=f"{year}.1",
        superiors=above,
        calendar=CALENDAR_TEXT,
        version=VERSION,
    )
    files = [
        (folder / COMMON.name, text.encode()),
        (folder / DOCUMENTS.name, DOCUMENTS_TEXT.format(documents=CITED_TEXT).encode()),
        *_common_files(folder, folder, content, every, FREE),
    ]
    return _written(files)


def read_common(folder: Path, ward: Path) -> CommonSet:
    """Return the set that ``folder`` holds for the content of a new ``ward`` to share.

    Raises UsageError where it cannot be shared, ContentError where it has mistakes.
    """
    wrong = wrong_with(folder, ward / "content")
    if wrong is not None:
        raise UsageError(f"--from: {wrong}")
    common = _entry(COMMON, folder)
    assert common is not None
    return common


def _entry(file: ContentFile[EntryType_co], common: Path) -> EntryType_co | None:
    """Return what a file of the shared folder says, None where it is not there."""
    path = common / file.name
    if not path.is_file():
        return None
    said = said_by(file, shown_path(path), read_file(path, MAX_BYTES))
    if said.problems:
        raise ContentError(said.problems)
    return next((each for _, _, each in said.parts if isinstance(each, file.model)), None)


def _written(files: list[tuple[Path, bytes]]) -> Made:
    write_files(files, fresh=True)
    return Made(tuple(path for path, _ in files))


def _common_files(
    target: Path,
    folder: Path,
    source: Path,
    registers: Words,
    samples: Words,
    common: Path | None = None,
) -> Iterator[tuple[Path, bytes]]:
    """Yield what content at ``target`` needs of ``source`` and ``common`` does not have.

    ``registers`` and ``samples`` are the words for them.
    """

    def lacks(name: str) -> bool:
        return common is None or not (common / name).exists()

    if lacks(INDICATORS.name):
        text = without_providers(text_of(source / INDICATORS.name))
        text = reworded(text, SHOWN, registers)
        yield target / INDICATORS.name, text.encode()
    if lacks(HOUSE_RULES.name):
        for path in sorted((source / HOUSE_RULES.name).glob("*.yaml")):
            text = reworded(text_of(path), SHOWN, registers)
            yield target / HOUSE_RULES.name / path.name, text.encode()
    if lacks(SAMPLES):
        for path in sorted((source / SAMPLES).rglob("*.yaml")):
            text = reworded(text_of(path), SHOWN, samples)
            yield target / path.relative_to(source), text.encode()
    if lacks(TEMPLATES):
        for path in sorted(templates_of(source).iterdir()):
            if path.is_file() and not path.name.startswith((".", "~")):
                yield folder / TEMPLATES / path.name, read_file(path, MAX_BYTES)
    yield from schema_files(target / SCHEMA_FOLDER)


def _agency(ward: Ward, folder: Path, common: Path | None) -> str:
    units = "".join(
        f"  - ma: {unit_id(name)}\n    ten: {_quoted(name)}\n"
        + (f"    ky_hieu: {_quoted(code)}\n" if code else "")
        for name, code in ward.units
    )
    known = read_common(common, folder) if common is not None else None
    has_province = known is not None and known.province == ward.province
    return AGENCY_TEXT.format(
        name=ward.name,
        upper=ward.name.upper(),
        place=ward.place,
        province="" if has_province else f"tinh_thanh: {ward.province}\n",
        units=units,
        signer=_quoted(ward.signer),
        level=ward.level,
        superiors=superiors(ward.province, known.recipients if known is not None else ()),
        hamlets=HAMLETS[ward.level],
        calendar=CALENDAR_TEXT,
        shared=shared_line(common, folder) if common is not None else "",
        version=VERSION,
    )


def shared_line(common: Path, folder: Path) -> str:
    """Return the line of ``co-quan.yaml`` in ``folder`` that names the folder it shares."""
    way = Path(os.path.relpath(common.absolute(), folder.absolute())).as_posix()
    return f"{SHARED_KEY}: {_quoted(way)}\n"


def superiors(
    province: str, known: tuple[Recipient, ...], every: tuple[tuple[str, str], ...] = SUPERIORS
) -> str:
    """Return the lines of recipients above that are not ``known`` by the same id and name."""
    names = {each.id: each.name for each in known}
    return "".join(
        f"  - {{ma: {id}, ten: {_quoted(f'{name} {province}')}}}\n"
        for id, name in every
        if names.get(id) != f"{name} {province}"
    )


def documents_text(common: Path | None) -> str:
    """Return a register of documents that begins, beside that of the shared folder."""
    shared = _entry(DOCUMENTS, common) if common is not None else None
    known = shared is not None and any(each.id == CITED for each in shared.documents)
    return DOCUMENTS_TEXT.format(documents=" []" if known else CITED_TEXT)


def _areas(ward: Ward, target: Path) -> Iterator[tuple[Path, bytes]]:
    for number, (id, title, index) in enumerate(AREAS_OF_PLAN, 1):
        path = AREAS.path(target, ward.year) / f"{number:02}-{id}.yaml"
        yield path, AREA.format(id=id, title=title, index=index, unit=ward.words.unit_id).encode()


def _quoted(text: str) -> str:
    return on_one_line(text, '"')


def _plan(ward: Ward) -> str:
    return PLAN_TEXT.format(year=ward.year, unit=ward.words.unit_id)
