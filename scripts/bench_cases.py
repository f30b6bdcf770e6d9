"""The cases of the benchmark: what each way does, as a process of its own.

``bench_cases.py NAME ARGUMENTS…`` runs the function of that name; :func:`cases` says which commands
are compared. The common ways fill the .docx that this program has made, taken as their template,
so that all set the same pages. Modules are imported where they are used: a process pays only for
its own way.
"""

from __future__ import annotations

import gc
import os
import pickle
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from bench import OURS, Case, Way

if TYPE_CHECKING:
    from vanban.document import Document

ROOT = Path(__file__).resolve().parent.parent
CONTENT, TEMPLATES = ROOT / "content", ROOT / "templates"
REPORT = CONTENT / "2025" / "bao-cao" / "q3.yaml"
FIGURE, OTHER_FIGURE = "tin-bai: 24", "tin-bai: {}"
"""A line of the report that is another in each of many documents."""

ENGINES = dict(zip(OURS, ("weasyprint", "pages"), strict=True))
COLD, WARM, ALONE, TYPST = "docxtpl + soffice", "docxtpl + unoserver", "WeasyPrint", "Typst"
ROUNDS, SLOW_ROUNDS = 7, 3
ROWS, ENTRIES, FILES, PAGES_A_FILE = 1000, 1000, 100, 15
UNITS, COPIES = 20, 10


def cases(folder: Path, peers: Mapping[str, Way], quick: bool) -> Iterator[Case]:
    """Yield every case, with the ways that can run here; ``peers`` are those that need more."""
    few, slow = (2, 1) if quick else (ROUNDS, SLOW_ROUNDS)
    many = "10" if quick else "100"

    def build(document: str, *more: str) -> list[Way]:
        arguments = (sys.executable, "-m", "vanban.cli", "build", document, "--content", CONTENT)
        return [
            Way(name, (*arguments, "--engine", engine, "--out", folder / engine, *more))
            for name, engine in ENGINES.items()
        ]

    def others(name: str, *more: str) -> list[Way]:
        return [
            replace(way, command=(*way.command, folder / name, *more)) for way in peers.values()
        ]

    def ours(function: str, *arguments: str | Path) -> list[Way]:
        return [Way(name, call(function, engine, *arguments)) for name, engine in ENGINES.items()]

    common = [COLD, WARM]
    for name in ("plan", "report-q3"):
        yield Case(name, [*build(name, "--force"), *others(name)], few)
    for name, title in (("table", f"bảng {ROWS} dòng"), ("index", f"danh mục {ENTRIES} tài liệu")):
        yield Case(title, [*ours("render", folder / name), *others(name)], slow)
    yield Case(
        f"{many} văn bản một lần gọi",
        [*ours("many", folder, many), *(w for w in others("report-q3", many) if w.name in common)],
        slow,
    )
    again = [*build("plan"), *(way for way in others("plan") if way.name == COLD)]
    yield Case("dựng lại khi không đổi", again, few)
    check = Way(OURS[0], call("check", folder / "20-trang.docx"))
    yield Case("soát tệp Word 20 trang", [check], few)
    pull = (sys.executable, "-m", "vanban.cli", "pull", folder / "edited.docx")
    yield Case("lấy mười chỗ sửa trong Word", [Way(OURS[0], (*pull, "--content", CONTENT))], few)
    dossier = Way(OURS[0], call("dossier", folder))
    yield Case(f"hồ sơ {FILES * PAGES_A_FILE} trang", [dossier], slow)
    of_units = ("--content", folder / "units" / "content")
    vanban = (sys.executable, "-m", "vanban.cli")
    given = (*vanban, "import", folder / "20-trang.docx", "--kind", "plan", "--year", "2024")
    yield Case("nhập tệp Word 20 trang", [Way(OURS[0], given)], few)
    forms = (*vanban, "forms", "q3", "--no-letter", "--out", folder / "units", *of_units)
    yield Case(f"biểu mẫu {UNITS} đơn vị", [Way(OURS[0], forms)], slow)
    collect = (*vanban, "collect", folder / "units" / "filled", *of_units)
    yield Case(f"đọc {UNITS * COPIES} biểu mẫu", [Way(OURS[0], collect)], slow)


def call(function: str, *arguments: str | Path) -> tuple[str | Path, ...]:
    return (sys.executable, Path(__file__), function, *arguments)


@contextmanager
def peers(folder: Path) -> Iterator[tuple[dict[str, Way], list[str]]]:
    """Yield the other ways that this machine has, by name, and a line on each that it lacks."""
    found: dict[str, Way] = {}
    absent = []
    soffice, python = shutil.which("soffice"), uno_python()
    server = None
    if soffice is None:
        absent.append(f"KHÔNG ĐO {COLD}: máy này không có soffice — cài libreoffice-writer.")
    else:
        found[COLD] = Way(COLD, call("fill", soffice))
    if soffice is None or python is None or find_spec("unoserver") is None:
        absent.append(f"KHÔNG ĐO {WARM}: cần soffice, unoserver và python3-uno — chạy make bench.")
    else:
        server, port = start_server(soffice, python, folder)
        found[WARM] = Way(WARM, call("fill", port), server.pid)
    found[ALONE] = Way(ALONE, call("weasyprint"))
    if find_spec("typst") is None:
        absent.append(f"KHÔNG ĐO {TYPST}: chưa cài thư viện typst — chạy make bench.")
    else:
        found[TYPST] = Way(TYPST, call("typst"))
    try:
        yield found, absent
    finally:
        if server is not None:
            server.terminate()
            server.wait()


def uno_python() -> str | None:
    """Return the Python that LibreOffice can be spoken to from: ours, or the system's."""
    for python in (sys.executable, "/usr/bin/python3"):
        test = [python, "-c", "import uno"]
        if shutil.which(python) and subprocess.run(test, capture_output=True).returncode == 0:
            return python
    return None


def start_server(soffice: str, python: str, folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start LibreOffice to be kept running; return its process and port once it answers."""
    from xmlrpc.client import ServerProxy

    port, inner = free_port(), free_port()
    arguments = ("--port", port, "--uno-port", inner, "--executable", soffice)
    server = subprocess.Popen(
        [python, "-m", "unoserver.server", *arguments, "--user-installation", folder / "warm"],
        env={**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(120):
        try:
            ServerProxy(f"http://127.0.0.1:{port}").info()
        except OSError:
            time.sleep(1)
        else:
            return server, port
    server.terminate()
    raise TimeoutError("unoserver không trả lời sau 120 giây — chạy lại make bench")


def free_port() -> str:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return str(listener.getsockname()[1])


def prepare(folder: Path) -> None:
    """Write all that the cases read, in a process of its own."""
    subprocess.run((sys.executable, ROOT / "scripts" / "bench_inputs.py", folder), check=True)


# --- the other ways ---------------------------------------------------------------------------


def fill(office: str, folder: str, count: str = "1") -> None:
    """Fill the template so many times; have all printed by ``office``, a program or a port."""
    target = Path(folder, "filled")
    target.mkdir(exist_ok=True)
    template = Path(folder, "template.docx")
    files = [(template, target / f"{number}.docx") for number in range(int(count))]
    fill_files(office, files, target)


def fill_files(office: str, files: Sequence[tuple[Path, Path]], target: Path) -> None:
    """Fill templates to files in ``target``; have all printed by ``office``, a program or port."""
    from docxtpl import DocxTemplate

    for template, file in files:
        filled = DocxTemplate(template)
        filled.render({})
        filled.save(file)
        if office.isdigit():
            from xmlrpc.client import ServerProxy

            proxy = ServerProxy(f"http://127.0.0.1:{office}", allow_none=True)
            proxy.convert(str(file), None, str(file.with_suffix(".pdf")), None)
    made = [file for _, file in files]
    if not office.isdigit():
        profile = f"-env:UserInstallation={(target / 'profile').as_uri()}"
        convert = (office, profile, "--headless", "--convert-to", "pdf", "--outdir", target)
        subprocess.run([*convert, *made], check=True, capture_output=True)
    missing = [file for file in made if not file.with_suffix(".pdf").exists()]
    if missing:
        raise FileNotFoundError(f"không có bản PDF của {missing[0]}")


def weasyprint(folder: str) -> None:
    """Write the PDF of the HTML that our engine makes."""
    from weasyprint import CSS, HTML

    sheets = [CSS(filename=Path(folder, "page.css"))]
    page = HTML(filename=Path(folder, "page.html"))
    page.write_pdf(Path(folder, "alone.pdf"), stylesheets=sheets, pdf_variant="pdf/a-2a")


def typst(folder: str) -> None:
    import typst

    typst.compile(Path(folder, "page.typ"), output=Path(folder, "typst.pdf"))


# --- our ways ---------------------------------------------------------------------------------


def render(engine: str, folder: str) -> None:
    """Write both files of a composed document."""
    from vanban.app.build import started
    from vanban.layout.fonts import find_times
    from vanban.layout.frame import read_frame
    from vanban.layout.measures import Layout
    from vanban.render.docx import render_docx

    with started(engine) as pdfs:
        document: Document = pickle.loads(Path(folder, "document.pickle").read_bytes())
        layout = Layout(document, read_frame(TEMPLATES / "frame.docx"), find_times())
        pdf = pdfs.start(document, layout, None)
        Path(folder, f"{engine}.docx").write_bytes(render_docx(document, layout, None))
        Path(folder, f"{engine}.pdf").write_bytes(pdf().data)


def many(engine: str, folder: str, count: str) -> None:
    """Build the report so many times from the content, one figure of which is another each time.

    Garbage is looked for as by the processes of ``vanban batch``.
    """
    from vanban.app.build import build_documents, compose_documents, started
    from vanban.app.catalogue import find_kind
    from vanban.app.load import load_content
    from vanban.io.workers import GARBAGE

    gc.set_threshold(*GARBAGE)
    kinds = (find_kind("report-q3"),)
    text = REPORT.read_text(encoding="utf-8")
    with started(engine) as pdfs:
        for number in range(int(count)):
            changed = text.replace(FIGURE, OTHER_FIGURE.format(number)).encode()
            loaded = load_content(CONTENT, 2025, {REPORT: changed})
            composed, _ = compose_documents(kinds, loaded, TEMPLATES)
            build_documents(
                kinds,
                loaded,
                TEMPLATES,
                Path(folder, "many", engine, str(number)),
                composed=composed,
                final=False,
                see="",
                progress=lambda _: None,
                engine=pdfs,
            )


def check(file: str) -> None:
    """Check a Word file; that it exits with 1 for errors is no failure."""
    command = (sys.executable, "-m", "vanban.cli", "check", "--force", file, "--content", CONTENT)
    done = subprocess.run(command, stdout=subprocess.DEVNULL)
    if done.returncode > 1:
        raise subprocess.CalledProcessError(done.returncode, command)


def dossier(folder: str) -> None:
    """Make the dossier of evidence: PDF, folder, ZIP."""
    from bench_inputs import dossier_plan

    from vanban.app.dossier import DossierFront, make_dossier

    files = [Path(folder, "evidence", f"{number}.pdf") for number in range(FILES)]
    out = Path(folder, "dossier")
    out.mkdir(exist_ok=True)
    make_dossier(lambda _: DossierFront(dossier_plan(files), TEMPLATES), out)


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
