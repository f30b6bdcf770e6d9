"""Measure the desk at work: one person, twenty people of one ward, many edits one after the other.

Run by ``make bench ARGS="--only bàn"`` and by itself. A desk is started as its own process over a
copy of the content. First one person edits a plan of 20 pages. Then each of twenty edits once in 30
seconds and meanwhile does what an open window does: asks for changes, takes pages that changed,
reads on. Told are the median and the 95th percentile of the seconds that answers took. Then edits
follow each other as fast as they are answered, and the memory of the desk is told at each tenth of
them. Nothing is written outside a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlsplit

import yaml
from bench import cpu_of

ROOT = Path(__file__).parents[1]
PEOPLE, EVERY = 20, 30.0
"""People at the desk, and seconds between two edits of one."""
BEAT = 3.0
"""Seconds after which an open window asks for changes."""
DOCUMENT = "plan"
TENTHS = 10


@dataclass
class Seconds:
    """How long answers took, by what was asked."""

    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    refused: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, name: str, seconds: float, status: int) -> None:
        with self.lock:
            self.taken[name].append(seconds)
            self.refused += status != 200


class Window:
    """A window of one person at the desk."""

    def __init__(self, address: str, cookie: str, seconds: Seconds) -> None:
        parts = urlsplit(address)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.connection = HTTPConnection(parts.hostname or "", parts.port, timeout=300)
        self.cookie, self.seconds = cookie, seconds
        self.state, self.marks, self.words = "", [""], [""]

    def ask(self, name: str, path: str, body: object = None) -> str:
        headers = {"Cookie": self.cookie}
        if body is not None:
            headers |= {"Origin": self.origin, "Content-Type": "application/json"}
        data = json.dumps(body) if body is not None else None
        begun = time.perf_counter()
        self.connection.request("GET" if body is None else "POST", path, data, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        self.seconds.add(name, time.perf_counter() - begun, answer.status)
        return text if answer.status == 200 else ""

    def open(self) -> None:
        page = self.ask("mở văn bản", f"/van-ban/{DOCUMENT}")
        self.marks = re.findall(r'data-mark="([0-9a-f]+)"', page)

    def look(self) -> None:
        """Ask for changes, and take what changed."""
        state = self.ask("hỏi có gì mới", "/nhip")
        if state != self.state:
            self.state = state
            text = self.ask(
                "lấy trang đã đổi", f"/van-ban/{DOCUMENT}/trang?co={','.join(self.marks)}"
            )
            self.marks = json.loads(text)["marks"] if text else self.marks

    def read(self, chance: random.Random) -> None:
        path = chance.choice(("/", f"/van-ban/{DOCUMENT}", "/so-lieu/q3"))
        self.ask({"/": "trang năm", "/so-lieu/q3": "bảng số liệu"}.get(path, "mở văn bản"), path)

    def edit(self, file: str, keys: Sequence[str | int], text: str, before: str) -> None:
        """Open a field, and write it: what comes back are the pages that changed."""
        panel = self.ask("mở ô", f"/o?tep={file}&khoa={json.dumps(keys)}".replace(" ", ""))
        version = re.search(r'data-version="([0-9a-f]+)"', panel)
        body = {
            "document": DOCUMENT,
            "file": file,
            "keys": keys,
            "version": version[1] if version is not None else "",
            "was": before,
            "text": text,
            "known": self.marks,
        }
        answer = self.ask("ghi, trang đổi", "/gia-tri", body)
        self.marks = json.loads(answer)["marks"] if answer else self.marks


@dataclass(frozen=True)
class Task:
    """A sentence of the plan that a person edits again and again."""

    file: str
    keys: tuple[str | int, ...]
    text: str

    def version(self, number: int) -> str:
        return self.text if number % 2 == 0 else f"{self.text} Thực hiện thường xuyên."


def tasks(content: Path) -> list[Task]:
    found = []
    for path in sorted((content / "2025" / "linh-vuc").glob("*.yaml")):
        name = path.relative_to(content).as_posix()
        for number, task in enumerate(yaml.safe_load(path.read_bytes()).get("nhiem_vu", ())):
            found.append(Task(name, ("nhiem_vu", number, "noi_dung"), task["noi_dung"]))
    return found


@contextmanager
def desk(
    folder: Path, prepare: Callable[[Path], None] = lambda _: None
) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """Start a desk over a copy of the content; yield its process, its address and a cookie."""
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".vanban"))
    prepare(folder / "content")
    command = [sys.executable, "-m", "vanban.cli", "desk", "--no-browser", "--port", "0"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        address = process.stdout.readline().split()[-1]
        parts = urlsplit(address)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        connection.request("GET", f"{parts.path}?{parts.query}")
        answer = connection.getresponse()
        answer.read()
        cookie = answer.headers["set-cookie"].partition(";")[0]
        yield process, address, cookie
    finally:
        process.kill()
        process.wait()


def person(number: int, window: Window, reviewing: Window, task: Task, until: float) -> None:
    """Do what one person does until that moment: read, look for changes, edit in turn."""
    chance = random.Random(number)
    changed = threading.Event()

    def review() -> None:
        with suppress(OSError):  # the desk ends with the people
            while changed.wait() and time.monotonic() < until:
                changed.clear()
                reviewing.ask("soát (đến sau)", f"/soat-loi/danh-sach?van-ban={DOCUMENT}")

    threading.Thread(target=review, daemon=True).start()
    time.sleep(chance.uniform(0, BEAT))
    window.open()
    edits, next_edit = 0, time.monotonic() + chance.uniform(0, EVERY)
    while time.monotonic() < until:
        before = window.state
        window.look()
        if window.state != before:
            changed.set()
        if time.monotonic() >= next_edit:
            next_edit += EVERY
            window.edit(task.file, task.keys, task.version(edits + 1), task.version(edits))
            edits += 1
        elif chance.random() < 0.5:
            window.read(chance)
        time.sleep(BEAT)
    changed.set()


def memory(process: subprocess.Popen[str]) -> float:
    """Return the memory that a process has now, MB."""
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def at_work(seconds: float, folder: Path) -> Iterator[str]:
    """Let twenty people work; yield the lines that tell how long they waited."""
    with desk(folder) as (process, address, cookie):
        found = tasks(folder / "content")
        taken = Seconds()
        Window(address, cookie, Seconds()).open()  # what is made once for all
        until = time.monotonic() + seconds
        people = [
            threading.Thread(
                target=person,
                args=(
                    number,
                    Window(address, cookie, taken),
                    Window(address, cookie, taken),
                    found[number * len(found) // PEOPLE],
                    until,
                ),
            )
            for number in range(PEOPLE)
        ]
        before = cpu_of(process.pid)
        for each in people:
            each.start()
        for each in people:
            each.join()
        used = (cpu_of(process.pid) - before) / seconds
    yield f"{PEOPLE} người, mỗi người một chỗ sửa trong {EVERY:.0f} giây, {seconds:.0f} giây:"
    for name, times in sorted(taken.taken.items()):
        most = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        yield f"  {name}: {len(times)} lần, {median(times):.2f} giây, 95% dưới {most:.2f} giây"
    yield f"  bị từ chối: {taken.refused}; bàn làm việc dùng {used:.0%} của một lõi"
    yield f"  tải của máy trong lúc ấy (cả việc khác): {os.getloadavg()[0]:.1f} / {os.cpu_count()}"


def many_edits(edits: int, folder: Path) -> Iterator[str]:
    """Edit as fast as answers come; yield the lines that tell what memory the desk has."""
    with desk(folder) as (process, address, cookie):
        taken = Seconds()
        window = Window(address, cookie, taken)
        window.open()
        found = tasks(folder / "content")
        yield f"{edits} chỗ sửa liên tiếp, bộ nhớ của bàn làm việc:"
        begun = time.perf_counter()
        for number in range(edits):
            task, turn = found[number % len(found)], number // len(found)
            window.edit(task.file, task.keys, task.version(turn + 1), task.version(turn))
            if number % 50 == 0:
                window.ask("soát (đến sau)", f"/soat-loi/danh-sach?van-ban={DOCUMENT}")
            if (number + 1) % max(1, edits // TENTHS) == 0:
                yield f"  sau {number + 1}: {memory(process):.0f} MB"
        whole = time.perf_counter() - begun
        edit = median(taken.taken["ghi, trang đổi"])
        yield f"  {whole / edits:.2f} giây một chỗ sửa, riêng ghi {edit:.2f}"
        yield f"  bị từ chối: {taken.refused}"


def edit_loop(edits: int, folder: Path) -> Iterator[str]:
    """One person edits a plan of 20 pages; yield the line that tells how soon its page is there."""
    with desk(folder, prepare=lengthened) as (process, address, cookie):
        window = Window(address, cookie, Seconds())
        window.open()
        found = tasks(folder / "content")[:: len(tasks(folder / "content")) // edits or 1]
        for turn in range(2):  # once to warm up
            taken = window.seconds = Seconds()
            before = cpu_of(process.pid)
            for task in found:
                window.edit(task.file, task.keys, task.version(turn + 1), task.version(turn))
        times = taken.taken["ghi, trang đổi"]
        most = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        busy = (cpu_of(process.pid) - before) / len(times)
        yield (
            f"một chỗ sửa trên trang, kế hoạch {len(window.marks)} trang: ghi và có trang mới sau "
            f"{median(times):.2f} giây, 95% dưới {most:.2f} giây; mở ô sau "
            f"{median(taken.taken['mở ô']):.2f} giây; máy bận {busy:.2f} giây CPU cho cả hai "
            f"({len(times)} lần, bị từ chối {taken.refused})"
        )


LONGER = 75
"""Tasks that make the plan of 14 pages one of 20."""


def lengthened(content: Path) -> None:
    """Put more tasks, of the words of its own, into an area of the plan."""
    from vanban.workspace.edit import insert_item

    (path, *_) = sorted((content / "2025" / "linh-vuc").glob("03*.yaml"))
    data = path.read_bytes()
    texts = [task.text for task in tasks(content)]
    for number in range(LONGER):
        item = (("ma", f"them-{number:02}"), ("noi_dung", texts[number % len(texts)]))
        data = insert_item(data, path, ("nhiem_vu",), item)
    path.write_bytes(data)


PARTS: dict[str, Callable[[Any, Path], Iterator[str]]] = {
    "loop": edit_loop,
    "seconds": at_work,
    "edits": many_edits,
}
"""What is measured, by the option that says how much of it."""


def measured(sizes: Mapping[str, float]) -> Iterator[str]:
    """Yield the lines of each part of a size above 0, each over a copy of the content."""
    with tempfile.TemporaryDirectory() as name:
        for part, size in sizes.items():
            if size:
                yield from PARTS[part](size, Path(name, part))


def main() -> None:
    parser = argparse.ArgumentParser(description="Đo bàn làm việc khi nhiều người cùng làm.")
    parser.add_argument("--seconds", type=float, default=180, help="bao lâu với nhiều người")
    parser.add_argument("--edits", type=int, default=2000, help="bao nhiêu chỗ sửa liên tiếp")
    parser.add_argument("--loop", type=int, default=40, help="bao nhiêu chỗ sửa của một người")
    chosen = parser.parse_args()
    for line in measured({part: getattr(chosen, part) for part in PARTS}):
        print(line, flush=True)


if __name__ == "__main__":
    main()
