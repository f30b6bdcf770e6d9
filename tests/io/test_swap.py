"""Writing all or none: links, modes, failures at every place, and death at every line."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kills import Tree, dies_at, dies_when, fill, tree
from vanban.errors import MachineError
from vanban.io.owner import is_left_behind, owned_prefix
from vanban.io.swap import recover, replacing, write_files

# --- all is well ------------------------------------------------------------------------------


def test_files_are_written_with_their_folders(tmp_path: Path) -> None:
    write_files([(tmp_path / "out" / "2025" / "a.docx", b"A"), (tmp_path / "b.pdf", b"B")])
    assert tree(tmp_path) == {"out/2025/a.docx": b"A", "b.pdf": b"B"}


def test_older_files_are_replaced_whole(tmp_path: Path) -> None:
    fill(tmp_path, {"a.docx": b"older and longer"})
    write_files([(tmp_path / "a.docx", b"new")])
    assert tree(tmp_path) == {"a.docx": b"new"}


def test_where_all_is_to_be_fresh_nothing_is_replaced(tmp_path: Path) -> None:
    fill(tmp_path, {"b/c": b"mine"})
    with pytest.raises(MachineError, match="đã có "):
        write_files([(tmp_path / "a" / "b", b""), (tmp_path / "b" / "c", b"")], fresh=True)
    assert tree(tmp_path) == {"b/c": b"mine"}


def test_nothing_to_write_is_nothing_done(tmp_path: Path) -> None:
    write_files([])
    assert tree(tmp_path) == {}


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    fill(tmp_path, {"shared/so.yaml": b"old"})
    links = [tmp_path / "so.yaml", tmp_path / "second.yaml"]
    links[0].symlink_to("shared/so.yaml")
    links[1].symlink_to(tmp_path / "so.yaml")
    write_files([(links[1], b"new")])
    assert all(link.is_symlink() for link in links)
    assert (tmp_path / "shared" / "so.yaml").read_bytes() == b"new"
    assert not list(tmp_path.glob(".*"))


def test_a_link_to_nothing_yet_gets_its_file(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "so.yaml").symlink_to("shared/so.yaml")
    write_files([(tmp_path / "so.yaml", b"new")])
    assert (tmp_path / "so.yaml").is_symlink()
    assert tree(tmp_path) == {"so.yaml": b"new", "shared/so.yaml": b"new"}


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o444])
def test_a_file_that_was_there_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "so.yaml"
    path.write_bytes(b"old")
    path.chmod(mode)
    write_files([(path, b"new")])
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.parametrize("umask", [0o022, 0o077, 0o002])
def test_what_is_new_has_the_mode_of_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        with replacing(tmp_path / "a.pdf", tmp_path / "dossier") as (file, folder):
            file.write_bytes(b"new")
            (folder / "1").mkdir(parents=True)
            (folder / "1" / "a.pdf").write_bytes(b"new")
    finally:
        os.umask(before)
    for name in ("a.pdf", "dossier/1/a.pdf"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o666 & ~umask, name
    for name in ("dossier", "dossier/1"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o777 & ~umask, name


def test_the_owner_stays(tmp_path: Path) -> None:
    if os.geteuid():
        pytest.skip("only the administrator writes files of others")
    path = tmp_path / "so.yaml"
    path.write_bytes(b"old")
    os.chown(path, 1234, 5678)
    write_files([(path, b"new")])
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 5678)


def test_data_is_on_the_disk_before_it_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, os.replace

    def noted_fsync(descriptor: int) -> None:
        steps.append(_name(descriptor))
        fsync(descriptor)

    def noted_replace(source: Path, target: Path) -> None:
        steps.append(f"to {target}")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)
    path = tmp_path / "a.docx"
    write_files([(path, b"new")])
    assert steps.index(f"to {path}") > next(i for i, s in enumerate(steps) if s.endswith("0.new"))
    assert steps[-1] == str(tmp_path)  # and so is the name


def _name(descriptor: int) -> str:
    return str(Path(f"/proc/self/fd/{descriptor}").readlink())


# --- something cannot be written --------------------------------------------------------------

OLD: Tree = {"a.docx": b"old", "b.pdf": b"old"}


def _folder(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


def _pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def _circle(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(path.name)


@pytest.mark.parametrize(
    ("second", "spoil", "words"),
    [
        ("b.pdf", _folder, "đây là một thư mục"),
        ("b.pdf", _pipe, "đây không phải là tệp thường"),
        ("b.pdf", _circle, "liên kết đi vòng"),
        ("a.docx/b.pdf", None, "thư mục"),
        (f"{'b' * 256}.pdf", None, "tên tệp quá dài"),
    ],
)
def test_no_file_changes_when_one_cannot_be_written(
    tmp_path: Path, second: str, spoil: Callable[[Path], None] | None, words: str
) -> None:
    fill(tmp_path, OLD)
    if spoil is not None:
        spoil(tmp_path / second)
    before = tree(tmp_path)
    path = tmp_path / second
    with pytest.raises(MachineError) as raised:
        write_files([(tmp_path / "a.docx", b"new"), (path, b"new"), (tmp_path / "c", b"new")])
    assert str(raised.value).startswith(f"không ghi được {path}: ")
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)
    assert tree(tmp_path) == before
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("call", ["replace", "rename", "link"])
@pytest.mark.parametrize("at", range(1, 5))
def test_what_was_replaced_goes_back_when_the_next_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, at: int
) -> None:
    """As with a file that is open in a viewer on Windows: the system refuses one of the steps."""
    fill(tmp_path, BEFORE)
    count = 0
    real: Callable[..., None] = getattr(os, call)

    def refusing(source: str, target: str, **options: Any) -> None:
        nonlocal count
        # The journal is no target, and what is put back is not refused.
        if not str(target).endswith(("swap.json", ".old")) and ".old" not in str(source):
            count += 1
            if count == at:
                raise PermissionError(13, "Permission denied", source, None, target)
        real(source, target, **options)

    monkeypatch.setattr(os, call, refusing)
    try:
        make_set(tmp_path)
    except MachineError as error:
        assert count == at
        assert str(tmp_path) in str(error)
        assert ".vanban-" not in str(error)
        assert tree(tmp_path) == BEFORE
    else:
        assert tree(tmp_path) == AFTER
    assert not list(tmp_path.rglob(".vanban-*"))


@pytest.mark.parametrize("fault", [KeyboardInterrupt, ValueError])
def test_an_interruption_leaves_everything_as_it_was(
    tmp_path: Path, fault: type[BaseException]
) -> None:
    fill(tmp_path, OLD)
    with pytest.raises(fault), replacing(tmp_path / "a.docx", tmp_path / "b.pdf") as places:
        places[0].write_bytes(b"new")
        raise fault
    assert tree(tmp_path) == OLD


def test_an_error_that_is_not_of_writing_passes(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), replacing(tmp_path / "a.docx"):
        (tmp_path / "source").read_bytes()
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("named", [True, False])
def test_a_full_disk_names_the_target(tmp_path: Path, named: bool) -> None:
    """A write tells no name, and copying names the source first."""
    with pytest.raises(MachineError) as raised, replacing(tmp_path / "dossier") as (folder,):
        folder.mkdir()
        names = (str(tmp_path / "source.pdf"), None, str(folder / "1")) if named else ()
        raise OSError(28, "No space left on device", *names)
    assert str(raised.value).startswith(f"không ghi được {tmp_path / 'dossier'}: đĩa đã đầy — ")


# --- death at every line ----------------------------------------------------------------------

BEFORE: Tree = {"a.docx": b"old", "b.pdf": b"old", "dossier/1/a": b"old", "c/so.yaml": b"old"}
AFTER: Tree = {
    "a.docx": b"new",
    "b.pdf": b"new",
    "dossier/2/b": b"new",
    "c/so.yaml": b"new",
    "c/new.pdf": b"new",
}


def make_set(root: Path) -> None:
    """Replace two files and a folder, and in another folder a file beside one not there yet."""
    names = ("c/new.pdf", "a.docx", "dossier", "b.pdf", "c/so.yaml")
    with replacing(*(root / name for name in names)) as places:
        for name, place in zip(names, places, strict=True):
            if name == "dossier":
                (place / "2").mkdir(parents=True)
                (place / "2" / "b").write_bytes(b"new")
            else:
                place.write_bytes(b"new")


def folders(root: Path) -> tuple[Path, Path]:
    return root, root / "c"


@pytest.mark.parametrize(
    "step", [pytest.param(13, marks=pytest.mark.slow), pytest.param(2, marks=pytest.mark.long)]
)
def test_whoever_dies_anywhere_leaves_old_or_new_and_the_next_settles_it(
    tmp_path: Path, step: int
) -> None:
    seen = set()
    line = 0
    alive = False
    while not alive:
        line += step
        root = tmp_path / str(line)
        fill(root, BEFORE)
        alive = not dies_at(line, lambda root=root: make_set(root))  # type: ignore[misc]
        for name in BEFORE.keys() & AFTER.keys():
            assert (root / name).read_bytes() in (b"old", b"new"), (line, name)
        recover(*(folders(root) if line % 2 else reversed(folders(root))))
        now = tree(root)
        assert now in (BEFORE, AFTER), line
        seen.add(now == AFTER)
        shutil.rmtree(root)
    assert seen == {True, False}
    assert line > 200


def dies_half_done(root: Path) -> None:
    """Let a process die in the middle of the swap of :func:`make_set`."""

    def is_half_done() -> bool:
        new, old = root / "b.pdf", root / "c" / "so.yaml"
        return all(path.exists() for path in (new, old)) and (
            (new.read_bytes(), old.read_bytes()) == (b"new", b"old")
        )

    assert dies_when(is_half_done, lambda: make_set(root))


@pytest.mark.long
def test_whoever_dies_settling_it_is_followed_by_another(tmp_path: Path) -> None:
    """The first dies in the middle of the swap, the second at any line of putting it right."""
    for line in range(1, 1000, 2):
        root = tmp_path / str(line)
        fill(root, BEFORE)
        dies_half_done(root)
        alive = not dies_at(line, lambda root=root: recover(*folders(root)))  # type: ignore[misc]
        recover(*folders(root))
        assert tree(root) == BEFORE, line
        shutil.rmtree(root)
        if alive:
            break
    assert alive and line > 50


@pytest.mark.slow
def test_what_a_person_changed_since_is_not_put_back(tmp_path: Path) -> None:
    fill(tmp_path, BEFORE)
    dies_half_done(tmp_path)
    (tmp_path / "b.pdf").write_bytes(b"changed by hand")
    recover(*folders(tmp_path))
    assert tree(tmp_path) == {**BEFORE, "b.pdf": b"changed by hand"}


@pytest.mark.slow
def test_writing_again_settles_it_first(tmp_path: Path) -> None:
    fill(tmp_path, BEFORE)
    dies_half_done(tmp_path)
    assert tree(tmp_path) != BEFORE
    write_files([(tmp_path / "d", b"new"), (tmp_path / "c" / "d", b"new")])
    assert tree(tmp_path) == {**BEFORE, "d": b"new", "c/d": b"new"}


# --- two at once ------------------------------------------------------------------------------


def test_two_at_once_do_not_mix(tmp_path: Path) -> None:
    """Each replaces two files and a folder again and again: what stands is always one's own set."""
    names = ("a", "folder", "b")

    def write(letter: bytes) -> None:
        for _ in range(40):
            with replacing(*(tmp_path / name for name in names)) as places:
                places[0].write_bytes(letter)
                places[1].mkdir()
                (places[1] / "c").write_bytes(letter)
                places[2].write_bytes(letter)

    children = []
    for letter in (b"A", b"B"):
        child = os.fork()
        if child == 0:
            setattr(os, "fsync", bool)  # noqa: B010 - many more swaps in the same time
            try:
                write(letter)
            except BaseException:
                os._exit(1)
            os._exit(0)
        children.append(child)
    statuses = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert statuses == [0, 0]
    assert len(set(tree(tmp_path).values())) == 1
    assert set(tree(tmp_path)) == {"a", "b", "folder/c"}


# --- whose it is ------------------------------------------------------------------------------


def test_what_a_live_process_makes_is_left_alone(tmp_path: Path) -> None:
    with replacing(tmp_path / "a.docx") as (place,):
        place.write_bytes(b"new")
        recover(tmp_path)
        write_files([(tmp_path / "b.pdf", b"new")])
    assert tree(tmp_path) == {"a.docx": b"new", "b.pdf": b"new"}


HOUR = 3600


@pytest.mark.parametrize(
    ("change", "age", "left"),
    [
        (lambda name: name, 0, False),
        (lambda name: name, 30 * HOUR, False),  # alive, however long it takes
        (lambda name: _with(name, 1, "1"), 0, True),  # that number was given to another process
        (lambda name: _with(name, 2, "4194304"), 0, True),  # above every number of a process
        (lambda name: _with(name, 3, "may-khac"), HOUR, False),
        (lambda name: _with(name, 3, "may-khac"), 30 * HOUR, True),
        (lambda name: ".vanban-cua-toi", 30 * HOUR, False),
        (lambda name: ".vanban", 30 * HOUR, False),
    ],
)
def test_who_left_a_folder(
    tmp_path: Path, change: Callable[[str], str], age: int, left: bool
) -> None:
    folder = tmp_path / change(f"{owned_prefix()}ab_c12")
    folder.mkdir()
    then = folder.stat().st_mtime - age
    os.utime(folder, (then, then))
    assert is_left_behind(folder) is left


def _with(name: str, part: int, value: str) -> str:
    """Return the name of a folder with one part changed, counted from the end."""
    parts = name.rsplit("-", 3)
    start, host = parts[0].split("-", 1)
    parts[0] = f"{start}-{value}" if part == 3 else f"{start}-{host}"
    if part != 3:
        parts[-1 - part] = value
    return "-".join(parts)


def test_a_process_that_nobody_waited_for_is_dead(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        (tmp_path / f"{owned_prefix()}x").mkdir()
        os._exit(0)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    try:
        (folder,) = tmp_path.iterdir()
        assert is_left_behind(folder)
    finally:
        os.waitpid(child, 0)


# --- files that go ----------------------------------------------------------------------------


def test_a_file_that_goes_is_gone_with_the_swap(tmp_path: Path) -> None:
    fill(tmp_path, OLD)
    write_files([(tmp_path / "a.docx", None), (tmp_path / "b.pdf", b"new")])
    assert tree(tmp_path) == {"b.pdf": b"new"}


def test_of_a_link_that_goes_the_file_stays(tmp_path: Path) -> None:
    fill(tmp_path, {"a.pdf": b"old"})
    (tmp_path / "link.pdf").symlink_to("a.pdf")
    write_files([(tmp_path / "link.pdf", None)])
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


@pytest.mark.parametrize("order", [1, -1])
def test_nothing_goes_where_one_cannot(tmp_path: Path, order: int) -> None:
    fill(tmp_path, OLD)
    files = [(tmp_path / "a.docx", None), (tmp_path / "none" / "c", None)]
    with pytest.raises(MachineError, match="none/c: không có tệp"):
        write_files([*files[::order], (tmp_path / "b.pdf", b"new")])
    assert tree(tmp_path) == OLD
