"""PDF, folder and ZIP of a dossier are of one state, whatever happens while they are replaced."""

from __future__ import annotations

import hashlib
import os
import resource
import stat
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from conftest import ROOT
from documents import docx_of, plain
from dossiers import Maker, item, plan, write_pdf
from vanban.app.dossier import DossierFront, make_dossier
from vanban.errors import MachineError
from vanban.evidence.file_facts import Copies
from vanban.io.swap import recover

STEPS = ("rename", "replace", "link", "unlink", "rmdir")
"""What the system does while the dossier is put in its place and the old one removed."""


def state(out: Path) -> Mapping[str, str]:
    """Return the hash of every file of a dossier."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file()
    }


def two_plans(folder: Path) -> tuple[object, object]:
    first = plan(item("1.1.1-01", write_pdf(folder / "a.pdf")))
    files = (write_pdf(folder / "b.pdf", 2), write_pdf(folder / "c.pdf"))
    second = plan(*(item(f"2.1.1-0{number}", file) for number, file in enumerate(files, 1)))
    return first, second


def dies_at(step: int, maker: Maker, dossier: object, out: Path) -> bool:
    """Make a dossier in a process that dies before a step; True where it did."""
    child = os.fork()
    if child == 0:
        left = step

        def counting(name: str) -> None:
            real = getattr(os, name)

            def call(*args: object, **options: object) -> object:
                nonlocal left
                left -= 1
                if not left:
                    os._exit(9)
                return real(*args, **options)

            setattr(os, name, call)

        for name in STEPS:
            counting(name)
        maker.all(dossier, out)  # type: ignore[arg-type]
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, 9)
    return status == 9


@pytest.mark.slow
def test_whoever_dies_leaves_the_three_of_one_state(maker: Maker, tmp_path: Path) -> None:
    first, second = two_plans(tmp_path)
    maker.all(second, tmp_path / "trial")  # type: ignore[arg-type]
    after = state(tmp_path / "trial")
    seen = set()
    for step in range(1, 200, 4):
        out = tmp_path / str(step)
        maker.all(first, out)  # type: ignore[arg-type]
        before = state(out)
        died = dies_at(step, maker, second, out)
        for name in ("dossier.pdf", "dossier.zip"):
            assert state(out)[name] in (before[name], after[name]), step
        recover(out)
        assert state(out) in (before, after), step
        seen.add(state(out) == after)
        if not died:
            break
    assert not died and seen == {True, False}


def test_a_step_that_is_refused_leaves_the_old_three(
    maker: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two_plans(tmp_path)
    out = tmp_path / "out"
    maker.all(first, out)  # type: ignore[arg-type]
    before, real = state(out), os.replace

    def refusing(source: Path, target: Path) -> None:
        if Path(target) == out / "dossier.zip" and ".new" in str(source):
            raise PermissionError(13, "Permission denied", str(source), None, str(target))
        real(source, target)

    monkeypatch.setattr(os, "replace", refusing)
    with pytest.raises(MachineError, match=f"không ghi được {out / 'dossier.zip'}: không có quyền"):
        maker.all(second, out)  # type: ignore[arg-type]
    assert state(out) == before


def test_every_file_is_read_once(maker: Maker, tmp_path: Path) -> None:
    """Once looked at, files are not needed any more, whatever becomes of them."""
    word = tmp_path / "a.docx"
    word.write_bytes(docx_of(plain("Một.")))
    picture = tmp_path / "c.png"
    Image.new("RGB", (30, 20), "red").save(picture)
    printed = write_pdf(tmp_path / "b.pdf")
    files = (word, printed, picture, write_pdf(tmp_path / "d.pdf", 2))
    before = {path.name: path.read_bytes() for path in files}
    wanted = plan(
        item("1.1.1-01", word),
        item("1.1.1-02", picture),
        item("1.1.1-03", files[3], original=printed),
    )

    def front_of(copies: Copies) -> DossierFront:
        for path in files:
            copies.facts(path)
            path.unlink()
        return maker.front(wanted)

    made = make_dossier(front_of, tmp_path / "out")
    folder = made.paths[1]
    copied = [path for path in folder.rglob("*") if path.is_file() and path.parent != folder]
    assert sorted(path.read_bytes() for path in copied) == sorted(before.values())
    assert not (folder / "copies").exists()


@pytest.mark.parametrize("umask", [0o022, 0o077, 0o007])
def test_modes_follow_the_umask(maker: Maker, tmp_path: Path, umask: int) -> None:
    first, _ = two_plans(tmp_path)
    before = os.umask(umask)
    try:
        maker.all(first, tmp_path / "out")  # type: ignore[arg-type]
    finally:
        os.umask(before)
    for path in (tmp_path / "out").rglob("*"):
        full = 0o777 if path.is_dir() else 0o666
        assert stat.S_IMODE(path.stat().st_mode) == full & ~umask, path


@pytest.mark.parametrize("name", ["dossier.pdf", "dossier.zip", "dossier"])
def test_what_stands_in_the_way_is_told_by_its_name(
    maker: Maker, tmp_path: Path, name: str
) -> None:
    first, _ = two_plans(tmp_path)
    out = tmp_path / "out"
    if name == "dossier":
        out.mkdir()
        (out / name).write_bytes(b"")
    else:
        (out / name).mkdir(parents=True)
    with pytest.raises(MachineError, match=f"không ghi được {out / name}: "):
        maker.all(first, out)  # type: ignore[arg-type]
    assert [path.name for path in out.iterdir()] == [name]


# --- a disk without room ----------------------------------------------------------------------


def run_dossier(out: Path, limit: int) -> subprocess.CompletedProcess[str]:
    """Run the command where no file may grow above ``limit`` bytes, as on a full disk."""
    return subprocess.run(
        [sys.executable, "-m", "vanban.cli", "dossier", "--out", str(out)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        timeout=300,
    )


@pytest.mark.slow
def test_a_disk_without_room_is_told_and_the_old_dossier_stays(tmp_path: Path) -> None:
    out = tmp_path / "2025"
    out.mkdir()
    (out / "dossier.pdf").write_bytes(b"old")
    run = run_dossier(tmp_path, 900_000)
    assert run.returncode == 1
    (line,) = run.stderr.splitlines()
    assert line.startswith(f"Lỗi: không ghi được {out / 'dossier.pdf'}: tệp quá lớn — ")
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {"dossier.pdf": b"old"}


@pytest.mark.slow
def test_a_dossier_on_a_full_disk_of_its_own(tmp_path: Path) -> None:
    """The real thing, where this process may mount: the PDF has room, the rest has not."""
    out = tmp_path / "out"
    command = f"{sys.executable} -m vanban.cli dossier --out {out}"
    script = f"mount -t tmpfs -o size=2400k none {tmp_path} && exec {command}"
    run = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script], cwd=ROOT, capture_output=True, text=True
    )
    if "Lỗi" not in run.stderr:
        pytest.skip(f"no mounting here: {run.stderr}")
    assert run.returncode == 1
    (line,) = run.stderr.splitlines()
    assert line.startswith(f"Lỗi: không ghi được {out}/2025/dossier")
    assert "đĩa đã đầy" in line


def test_the_zip_holds_the_folder(maker: Maker, tmp_path: Path) -> None:
    first, _ = two_plans(tmp_path)
    maker.all(first, tmp_path / "out")  # type: ignore[arg-type]
    folder = tmp_path / "out" / "dossier"
    with zipfile.ZipFile(tmp_path / "out" / "dossier.zip") as package:
        held = {name: package.read(name) for name in package.namelist()}
    assert held == {
        f"dossier/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
