"""A quarter of a department, from the shell: wards, batch, mending, gathering, its report.

As a new user did it by hand: three of fifty wards are spoilt in different ways, a batch is stopped
in the middle, mended and begun again, and the city's report is read from its pages.
"""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pypdfium2
import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from make_country import HOME, make_country, spoil  # noqa: E402

VANBAN = Path(sys.executable).with_name("vanban")
YEAR = 2026
WAYS = {
    "yaml": ("content/2026/ke-hoach.yaml", "không có dấu đóng"),
    "identity": ("content/2026/bao-cao/q3.yaml", "không khớp"),
    "agency": ("content/co-quan.yaml", "chưa có tệp này"),
}
BATCH = ("batch", "xa-phuong", "report-q3", "--engine", "pages", "--out", "ket-qua", "--jobs", "2")
CITY = ("--content", "thanh-pho/content")


def vanban(folder: Path, *words: str) -> tuple[int, str]:
    ran = subprocess.run([VANBAN, *words], cwd=folder, capture_output=True, text=True)
    return ran.returncode, " ".join((ran.stdout + ran.stderr).split())


def stopped(folder: Path, lines: int) -> int:
    """Begin the batch, press Ctrl-C when its manifest has ``lines``; return the exit status."""
    manifest = folder / "ket-qua/manifest.jsonl"
    with subprocess.Popen([VANBAN, *BATCH], cwd=folder, stdout=subprocess.DEVNULL) as batch:
        while batch.poll() is None and not (
            manifest.is_file() and manifest.read_text("utf-8").count("\n") >= lines
        ):
            time.sleep(0.2)
        batch.send_signal(signal.SIGINT)
        return batch.wait()


def total(folder: Path, *indicators: str) -> int:
    """Return the sum over all wards of what their files of quarter III say."""
    files = sorted(folder.glob("xa-phuong/*/content/2026/bao-cao/q3.yaml"))
    texts = [file.read_text("utf-8") for file in files]
    return sum(
        int(re.findall(rf"^  {name}: (\d+)$", text, re.MULTILINE)[0])
        for text in texts
        for name in indicators
    )


def printed(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


@pytest.mark.slow
def test_twenty_wards_are_gathered_whole(tmp_path: Path) -> None:
    make_country(20, 3, tmp_path, (HOME,), YEAR)
    status, told = vanban(tmp_path, "gather", "xa-phuong", "--period", "q3", *CITY)
    assert (status, "20/20 đơn vị có số liệu" in told) == (0, True), told
    assert "mâu thuẫn" not in told.lower()


@pytest.mark.long
def test_fifty_wards_from_spoilt_files_to_the_report_of_the_city(tmp_path: Path) -> None:
    make_country(50, 1, tmp_path, (HOME,), YEAR)
    wards = sorted((tmp_path / "xa-phuong").iterdir())[: len(WAYS)]
    files = [ward / name for ward, (name, _) in zip(wards, WAYS.values(), strict=True)]
    whole = {file: file.read_bytes() for file in files}
    spoil(tmp_path, ",".join(WAYS))

    assert stopped(tmp_path, 8) == 1
    assert 0 < len(reports(tmp_path)) < 47
    status, told = vanban(tmp_path, *BATCH)
    assert status == 1
    for file, (_, why) in zip(files, WAYS.values(), strict=True):
        at = file.relative_to(tmp_path).as_posix()
        assert re.search(rf"{re.escape(at)}[^—]*{why}", told), told
    done = reports(tmp_path)
    assert len(done) == 47

    for file, data in whole.items():
        file.write_bytes(data)
    status, told = vanban(tmp_path, *BATCH)
    assert (status, "47 đơn vị như lần trước" in told) == (0, True), told
    again = reports(tmp_path)
    assert len(again) == 50
    assert done.items() <= again.items()  # not written again
    manifest = (tmp_path / "ket-qua/manifest.jsonl").read_text("utf-8")
    assert '"error": 0, "warning": 0' in manifest
    assert not re.search(r'"error": [1-9]', manifest)

    status, told = vanban(tmp_path, "gather", "xa-phuong", "--period", "q3", *CITY)
    assert (status, "50/50 đơn vị có số liệu" in told) == (0, True), told
    assert vanban(tmp_path, "new", "city-report", "q3", *CITY)[0] == 0
    status, told = vanban(tmp_path, "build", "city-report-q3", "--engine", "pages", *CITY)
    assert "city-report-q3.pdf" in told, told
    text = printed(tmp_path / "thanh-pho/build/2026/city-report-q3.pdf")
    received = total(tmp_path, "ho-so-truc-tuyen", "ho-so-truc-tiep", "ho-so-bcci")
    assert f"Các đơn vị tiếp nhận {received:,} hồ sơ".replace(",", ".") in text
    assert "50/50 đơn vị" in text
    assert "SỐ LIỆU MẪU – KHÔNG KÝ, KHÔNG PHÁT HÀNH" in text


def reports(folder: Path) -> dict[str, int]:
    """Return the PDFs of the batch with the time that each was written at."""
    found = folder.glob("ket-qua/*/2026/report-q3.pdf")
    return {path.parts[-3]: path.stat().st_mtime_ns for path in found}
