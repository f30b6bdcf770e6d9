"""The command line: strings the stages together, turns errors into Vietnamese and exit codes.

Exit status 0 when all is well, 1 for mistakes in content or on the machine, 2 for usage. Heavy
modules are imported inside the commands, so that ``--help`` stays quick.
"""

from __future__ import annotations

import gc
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vanban import __version__
from vanban.errors import ContentError, UsageError, VanbanError

if TYPE_CHECKING:
    from vanban.build import Built
    from vanban.workspace.models.agency import Deadline

_PATH = click.Path(path_type=Path)


class _Commands(click.Group):
    """Shows every error as lines of Vietnamese text, never as a traceback."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run; words the command line's own usage errors in Vietnamese."""
        try:
            status = super().main(*args, **{**options, "standalone_mode": False})
        except click.UsageError as error:
            click.echo(f"Lỗi: {_usage_message(error)}", err=True)
            if error.ctx is not None:
                click.echo(f"Xem cách dùng: {error.ctx.command_path} --help", err=True)
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo("Đã dừng.", err=True)
            sys.exit(1)
        sys.exit(status if isinstance(status, int) else 0)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UsageError as error:
            click.echo(f"Lỗi: {error}", err=True)
            ctx.exit(2)
        except ContentError as error:
            for problem in error.problems:
                click.echo(str(problem), err=True)
            click.echo(
                f"Có {len(error.problems)} lỗi cần sửa; chưa tạo hay thay đổi tệp nào.", err=True
            )
            ctx.exit(1)
        except VanbanError as error:
            click.echo(f"Lỗi: {error}", err=True)
            ctx.exit(1)


def _usage_message(error: click.UsageError) -> str:
    """Return what is wrong with a command line."""
    match error:
        case click.NoSuchOption():
            near = f" — có phải “{error.possibilities[0]}”?" if error.possibilities else ""
            return f"không có tùy chọn “{error.option_name}”{near}"
        case click.MissingParameter():
            return f"thiếu {error.param.opts[-1] if error.param is not None else 'tham số'}"
        case click.BadParameter():
            name = error.param.opts[-1] if error.param is not None else "tham số"
            return f"giá trị của {name} không hợp lệ — xem lại kiểu giá trị"
        case click.BadOptionUsage():
            return f"tùy chọn “{error.option_name}” thiếu giá trị"
    unknown = re.fullmatch(r"No such command '(.*)'\..*", error.message)
    return f"không có lệnh “{unknown[1]}”" if unknown else f"lệnh không đúng ({error.message})"


_content_option = click.option(
    "--content",
    type=_PATH,
    default=Path("content"),
    show_default=True,
    metavar="THƯ_MỤC",
    help="Thư mục nội dung; thư mục templates/ đứng cạnh nó.",
)
_year_option = click.option(
    "--year", type=int, metavar="NĂM", help="Năm; mặc định là năm mới nhất trong thư mục nội dung."
)
_out_option = click.option(
    "--out",
    type=_PATH,
    default=Path("build"),
    show_default=True,
    metavar="THƯ_MỤC",
    help="Thư mục kết quả.",
)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Soạn văn bản hành chính của phường từ các tệp YAML.",
)
@click.version_option(__version__, prog_name="vanban", message="%(prog)s %(version)s")
def main() -> None:
    pass


@main.command(
    "build", help="Dựng văn bản (.docx và PDF). Không ghi mã thì dựng mọi văn bản có nội dung."
)
@click.argument("ids", nargs=-1, metavar="[MÃ…]")
@_year_option
@_content_option
@_out_option
def build_command(ids: tuple[str, ...], year: int | None, content: Path, out: Path) -> None:
    # A build makes many objects and soon ends: look for garbage less often.
    gc.set_threshold(100_000, 50, 50)
    from vanban.build import build, buildable, compose_all, epoch_date, find_kind, load_checked
    from vanban.render.pdf_process import PdfProcess

    kinds = tuple(find_kind(document_id) for document_id in dict.fromkeys(ids))
    fallback_date = epoch_date(os.environ.get("SOURCE_DATE_EPOCH"))

    def progress(document_id: str) -> None:
        click.echo(f"Đang dựng {document_id} …")

    with PdfProcess() as pdf_process:
        workspace = load_checked(content, year)
        templates = _templates(content)
        kinds = kinds or buildable(workspace, content)
        composed = compose_all(kinds, workspace, content, templates)
        results = build(
            composed, workspace.year, templates, out, progress, fallback_date, pdf_process
        )
    for result in results:
        _report(result)


@main.command("list", help="Liệt kê các văn bản: dựng được chưa, kỳ số liệu, hạn gửi.")
@_year_option
@_content_option
def list_command(year: int | None, content: Path) -> None:
    from vanban.build import CATALOGUE
    from vanban.workspace.load import chosen_year, read_content

    chosen = chosen_year(content, year)
    reading = read_content(content, chosen)
    calendar = reading.workspace.agency.calendar if reading.workspace is not None else ()
    click.echo(f"Năm {chosen}")
    if reading.problems:
        click.echo(f"(nội dung đang có {len(reading.problems)} lỗi; chạy vanban build để xem)")
    for kind in CATALOGUE:
        source = content / str(chosen) / kind.source
        state = "dựng được" if source.is_file() else f"chưa có nội dung — hãy tạo {source}"
        click.echo(f"\n{kind.id}: {kind.name}\n  {state}")
        if kind.period is not None:
            for line in _period_lines(kind.period, chosen, calendar):
                click.echo(f"  {line}")


@main.command("doctor", help="Kiểm tra máy này có đủ những gì cần để dựng văn bản.")
@_content_option
@_out_option
@click.pass_context
def doctor_command(ctx: click.Context, content: Path, out: Path) -> None:
    from vanban.doctor import can_build, diagnose

    checks = diagnose(content, out)
    for check in checks:
        click.echo(f"{'[đạt]  ' if check.ok else '[thiếu]'} {check.name}: {check.detail}")
        if not check.ok:
            click.echo(f"         cách khắc phục: {check.remedy}")
    ctx.exit(0 if can_build(checks) else 1)


@main.command(
    "schema", help="Ghi lược đồ JSON và từ điển khóa, để trình soạn thảo gợi ý khi gõ YAML."
)
@_content_option
@click.option(
    "--glossary",
    type=_PATH,
    default=Path("docs/tu-dien.md"),
    show_default=True,
    metavar="TỆP",
    help="Nơi ghi từ điển khóa.",
)
def schema_command(content: Path, glossary: Path) -> None:
    from vanban.workspace.schema import SCHEMA_FOLDER, write_schemas
    from vanban.workspace.schema import glossary as glossary_text

    for path in write_schemas(content / SCHEMA_FOLDER):
        click.echo(str(path))
    glossary.parent.mkdir(parents=True, exist_ok=True)
    glossary.write_text(glossary_text(), encoding="utf-8")
    click.echo(str(glossary))


@main.command(
    "dossier",
    help="Lập hồ sơ tài liệu kiểm chứng: dossier.pdf, thư mục dossier/ và dossier.zip.",
)
@_year_option
@_content_option
@_out_option
def dossier_command(year: int | None, content: Path, out: Path) -> None:
    from vanban.build import build_dossier, epoch_date, load_checked

    fallback_date = epoch_date(os.environ.get("SOURCE_DATE_EPOCH"))
    workspace = load_checked(content, year)
    click.echo("Đang lập hồ sơ tài liệu kiểm chứng …")
    dossier = build_dossier(workspace, content, _templates(content), out, fallback_date)
    facts = dossier.facts
    click.echo(f"\nhồ sơ: {len(facts.placements)} tài liệu, {facts.page_count} trang")
    _list("lưu ý", tuple(str(warning) for warning in facts.warnings))
    for path in dossier.paths:
        click.echo(f"  đã tạo: {path}")


@main.group("evidence", help="Tài liệu kiểm chứng: thêm vào sổ, xem còn thiếu gì.")
def evidence_group() -> None:
    pass


@evidence_group.command(
    "add",
    help="Thêm một tệp (PDF, JPEG, PNG, TIFF, .docx, .xlsx) vào sổ minh-chung.yaml. Tệp được chép "
    "vào thư mục minh-chung/ dưới tên không dấu. Số, ngày, cơ quan, trích yếu không ghi thì lấy "
    "gợi ý từ trang 1 của PDF.",
)
@click.argument("file", type=_PATH, metavar="TỆP")
@click.option("--criterion", required=True, metavar="MÃ", help="Tiêu chí thành phần, ví dụ 1.1.1.")
@click.option(
    "--also-for",
    multiple=True,
    metavar="MÃ",
    help="Tiêu chí khác cũng dùng tài liệu này; ghi được nhiều lần.",
)
@click.option("--document", metavar="MÃ", help="Văn bản đã có trong van-ban.yaml; không khai lại.")
@click.option("--type", "kind", metavar="LOẠI", help="Tên loại, ví dụ Quyết định.")
@click.option("--number", metavar="SỐ", help="Số, ký hiệu, ví dụ 15/KH-UBND.")
@click.option("--date", "day", metavar="NGÀY", help="Ngày của tài liệu, ví dụ 20/01/2025.")
@click.option("--issuer", metavar="TÊN", help="Cơ quan ban hành.")
@click.option("--abstract", metavar="LỜI", help="Trích yếu nội dung.")
@click.option("--section", metavar="MỤC", help="Mục có nội dung kiểm chứng, ví dụ “mục II.2”.")
@click.option("--pages", metavar="TRANG", help="Trang kiểm chứng, ví dụ 3 hoặc 3-5.")
@click.option("--note", metavar="LỜI", help="Ghi chú in trong danh mục.")
@click.option("--signed", is_flag=True, help="Tệp là bản ký số (PDF có chữ ký số thì tự nhận ra).")
@click.option("--in-force", is_flag=True, help="Ban hành ngoài năm đánh giá nhưng còn hiệu lực.")
@_year_option
@_content_option
def evidence_add_command(
    file: Path,
    criterion: str,
    also_for: tuple[str, ...],
    document: str | None,
    kind: str | None,
    number: str | None,
    day: str | None,
    issuer: str | None,
    abstract: str | None,
    section: str | None,
    pages: str | None,
    note: str | None,
    signed: bool,
    in_force: bool,
    year: int | None,
    content: Path,
) -> None:
    from vanban.evidence.add import Request, add_evidence
    from vanban.evidence.status import added_lines

    options = {
        "dung_cho": also_for or None,
        "van_ban": document,
        "loai": kind,
        "so_ky_hieu": number,
        "ngay": day,
        "co_quan": issuer,
        "trich_yeu": abstract,
        "muc": section,
        "trang": pages,
        "ghi_chu": note,
    }
    typed = {name: value for name, value in options.items() if value is not None}
    added = add_evidence(content, year, Request(file, criterion, typed, signed, in_force))
    for line in added_lines(added):
        click.echo(line)


@evidence_group.command(
    "status", help="Tiêu chí nào đủ, thiếu tài liệu; điểm có nguy cơ mất; tệp nào có lỗi."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    metavar="DẠNG",
    help="text: bảng để đọc; json: cho chương trình khác.",
)
@_year_option
@_content_option
def evidence_status_command(form: str, year: int | None, content: Path) -> None:
    from vanban.evidence.coverage import COLOURS, load_coverage
    from vanban.evidence.status import status_json, status_lines

    workspace, covered = load_coverage(content, year)
    if form == "json":
        click.echo(status_json(covered, workspace))
        return
    for line in status_lines(
        covered, workspace, lambda word, state: click.style(word, fg=COLOURS.get(state))
    ):
        click.echo(line)


def _templates(content: Path) -> Path:
    """Return the folder of templates beside the content folder."""
    templates = content.absolute().parent / "templates"
    if not templates.is_dir():
        raise UsageError(f"không có thư mục mẫu {templates} — thư mục này đứng cạnh {content}")
    try:
        return templates.relative_to(Path.cwd())
    except ValueError:
        return templates


def _report(result: Built) -> None:
    """Print the state of a document: what is sample, missing or doubtful, and its files."""
    composed = result.composed
    click.echo(f"\n{composed.document.id}:")
    if composed.document.banner:
        click.echo("  mẫu: có dữ liệu mẫu — không ký, không phát hành")
    _list("còn thiếu", composed.missing)
    _list("lưu ý", composed.warnings)
    for path in result.paths:
        click.echo(f"  đã tạo: {path}")


def _list(name: str, lines: tuple[str, ...]) -> None:
    if not lines:
        return
    click.echo(f"  {name} {len(lines)} mục:")
    for line in lines:
        click.echo(f"    - {line}")


def _period_lines(period: str, year: int, calendar: tuple[Deadline, ...]) -> list[str]:
    from vanban.figures.periods import window
    from vanban.nd30.dates import short_date

    start, end = window(period, year)
    lines = [f"kỳ số liệu: từ {short_date(start)} đến {short_date(end)}"]
    deadline = next((item for item in calendar if item.period == period), None)
    if deadline is None:
        lines.append("ngày chốt số liệu, hạn gửi: chưa khai ở lich_bao_cao trong co-quan.yaml")
    else:
        sample = " (ngày mẫu, chưa theo văn bản của cấp trên)" if deadline.sample else ""
        lines.append(f"ngày chốt số liệu: {deadline.closing}; hạn gửi: {deadline.due}{sample}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
