"""A batch on machines that are not alike, in namespaces of the network, and over TLS."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

import vanban
from clusters import (
    BIN,
    await_words,
    free_port,
    namespaces,
    running,
    unplug,
    within,
    write_certificates,
)
from kills import tree

pytestmark = [pytest.mark.long]
ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from make_country import HOME, make_country  # noqa: E402

READY = "Starting established connection"


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("country")
    make_country(3, 3, folder, (HOME,), 2026)
    return folder / "xa-phuong"


@pytest.fixture(scope="module")
def alone(country: Path) -> dict[str, bytes]:
    """What a batch makes on one machine, by name."""
    done = batch(country, country.parent / "alone", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    return documents(country.parent / "alone")


def batch(
    country: Path, out: Path, *words: str, begin: tuple[str, ...] = (), env: Mapping[str, str] = {}
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*begin, *asking(country, out), *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
        env={**os.environ, **env},
    )


def asking(country: Path, out: Path) -> list[str]:
    words = f"batch {country} plan --engine pages --out {out}"
    return [str(BIN / "vanban"), *words.split()]


def documents(out: Path) -> dict[str, bytes]:
    return {name: data for name, data in tree(out).items() if "/2026/" in name}


def test_machines_that_make_other_files_are_told_and_not_used(
    country: Path, alone: dict[str, bytes], tmp_path: Path
) -> None:
    """One is as here, one has no fonts, one another program, one does not see the folder."""
    (tmp_path / "fonts").mkdir()
    program = tmp_path / "program" / "vanban"
    shutil.copytree(Path(vanban.__file__).parent, program)
    (program / "errors.py").write_text((program / "errors.py").read_text("utf-8") + "\n# other\n")
    out = tmp_path / "out"
    out.mkdir()
    address = f"tcp://127.0.0.1:{free_port()}"
    hidden = ("unshare", "-m", "sh", "-c", f'mount -t tmpfs none "{out}" && exec "$@"', "sh")
    others: dict[str, tuple[tuple[str, ...], Mapping[str, str]]] = {
        "no-fonts": ((), {"VANBAN_FONT_DIR": str(tmp_path / "fonts")}),
        "program": ((), {"PYTHONPATH": str(program.parent)}),
        "folder": (hidden, {}),
    }
    with ExitStack() as stack:
        port = address.rpartition(":")[2]
        log = tmp_path / "scheduler.log"
        start = ("scheduler", "--host", "127.0.0.1", "--port", port)
        stack.enter_context(running(*start, log=log))
        await_words(log, "Scheduler at")
        for name, (begin, env) in others.items():
            log = tmp_path / f"{name}.log"
            worker = ("worker", address, "--nthreads", "1", "--no-nanny")
            stack.enter_context(running(*worker, log=log, within=begin, env=env))
            await_words(log, READY)
        refused = batch(country, out, "--scheduler", address, "--in-place")
        assert refused.returncode == 1
        assert "cụm không có máy nào nhận được việc" in refused.stderr
        assert refused.stderr.count("không giao việc cho máy này") == len(others)
        assert documents(out) == {}
        log = tmp_path / "good.log"
        stack.enter_context(running("worker", address, "--nthreads", "1", log=log))
        await_words(log, READY)
        for extra in (("--in-place",), ("--force",)):
            done = batch(country, out, "--scheduler", address, *extra)
            assert done.returncode == 0, done.stderr
            assert documents(out) == alone
        for words in (
            "Không tìm thấy phông chữ Times New Roman",
            "chương trình là 0.",
            f"không thấy thư mục chung {out}",
        ):
            assert words in refused.stderr
        again = batch(country, out, "--scheduler", address)
        assert again.stdout.count("không đổi") == 3


def test_over_tls_and_nobody_without_a_certificate(
    country: Path, alone: dict[str, bytes], tmp_path: Path
) -> None:
    keys = write_certificates(tmp_path)
    address = f"tls://127.0.0.1:{free_port()}"
    with ExitStack() as stack:
        start = ("scheduler", "--protocol", "tls", "--host", "127.0.0.1")
        log = tmp_path / "scheduler.log"
        port = address.rpartition(":")[2]
        stack.enter_context(running(*start, "--port", port, log=log, env=keys))
        await_words(log, "Scheduler at")
        log = tmp_path / "worker.log"
        stack.enter_context(running("worker", address, "--nthreads", "1", log=log, env=keys))
        await_words(log, READY)
        done = batch(country, tmp_path / "out", "--scheduler", address, env=keys)
        assert done.returncode == 0, done.stderr
        assert documents(tmp_path / "out") == alone
        other = tmp_path / "other"
        other.mkdir()
        for env in ({}, write_certificates(other)):
            refused = batch(country, tmp_path / "none", "--scheduler", address, env=env)
            assert refused.returncode == 1
            assert f"không gặp được máy điều phối {address}" in refused.stderr


@pytest.mark.parametrize("lost", ["workers", "scheduler"])
def test_nobody_left(lost: str, country: Path, alone: dict[str, bytes], tmp_path: Path) -> None:
    """Where all workers die, a new one goes on; without a scheduler a later command does."""
    address = f"tcp://127.0.0.1:{free_port()}"
    port = address.rpartition(":")[2]
    out = tmp_path / "out"
    worker = ("worker", address, "--nthreads", "1", "--no-nanny")
    with ExitStack() as stack:
        log = tmp_path / "scheduler.log"
        start = ("scheduler", "--host", "127.0.0.1", "--port", port)
        scheduler = stack.enter_context(running(*start, log=log))
        await_words(log, "Scheduler at")
        log = tmp_path / "first.log"
        first = stack.enter_context(running(*worker, log=log))
        await_words(log, READY)
        asked = subprocess.Popen(
            [*asking(country, out), "--scheduler", address],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        await_words(log, "admitted")
        time.sleep(2)
        if lost == "scheduler":
            scheduler.kill()
        first.kill()
        log = tmp_path / "second.log"
        if lost == "workers":
            stack.enter_context(running(*worker, log=log))
        _, errors = asked.communicate(timeout=400)
    if lost == "workers":
        assert asked.returncode == 0, errors
        assert documents(out) == alone
    else:
        assert asked.returncode == 1, errors
        assert "mất liên lạc với máy điều phối" in errors
        assert "Traceback" not in errors
        assert batch(country, out).returncode == 0
        assert documents(out) == alone


@pytest.fixture
def network() -> Iterator[dict[str, str]]:
    with ExitStack() as stack:
        try:
            addresses = stack.enter_context(namespaces("s", "a", "b", "c"))
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"this machine makes no network namespaces: {error}")
        yield addresses


def test_a_machine_that_goes_off_the_network_changes_nothing(
    country: Path, alone: dict[str, bytes], tmp_path: Path, network: dict[str, str]
) -> None:
    """Scheduler, two machines and who asks, each in a namespace of its own."""
    soon = {
        "DASK_DISTRIBUTED__COMM__TIMEOUTS__TCP": "12s",
        "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "4s",
    }
    address = f"tcp://{network['s']}:8786"
    out = tmp_path / "out"
    with ExitStack() as stack:
        log = tmp_path / "scheduler.log"
        start = ("scheduler", "--host", network["s"])
        stack.enter_context(running(*start, log=log, within=within("s"), env=soon))
        await_words(log, "Scheduler at")
        for name in ("a", "b"):
            log = tmp_path / f"{name}.log"
            worker = ("worker", address, "--nthreads", "1", "--no-nanny")
            stack.enter_context(running(*worker, log=log, within=within(name), env=soon))
            await_words(log, READY)
        asked = subprocess.Popen(
            [*within("c"), *asking(country, out), "--scheduler", address],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **soon},
        )
        await_words(tmp_path / "a.log", "admitted")
        time.sleep(0.5)  # and it is at work
        unplug("a")
        _, errors = asked.communicate(timeout=400)
    assert asked.returncode == 0, errors
    assert documents(out) == alone
    # Lost within two seconds of the end, it is told by nobody.
    assert errors == "" or (network["a"] in errors and "mất liên lạc với máy này" in errors)
