"""What the memory of a build folder believes, whatever hands, pipes and kills do to it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import TEMPLATES
from support import write_content
from vanban.app import inputs
from vanban.app.inputs import file_hash, program_key, read_inputs
from vanban.app.manifest import MANIFEST, SEAL, Done, Manifest, read_manifest
from vanban.cli import main
from vanban.cli.screen import say as really_say
from vanban.errors import MachineError
from vanban.io.sealed import change_sealed
from vanban.io.swap import write_files

UNCHANGED = "Không đổi từ lần dựng trước"
EDITED = "đã bị sửa sau khi dựng"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    write_content(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def build(*ids: str) -> Result:
    return run("build", *(ids or ("plan",)), "--engine", "pages")


# --- what was written ---------------------------------------------------------------------------


def test_a_file_that_is_edited_while_the_answer_is_printed_is_edited(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = folder / "build/2025/plan.docx"

    def slow_say(line: str = "", err: bool = False, once: bool = False) -> None:
        if line.startswith("  đã tạo: "):
            plan.write_bytes(b"edited by hand")
        really_say(line, err, once)

    with monkeypatch.context() as patch:
        patch.setattr("vanban.cli.build.say", slow_say)
        build()
    assert plan.read_bytes() == b"edited by hand"
    again = build()
    assert EDITED in again.output and UNCHANGED not in again.output


def test_a_reader_who_goes_away_costs_no_memory(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_more(line: str = "", err: bool = False, once: bool = False) -> None:
        if not once:
            raise MachineError("không in hết được kết quả: nơi nhận đã đóng")

    build()
    plan = folder / "content/2025/ke-hoach.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("Nâng cao", "Nâng tầm", 1), encoding="utf-8")
    before = file_hash(folder / "build/2025/plan.pdf")
    with monkeypatch.context() as patch:
        patch.setattr("vanban.cli.build.say", no_more)
        build()
    assert file_hash(folder / "build/2025/plan.pdf") != before
    output = build().output
    assert EDITED not in output and "Đang dựng" not in output


@pytest.mark.parametrize("swapped", [True, False])
def test_a_kill_around_the_swap_accuses_nobody(
    folder: Path, monkeypatch: pytest.MonkeyPatch, swapped: bool
) -> None:
    def killed(files: list[tuple[Path, bytes | None]]) -> None:
        if swapped:
            write_files(files)
        raise KeyboardInterrupt

    build()
    plan = folder / "content/2025/ke-hoach.yaml"
    text = plan.read_text(encoding="utf-8")
    for number in range(3):
        plan.write_text(text.replace("Nâng cao", f"Nâng tầm {number}", 1), encoding="utf-8")
        with monkeypatch.context() as patch:
            patch.setattr("vanban.app.build.write_files", killed)
            assert EDITED not in build().output
    output = build().output
    assert EDITED not in output and UNCHANGED not in output
    assert build().output.startswith(UNCHANGED)


def test_an_edit_that_is_taken_back_meanwhile_is_not_remembered(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vanban.app.load import load_content

    plan = folder / "content/2025/ke-hoach.yaml"
    good = plan.read_bytes()
    build()
    made = (folder / "build/2025/plan.pdf").read_bytes()

    def meanwhile(content: Path, year: int) -> object:
        plan.write_bytes(good.replace("Nâng cao".encode(), "Nâng tầm".encode(), 1))
        loaded = load_content(content, year)
        plan.write_bytes(good)
        return loaded

    with monkeypatch.context() as patch:
        patch.setattr("vanban.app.load.load_content", meanwhile)
        run("build", "plan", "--engine", "pages", "--force")
    assert (folder / "build/2025/plan.pdf").read_bytes() != made
    assert UNCHANGED not in build().output
    assert (folder / "build/2025/plan.pdf").read_bytes() == made


def test_two_commands_keep_what_both_found(tmp_path: Path) -> None:
    one, two = read_manifest(tmp_path), read_manifest(tmp_path)
    for number, each in enumerate((one, two)):
        path = tmp_path / f"{number}.pdf"
        each.add_rendering(str(number), "k", {path: b"x"})
        each.announce({path: hashlib.sha256(b"x").hexdigest()})
        path.write_bytes(b"x")
        each.add_run(str(number), "k", Done(), [])
    two.write()
    one.write()
    known = read_manifest(tmp_path)
    assert sorted(known.runs) == sorted(known.renderings) == ["0", "1"]
    assert not [*known.edited_below(tmp_path)] and not [*known.strangers(tmp_path)]


def test_what_was_made_is_known_however_much_was_asked_since(tmp_path: Path) -> None:
    manifest = read_manifest(tmp_path)
    path = tmp_path / "dossier.pdf"
    manifest.announce({path: hashlib.sha256(b"x").hexdigest()})
    path.write_bytes(b"edited")
    for number in range(40):
        manifest = read_manifest(tmp_path)
        manifest.add_run(f"list {number}", "k", Done(), [])
        manifest.write()
    assert len(read_manifest(tmp_path).runs) == 30
    assert [*read_manifest(tmp_path).edited_below(path)] == [path]


# --- what is read -------------------------------------------------------------------------------

MADE: dict[str, Callable[[Path], object]] = {
    "a folder named as a file": lambda at: (at / "content/2025/linh-vuc/99.yaml").mkdir(
        parents=True
    ),
    "a folder of another year": lambda at: (at / "content/2024").mkdir(),
    "evidence with a hidden name": lambda at: write(at / "content/2025/minh-chung/.a.pdf"),
    "evidence like a lock": lambda at: write(at / "content/2025/minh-chung/~a.pdf"),
    "evidence in an old folder": lambda at: write(at / "content/2025/minh-chung/__cu/a.pdf"),
    "evidence in a hidden folder": lambda at: write(at / "content/2025/minh-chung/._x/a.pdf"),
    "a picture like a copy": lambda at: write(at / "content/2025/soan-thao/hinh/so-do.png.bak"),
    "a pipe": lambda at: os.mkfifo(at / "content/2025/q1.yaml"),
    "a folder of the office": lambda at: (at / "content/__cu").mkdir(),
}


def write(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")


@pytest.mark.parametrize("name", MADE)
def test_whatever_may_be_read_is_part_of_the_key(folder: Path, name: str) -> None:
    before = read_inputs("p", folder / "content").key
    MADE[name](folder)
    assert read_inputs("p", folder / "content").key != before


@pytest.mark.parametrize("name", ["content/.vanban/x", "content/2025/.q1.yaml.swp", "content/~x"])
def test_what_nobody_named_is_no_part_of_it(folder: Path, name: str) -> None:
    before = read_inputs("p", folder / "content").key
    write(folder / name)
    assert read_inputs("p", folder / "content").key == before


def test_fonts_and_the_rules_of_the_dictionary_are_part_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts, words = tmp_path / "fonts", tmp_path / "vi_VN.dic"
    for path in (fonts / "a.ttf", words, words.with_suffix(".aff"), tmp_path / "fonts.conf"):
        write(path)
    monkeypatch.setattr(inputs, "FONT_FOLDERS", (str(fonts),))
    monkeypatch.setattr(inputs, "dictionary_file", lambda: words)
    keys = [program_key()]
    (fonts / "a.ttf").write_bytes(b"another")
    keys.append(program_key())
    words.with_suffix(".aff").write_bytes(b"another")
    keys.append(program_key())
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    keys.append(program_key())
    (tmp_path / "fonts.conf").write_bytes(b"another")
    keys.append(program_key())
    write(tmp_path / "share/fonts/b.ttf")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    keys.append(program_key())
    (tmp_path / "share/fonts/b.ttf").write_bytes(b"another")
    keys.append(program_key())
    assert len(set(keys)) == len(keys)


def test_ids_with_a_space_are_other_ids(folder: Path) -> None:
    build("plan", "report-q3")
    assert UNCHANGED in build("plan", "report-q3").output
    assert build("plan report-q3").exit_code == 2


# --- files of others in the build folder --------------------------------------------------------


def test_notes_on_other_files_follow_them(folder: Path) -> None:
    annex = folder / "build/2025/plan-phu-luc-9.pdf"
    note = "phụ lục riêng của lần dựng trước"
    build()
    annex.write_bytes(b"x")
    assert note in build().output
    assert UNCHANGED in build().output
    annex.unlink()
    assert note not in build().output
    (folder / "build/2025/other.pdf").write_bytes(b"x")
    assert UNCHANGED in build().output
    annex.write_bytes(b"%PDF-1.7\n/ByteRange [0 1 2 3]\n%%EOF")
    assert "đã ký số nên được giữ nguyên" in build().output


def test_a_file_that_is_kept_is_told_while_it_is_there(folder: Path) -> None:
    old, kept = folder / "build/2025/report-q3.docx", "vẫn còn là bản của lần dựng trước"
    assert kept not in build("plan", "report-q3").output
    old.write_bytes(b"x")
    assert kept in build("plan", "report-q3").output
    assert UNCHANGED in build("plan", "report-q3").output
    old.unlink()
    assert kept not in build("plan", "report-q3").output


def test_a_link_to_nothing_is_not_built_through(folder: Path) -> None:
    (folder / "build/2025").mkdir(parents=True)
    (folder / "build/2025/plan.pdf").symlink_to(folder / "elsewhere.pdf")
    output = build().output
    assert "plan.pdf: liên kết này không dẫn đến tệp nào" in output
    assert not (folder / "elsewhere.pdf").exists()


@pytest.mark.parametrize("name", ["2025/plan.pdf", MANIFEST, ".memory.json"])
def test_a_pipe_in_the_build_folder_hangs_nothing(folder: Path, name: str) -> None:
    build()
    (folder / "build" / name).unlink(missing_ok=True)
    os.mkfifo(folder / "build" / name)
    assert run("list").exit_code == 0
    assert build().exit_code == (1 if name == "2025/plan.pdf" else 0)


@pytest.mark.parametrize(
    "name",
    ["content/co-quan.yaml", "content/2025/soan-thao/x.yaml", "templates/plan.md", "Makefile"],
)
def test_a_pipe_among_what_is_read_hangs_nothing(folder: Path, name: str) -> None:
    (folder / name).unlink(missing_ok=True)
    (folder / name).parent.mkdir(exist_ok=True)
    os.mkfifo(folder / name)
    run("list")
    run("check", "plan")


# --- a memory of somebody else ------------------------------------------------------------------

DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut": lambda data: data[:-3],
    "deep": lambda data: b"[" * 200_000,
    "deep runs": lambda data: b'{"runs":' * 100_000,
    "no seal": lambda data: data.partition(b"\n")[2],
    "a status": lambda data: data.replace(b'"status":', b'"status":1', 1),
    "infinite": lambda data: data.replace(b'"status":0', b'"status":1e400', 1),
    "no files": lambda data: data.replace(b'"files":{"2', b'"files":{},"files2":{"2', 1),
    "painted": lambda data: data.replace(b'"lines":[["', b'"lines":[["\\u001b[31m', 1),
    "nul": lambda data: data.replace(b"2025/plan.pdf", b"\\u0000", 1),
    "half a letter": lambda data: data.replace(b"2025/plan.pdf", b"\\ud800", 1),
    "a long name": lambda data: data.replace(b"2025/plan.pdf", b"a" * 300, 1),
    "not text": lambda data: b"\xff\x00" * 100,
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A memory as two commands write it."""
    out = tmp_path_factory.mktemp("build")
    path, digest = out / "2025/plan.pdf", hashlib.sha256(b"x").hexdigest()
    manifest = read_manifest(out)
    manifest.add_rendering("2025/plan", "k", {path: b"x"})
    manifest.announce({path: digest})
    manifest.add_run("build", "k", Done(files={path: digest}), [("plan: bản nháp", False)])
    manifest.write()
    assert read_manifest(out).runs and read_manifest(out).renderings and read_manifest(out).made
    return (out / MANIFEST).read_bytes()


@pytest.mark.parametrize("name", DAMAGE)
def test_what_was_not_written_here_is_as_if_not_there(
    written: bytes, tmp_path: Path, name: str
) -> None:
    damaged = DAMAGE[name](written)
    assert damaged != written
    (tmp_path / MANIFEST).write_bytes(damaged)
    known = read_manifest(tmp_path)
    assert not (known.runs or known.renderings or known.made)


@pytest.mark.parametrize(
    "values",
    [
        [],
        {"runs": []},
        {"runs": {"a": 1}},
        {"runs": {"a": {"key": "k", "files": {}, "lines": [[[1], {}]], "status": 0}}},
        {"renderings": {"2025/plan": {"files": {}}}},
        {"made": {"2025/plan.pdf": "x"}},
        {"made": {"\0": ["x"], "\ud800": ["x"], "a" * 300: ["x"]}},
    ],
)
def test_sealed_nonsense_stops_nothing(folder: Path, values: object) -> None:
    change_sealed(folder / "build" / MANIFEST, SEAL, lambda: json.dumps(values).encode())
    manifest = read_manifest(folder / "build")
    assert not manifest.runs and not manifest.renderings
    assert not [*manifest.edited_below(folder / "build")]
    assert "Đang dựng plan" in build().output
    assert build().output.startswith(UNCHANGED)


def test_a_link_to_an_endless_device_is_no_memory(folder: Path) -> None:
    (folder / "build").mkdir()
    (folder / "build" / MANIFEST).symlink_to("/dev/zero")
    listed = run("list").output
    assert run("list").output == listed
    assert not (folder / "build" / MANIFEST).is_symlink()


def test_names_that_are_no_text_are_remembered(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"a\xff.pdf")
    manifest = Manifest(out=tmp_path)
    manifest.announce({path: "x"})
    path.write_bytes(b"y")
    assert [*read_manifest(tmp_path).edited_below(tmp_path)] == [path]


def test_a_full_disk_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    change_sealed(tmp_path / "memory", "p", lambda: b"{}")
    monkeypatch.setattr(Path, "replace", full)
    change_sealed(tmp_path / "memory", "p", lambda: b"[]")
    assert [path.name for path in tmp_path.iterdir()] == ["memory"]
