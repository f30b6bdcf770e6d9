"""Commands that begin a folder: of another commune, and of what many share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from vanban.cli.base import PATH, content_option
from vanban.cli.help import Command
from vanban.cli.screen import say
from vanban.errors import UsageError

if TYPE_CHECKING:
    from vanban.app.ward import Ward

Read = TypeVar("Read")

DRAFTING, DRAFTING_CODE = "Phòng Văn hóa - Xã hội", "VHXH"
"""Of the unit that is usually charged with such documents."""
NONE = "-"
WARD_EXAMPLE = (
    '--name "xã Lộc An" --province "tỉnh Lâm Đồng" --signer "Nguyễn Văn Bình" '
    '--unit "Phòng Văn hóa - Xã hội=VHXH"'
)
CITY_EXAMPLE = '--name "thành phố Hải Phòng" --signer "Nguyễn Văn Bình" --unit "Sở Nội vụ=SNV"'
"""As a shell reads them; quotation marks of a text, “”, would part the words."""


@click.command(
    "ward",
    cls=Command,
    help="Thư mục của một xã, phường, đặc khu: dựng được ngay các văn bản đầu. Mục nào không ghi "
    "trong lệnh thì chương trình hỏi.",
)
@click.argument("folder", type=PATH, metavar="THƯ_MỤC")
@click.option("--name", metavar="TÊN", help="Ví dụ “xã Lộc An”.")
@click.option("--province", metavar="TÊN", help="Ví dụ “tỉnh Lâm Đồng”.")
@click.option("--signer", metavar="HỌ_TÊN", help="Chủ tịch Ủy ban nhân dân.")
@click.option(
    "--unit",
    "units",
    multiple=True,
    metavar="TÊN=KÝ_HIỆU",
    help="Phòng, đơn vị; ghi được nhiều lần, đơn vị soạn thảo ghi trước.",
)
@click.option("--year", metavar="NĂM", help="Năm đầu tiên; mặc định là năm nay.")
@click.option(
    "--from",
    "common",
    type=PATH,
    metavar="THƯ_MỤC",
    help="Thư mục dùng chung của tỉnh, thành phố (lệnh new shared); không chép tệp nào ở đó.",
)
@content_option
def new_ward_command(
    folder: Path,
    name: str | None,
    province: str | None,
    signer: str | None,
    units: tuple[str, ...],
    year: str | None,
    common: Path | None,
    content: Path,
) -> None:
    from vanban.app.new_ward import new_ward, read_common, refuse_unready
    from vanban.invocation import command_here
    from vanban.workspace.shared_version import version_of_set

    refuse_unready(folder, content, common)
    if province is None and common is not None:
        province = read_common(common, folder).province
    ward = _ward(name, province, signer, units, year)
    made = new_ward(ward, folder, content, common)
    say(f"đã tạo {folder} ({len(made.paths)} tệp), nội dung ở {folder / 'content'}")
    if common is not None:
        say(f"dùng chung: {common}, phiên bản {version_of_set(common).name}")
    say(f"Dựng kế hoạch: {command_here('build', 'plan', content=folder / 'content')}")
    say(f"Làm trong trình duyệt: {command_here('desk', content=folder / 'content')}")
    say(f"Muốn bỏ: xóa thư mục {folder}.")


@click.command(
    "shared",
    cls=Command,
    help="Thư mục dùng chung cho nhiều xã, phường: chỉ tiêu, mẫu, quy tắc; xem docs/dung-chung.md.",
)
@click.argument("folder", type=PATH, metavar="THƯ_MỤC")
@click.option("--province", required=True, metavar="TÊN", help="Ví dụ “tỉnh Lâm Đồng”.")
@content_option
def new_shared_command(folder: Path, province: str, content: Path) -> None:
    from vanban.app.new_ward import new_shared
    from vanban.app.ward import named, read_province
    from vanban.invocation import command_here

    province = named("--province", read_province, province)
    made = new_shared(province, folder, content, date.today().year)
    say(f"đã tạo {folder} ({len(made.paths)} tệp)")
    say(f"Muốn bỏ: xóa thư mục {folder}.")
    say(f"Thêm một đơn vị: {command_here('new ward', options=f'THƯ_MỤC --from {folder}')}")


@click.command(
    "city",
    cls=Command,
    help="Thư mục của tỉnh, thành phố, hoặc của sở lập báo cáo chung từ các xã, phường (lệnh "
    "gather). Mục nào không ghi trong lệnh thì chương trình hỏi.",
)
@click.argument("folder", type=PATH, metavar="THƯ_MỤC")
@click.option(
    "--name", metavar="TÊN", help="“thành phố Hải Phòng”, “Sở Nội vụ thành phố Hải Phòng”."
)
@click.option("--signer", metavar="HỌ_TÊN", help="Chủ tịch, hoặc Giám đốc sở.")
@click.option("--unit", metavar="TÊN=KÝ_HIỆU", help="Đơn vị soạn thảo, như “Sở Nội vụ=SNV”.")
@click.option("--year", metavar="NĂM", help="Năm đầu tiên; mặc định là năm nay.")
@click.option(
    "--from",
    "common",
    type=PATH,
    required=True,
    metavar="THƯ_MỤC",
    help="Thư mục dùng chung mà các xã, phường đang đọc.",
)
@content_option
def new_city_command(
    folder: Path,
    name: str | None,
    signer: str | None,
    unit: str | None,
    year: str | None,
    common: Path,
    content: Path,
) -> None:
    from vanban.app import ward as asked
    from vanban.app.new_city import EXAMPLES, City, new_city, read_office
    from vanban.app.new_ward import read_common, refuse_unready
    from vanban.invocation import command_here

    refuse_unready(folder, content, common)
    read_common(common, folder)
    _require_answers({"--name": name, "--signer": signer, "--unit": unit}, CITY_EXAMPLE)
    province, department = _answer("--name", name, read_office, f"Tên cơ quan ({EXAMPLES})")
    head = "Giám đốc" if department else "Chủ tịch Ủy ban nhân dân"

    def read_drafting(text: str) -> tuple[str, str]:
        return asked.read_units([text])[0]

    city = City(
        province,
        department,
        _answer("--signer", signer, asked.read_person, f"Họ và tên {head}"),
        _answer("--unit", unit, read_drafting, "Đơn vị soạn thảo=ký hiệu (ví dụ Sở Nội vụ=SNV)"),
        asked.named("--year", asked.read_year, year or str(date.today().year)),
    )
    made = new_city(city, folder, content, common)
    say(f"đã tạo {folder} ({len(made.paths)} tệp), nội dung ở {folder / 'content'}")
    say(f"dùng chung: {common}")
    options = f"CÁC_ĐƠN_VỊ --period q3 --content {folder / 'content'}"
    say(f"Tổng hợp số liệu các đơn vị: {command_here('gather', options=options)}")
    say(f"Muốn bỏ: xóa thư mục {folder}.")


def _ward(
    name: str | None,
    province: str | None,
    signer: str | None,
    units: tuple[str, ...],
    year: str | None,
) -> Ward:
    """Return what was typed as options; what is missing is asked for at a terminal."""
    from vanban.app import ward as asked

    needed = {"--name": name, "--province": province, "--signer": signer, "--unit": units}
    missing = _require_answers(needed, WARD_EXAMPLE)
    own = _answer("--name", name, asked.read_name, "Tên đơn vị, cả cấp (ví dụ xã Lộc An)")
    this_year = str(date.today().year)
    return asked.Ward(
        own,
        _answer("--province", province, asked.read_province, "Thuộc (ví dụ tỉnh Lâm Đồng)"),
        _answer("--signer", signer, asked.read_person, "Họ và tên Chủ tịch Ủy ban nhân dân"),
        asked.named("--unit", asked.read_units, units) if units else _ask_units(own),
        _ask("Năm đầu tiên", asked.read_year, this_year)
        if missing and year is None
        else asked.named("--year", asked.read_year, year or this_year),
    )


def _require_answers(needed: Mapping[str, object], example: str) -> bool:
    """Say whether something has to be asked for; raises UsageError where nobody can be asked."""
    missing = [option for option, typed in needed.items() if not typed]
    if missing and not sys.stdin.isatty():
        raise UsageError(
            f"thiếu {', '.join(missing)} — ghi thêm vào lệnh, ví dụ {example}; chạy ở cửa sổ lệnh "
            "thì chương trình hỏi từng mục"
        )
    if missing:
        say("Enter: lấy giá trị trong ngoặc vuông; Ctrl+C: dừng, chưa tạo gì.")
    return bool(missing)


def _answer(option: str, typed: str | None, read: Callable[[str], Read], question: str) -> Read:
    from vanban.app.ward import named

    return _ask(question, read) if typed is None else named(option, read, typed)


def _ask_units(name: str) -> tuple[tuple[str, str], ...]:
    """Ask for the units of ``name``: the one that drafts, its abbreviation, the others."""
    from vanban.app.ward import read_unit, read_units, usual_units

    first, _ = _ask("Phòng soạn thảo, lưu các văn bản này", read_unit, DRAFTING)

    def read_code(text: str) -> str:
        return read_units([f"{first}={text}"])[0][1]

    code = _ask(
        "Ký hiệu của phòng ấy ở dòng “Lưu: VT, …”",
        read_code,
        DRAFTING_CODE if first == DRAFTING else None,
    )

    def read_all(text: str) -> tuple[tuple[str, str], ...]:
        others = [each for each in text.split(";") if each.strip(f" {NONE}")]
        return read_units([f"{first}={code}", *others])

    question = f"Các phòng, đơn vị khác, cách nhau bằng dấu chấm phẩy (không có: {NONE})"
    return _ask(question, read_all, usual_units(name))


def _ask(question: str, read: Callable[[str], Read], default: str | None = None) -> Read:
    """Ask until the answer can be read."""
    while True:
        try:
            return read(click.prompt(question, default=default))
        except UsageError as error:
            say(f"  {error}", err=True)
