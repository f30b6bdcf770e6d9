from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from office import require_soffice
from packages import (
    OLD_PICTURE,
    PICTURE,
    complex_field,
    paragraph,
    run,
    simple_field,
    tracked,
    word,
    workbook_of,
)
from vanban.errors import MachineError
from vanban.evidence.first_page import first_page_lines
from vanban.office import ConversionError, convert, prepare, to_docx, to_pdf, to_xlsx


@pytest.fixture
def soffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a program in the place of LibreOffice; its temporary files go to tmp_path/temp."""
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    (tmp_path / "temp").mkdir()
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    return program


@pytest.fixture(params=convert.CONFINEMENTS, ids=lambda each: str(len(each)))
def confinement(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """Each way to run that this machine allows."""
    chosen: tuple[str, ...] = request.param
    if chosen and not convert._works(chosen):
        pytest.skip("not allowed here")
    monkeypatch.setattr(convert, "_confinement", lambda: chosen)
    return chosen


def write(program: Path, script: str) -> None:
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def running(word: str) -> bool:
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if word in each.read_text(errors="replace"):
                return True
        except OSError:
            continue
    return False


@pytest.mark.parametrize("child", ["sleep 987.{0} &", "(sleep 987.{0}) & sleep 987.{0} &"])
def test_no_process_outlives_its_time(
    child: str, soffice: Path, confinement: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    mark = f"{time.monotonic_ns() % 10**9}"
    write(soffice, f"echo English; echo words >&2\n{child.format(mark)}\nsleep 987.{mark}")
    start = time.monotonic()
    with pytest.raises(ConversionError, match=r"quá 0\.5 giây"):
        to_pdf(b"x", ".docx", timeout=0.5)
    assert time.monotonic() - start < 20
    time.sleep(0.1)
    assert not running(f"987.{mark}")
    assert list(Path(tempfile.gettempdir()).iterdir()) == []
    assert capfd.readouterr() == ("", "")


def test_a_child_that_stays_behind_ends_with_its_parent(
    soffice: Path, confinement: tuple[str, ...]
) -> None:
    mark = f"{time.monotonic_ns() % 10**9}"
    write(soffice, f"sleep 986.{mark} &\nexit 1")
    with pytest.raises(ConversionError, match="không chuyển được"):
        to_pdf(b"x", ".docx")
    time.sleep(0.1)
    assert not running(f"986.{mark}")


def test_a_child_of_its_own_session_ends_with_the_namespace(soffice: Path) -> None:
    if "--pid" not in convert._confinement():
        pytest.skip("not allowed here")
    mark = f"{time.monotonic_ns() % 10**9}"
    write(soffice, f"setsid sleep 985.{mark} &\nsleep 1000")
    with pytest.raises(ConversionError):
        to_pdf(b"x", ".docx", timeout=0.5)
    time.sleep(0.1)
    assert not running(f"985.{mark}")


def test_nothing_outlives_a_killed_program(soffice: Path) -> None:
    if "--pid" not in convert._confinement():
        pytest.skip("not allowed here")
    mark = f"{time.monotonic_ns() % 10**9}"
    write(soffice, f"setsid sleep 984.{mark} &\nsleep 984.{mark}")
    script = "from vanban.office import to_pdf; to_pdf(b'x', '.docx')"
    with subprocess.Popen([sys.executable, "-c", script]) as program:
        deadline = time.monotonic() + 30
        while not running(f"984.{mark}") and time.monotonic() < deadline:
            time.sleep(0.1)
        assert running(f"984.{mark}")
        program.kill()
    time.sleep(0.5)
    assert not running(f"984.{mark}")


def test_memory_is_limited(soffice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not convert._works(convert.LIMITS):
        pytest.skip("not allowed here")
    write(soffice, 'exec python3 -c "bytearray(8_000_000_000)"')
    with pytest.raises(ConversionError, match="không chuyển được"):
        to_pdf(b"x", ".docx")


def test_a_disk_without_room_is_told(
    soffice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(soffice, "exit 0")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "khong-co"))
    with pytest.raises(MachineError, match=r"không ghi được tệp tạm ở .*khong-co: "):
        to_pdf(b"x", ".docx")


@pytest.mark.parametrize(
    ("made", "suffix", "words"),
    [
        (to_pdf, ".xlsx", "sang PDF (bảng tính cần libreoffice-calc)"),
        (to_pdf, ".ods", "sang PDF (bảng tính cần libreoffice-calc)"),
        (to_pdf, ".docx", "sang PDF"),
        (to_docx, ".doc", "sang .docx"),
        (to_xlsx, ".xls", "sang .xlsx (bảng tính cần libreoffice-calc)"),
        (to_xlsx, ".ods", "sang .xlsx (bảng tính cần libreoffice-calc)"),
    ],
)
def test_a_run_without_a_result_is_told(
    made: Callable[[bytes, str], bytes], suffix: str, words: str, soffice: Path
) -> None:
    write(soffice, "exit 0")
    with pytest.raises(ConversionError) as caught:
        made(b"x", suffix)
    assert str(caught.value) == f"LibreOffice không chuyển được tệp này {words}"


def test_where_nothing_is_allowed_it_still_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "_works", lambda _: False)
    convert._confinement.cache_clear()
    try:
        assert convert._confinement() == ()
    finally:
        convert._confinement.cache_clear()


# --- with LibreOffice -------------------------------------------------------------------------


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """Listen on the loopback; gives the port and what was asked for."""
    asked: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(2)
                asked.append(connection.recv(200))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield server.getsockname()[1], asked
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(5)


LINKED = (
    PICTURE.format("link"),
    OLD_PICTURE.format('r:id="rId9"'),
    OLD_PICTURE.format('src="{}"'),
    complex_field('INCLUDEPICTURE "{}" \\d', run("x")),
)


def with_links(target: str) -> bytes:
    body = "".join(paragraph(each.replace("{}", target)) for each in LINKED)
    return word(body, relate=[("rId9", "image", target, True)])


@pytest.mark.soffice
@pytest.mark.parametrize("layer", ["copy", "settings", "namespace"])
def test_nothing_is_fetched(
    layer: str, listener: tuple[int, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each layer holds without the two others."""
    require_soffice()
    port, asked = listener
    data = with_links(f"http://127.0.0.1:{port}/a.png")
    if layer == "copy":
        data = prepare(data).data
    if layer != "settings":
        monkeypatch.setattr(convert, "SETTINGS", ())
    if layer != "namespace":
        monkeypatch.setattr(convert, "_confinement", lambda: ())
    elif "--net" not in convert._confinement():
        pytest.skip("not allowed here")
    to_pdf(data, ".docx")
    assert asked == []


@pytest.mark.soffice
def test_no_local_picture_is_drawn(tmp_path: Path) -> None:
    import pypdfium2

    require_soffice()
    picture = tmp_path / "a.png"
    Image.new("RGB", (50, 50), "red").save(picture)
    data = with_links(picture.as_uri())
    with pypdfium2.PdfDocument(to_pdf(prepare(data).data, ".docx")) as pdf:
        colours = pdf[0].render().to_pil().convert("RGB").getcolors(1_000_000)
    assert not any(red > 200 and green < 80 for _, (red, green, _) in colours)


@pytest.mark.soffice
def test_pages_show_what_was_saved() -> None:
    require_soffice()
    header = paragraph(simple_field("FILENAME", run("goc.docx")), complex_field("PAGE", run("9")))
    body = paragraph(
        run("Ngày "),
        complex_field("DATE", run("05/03/2025")),
        tracked("del", run(" 50%")),
        tracked("ins", run(" 95%")),
    )
    pdf = to_pdf(prepare(word(body, header)).data, ".docx")
    assert [line.text for line in first_page_lines(pdf)] == ["goc.docx1", "Ngày 05/03/2025 95%"]


@pytest.mark.soffice
def test_a_sheet_shows_what_was_saved() -> None:
    require_soffice()
    cells = (
        '<c r="A1" s="1"><f>TODAY()</f><v>45000</v></c><c r="B1"><f>RAND()</f><v>0.5</v></c>'
        '<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    )
    pdf = to_pdf(prepare(workbook_of(cells)).data, ".xlsx")
    words = " ".join(line.text for line in first_page_lines(pdf)).split()
    assert words == ["15/03/2023", "0,5", "#DIV/0!"]
