"""The version of what wards share: in every file, told by commands; a change rebuilds its own."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace

from conftest import ROOT
from test_cli import edit, run
from test_shared_content import PROVINCE, WARDS, build, new_ward, on
from vanban.app.batch import run_unit
from vanban.app.inputs import read_inputs
from vanban.app.unit import Unit, version_of
from vanban.workspace.shared_version import version_name
from vanban.workspace.wards import Ward

OWN = "phu-quy"
"""The ward that has a register of indicators and templates of its own."""


def name_of(ward: str) -> str:
    return version_name(Path(ward, "content"))


def told_in_files(ward: str) -> set[str]:
    """Return what the Word file, the PDF twice and the description say of the version."""
    folder = Path(ward, "build", "2026")
    with zipfile.ZipFile(folder / "plan.docx") as package:
        core = package.read("docProps/core.xml").decode()
    with pikepdf.open(folder / "plan.pdf") as pdf, pdf.open_metadata() as metadata:
        keywords = [str(pdf.docinfo.Keywords), str(metadata["pdf:Keywords"])]
    keywords.append(core.partition("<cp:keywords>")[2].partition("</cp:keywords>")[0])
    described = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    return {
        *(each.rpartition("bộ dùng chung ")[2] for each in keywords),
        described["bo_dung_chung"],
    }


def built_again(*ids: str) -> list[str]:
    """Build the wards; return those of which anything was composed again."""
    again = []
    for ward in WARDS:
        result = run(*build(ward, *ids))
        assert result.exit_code == 0, result.output
        again += [ward] * ("Không đổi" not in result.stdout)
    return again


def number() -> None:
    edit("chung/dung-chung.yaml", "\nphien_ban: 2026.1", "\nphien_ban: 2026.2")


def sample() -> None:
    edit("chung/mau/bao-cao.yaml", "\n", "\n# khác\n")


def indicators() -> None:
    edit("chung/chi-tieu.yaml", "ten: Số nhiệm vụ đề ra trong kế hoạch", "ten: Số nhiệm vụ")


def outline() -> None:
    edit("chung/templates/plan-year.md", "{{ plan.closing }}", "{{ plan.closing }}\n\nVậy gửi.")


@pytest.mark.slow
def test_a_change_of_the_set_rebuilds_what_it_touches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    content = ("--content", str(ROOT / "content"))
    assert run("new", "shared", "chung", "--province", PROVINCE, *content).exit_code == 0
    common = Path("chung/dung-chung.yaml")
    lines = common.read_text(encoding="utf-8").splitlines()
    typed = ["phien_ban: 2026.1" if line.startswith("phien_ban: ") else line for line in lines]
    common.write_text("\n".join(typed) + "\n", encoding="utf-8")
    for ward, name in WARDS.items():
        new_ward(ward, name, "--from", "chung")
    shutil.copy("chung/chi-tieu.yaml", f"{OWN}/content/chi-tieu.yaml")
    shutil.copytree("chung/templates", f"{OWN}/templates")
    assert built_again("plan") == list(WARDS)
    first = name_of(OWN)
    assert first.startswith("2026.1-")
    assert [told_in_files(ward) for ward in WARDS] == [{first}] * 3
    with zipfile.ZipFile(f"{OWN}/build/2026/plan.docx") as package:  # no page says it
        texts = [package.read(name) for name in package.namelist() if name.startswith("word/")]
    assert not any(first.encode() in text for text in texts)

    others = [ward for ward in WARDS if ward != OWN]
    steps: list[tuple[Callable[[], None], list[str]]] = [
        (number, []),
        (sample, []),
        (indicators, others),  # composed again, but no word of a plan is another
        (outline, others),
    ]
    versions = [first]
    for change, touched in steps:
        before = Path(others[0], "build/2026/plan.docx").read_bytes()
        change()
        versions.append(name_of(OWN))
        assert built_again("plan") == touched, change
        rendered = Path(others[0], "build/2026/plan.docx").read_bytes() != before
        assert rendered is (change is outline)
        assert f"phiên bản {versions[-1]}" in run(*on(OWN, "list", "--out", "out")).stdout
    assert len(set(versions)) == len(versions)
    assert versions[-1].startswith("2026.2-")
    assert told_in_files(OWN) == {first}, "what was not touched says what it was made from"
    assert told_in_files(others[0]) == {versions[-1]}
    assert run(*build(OWN, "plan", "--force")).exit_code == 0
    assert told_in_files(OWN) == {versions[-1]}

    wards = [Ward(name, Path(name, "content")) for name in WARDS]
    units = [Unit(ward, Path("out", ward.name), ("plan",), engine="pages") for ward in wards]
    first_time = [run_unit(unit) for unit in units]
    assert {version_of(done) for done in first_time} == {versions[-1]}
    edit("chung/chi-tieu.yaml", "ten: Số nhiệm vụ", "ten: Tổng số nhiệm vụ")
    again = [run_unit(replace(done.unit, known=done.records)) for done in first_time]
    assert [done.unit.ward.name for done in again if not done.unchanged] == others
    assert {version_of(done) for done in again} == {name_of(OWN)} != {versions[-1]}


# --- what is read --------------------------------------------------------------------------------

SET = {
    "dung-chung.yaml": "ten: x\nphien_ban: 1\n",
    "van-ban.yaml": "van_ban: []\n",
    "chi-tieu.yaml": "x: 1\n",
    "quy-tac/a.yaml": "x: 1\n",
    "2026/tieu-chi.yaml": "x: 1\n",
    "mau/bao-cao.yaml": "x: 1\n",
    "templates/plan.md": "x\n",
}
HAS_ALL = (*(f"content/{name}" for name in SET), "templates/plan.md")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("own", "changed", "text", "same"),
    [
        ((), "chi-tieu.yaml", "x: 2\n", False),
        (("content/chi-tieu.yaml",), "chi-tieu.yaml", "x: 2\n", True),
        (("content/quy-tac/b.yaml",), "quy-tac/a.yaml", "x: 2\n", False),
        (("content/quy-tac/a.yaml",), "quy-tac/a.yaml", "x: 2\n", True),
        (("content/2026/tieu-chi.yaml",), "2026/tieu-chi.yaml", "x: 2\n", True),
        (("content/2025/tieu-chi.yaml",), "2026/tieu-chi.yaml", "x: 2\n", False),
        (HAS_ALL, "van-ban.yaml", "van_ban: [x]\n", False),  # both are read
        (HAS_ALL, "dung-chung.yaml", "ten: y\nphien_ban: 1\n", False),
        ((), "dung-chung.yaml", "ten: x\nphien_ban: 2\n", True),
        ((), "dung-chung.yaml", "ten: x\n", False),
        ((), "mau/bao-cao.yaml", "x: 2\n", True),
        ((), "mau/moi.yaml", "x: 2\n", False),  # commands name samples
        ((), "templates/plan.md", "y\n", False),
        (("templates/report.md",), "templates/plan.md", "y\n", True),
        ((), "templates/~$frame.docx", "open in Word", True),
    ],
)
def test_what_a_ward_has_itself_is_not_read_of_the_set(
    own: tuple[str, ...], changed: str, text: str, same: bool, tmp_path: Path
) -> None:
    write(tmp_path / "a/content/co-quan.yaml", "dung_chung: ../chung\n")
    for name in own:
        write(tmp_path / "a" / name, "x: 1\n")
    for name, held in SET.items():
        write(tmp_path / "chung" / name, held)
    content = tmp_path / "a" / "content"
    before, version = read_inputs("", content).key, name_of(str(tmp_path / "a"))
    write(tmp_path / "chung" / changed, text)
    assert (read_inputs("", content).key == before) is same
    write(content / "co-quan.yaml", f"dung_chung: ../chung\nphien_ban_dung_chung: {version}\n")
    pinned = read_inputs("", content).key
    write(tmp_path / "chung" / "chi-tieu.yaml", "x: 3\n")
    assert read_inputs("", content).key != pinned, "whoever names a version is told of another"


@pytest.mark.parametrize("changed", ["2026/minh-chung/a.pdf", "2026/bao-cao/q1.yaml", "chung"])
def test_a_change_below_a_linked_folder_is_seen(changed: str, tmp_path: Path) -> None:
    content, stores = tmp_path / "a" / "content", tmp_path / "stores"
    for name, held in SET.items():
        write(tmp_path / "chung" / name, held)
    write(content / "co-quan.yaml", "dung_chung: ../chung\n")
    write(content / "2026/q.yaml", "x: 1\n")
    linked = [content / "2026/minh-chung", content / "2026/bao-cao", tmp_path / "chung/quy-tac"]
    for folder in linked:
        write(stores / folder.name / "q1.yaml", "x: 1\n")
        shutil.rmtree(folder, ignore_errors=True)
        folder.symlink_to(stores / folder.name)
        (folder / "back").symlink_to(folder.parent)  # in a circle
    before, version = read_inputs("", content).key, name_of(str(tmp_path / "a"))
    path = tmp_path / "chung/quy-tac/q1.yaml" if changed == "chung" else content / changed
    write(path, "x: 2\n")
    assert read_inputs("", content).key != before
    assert (name_of(str(tmp_path / "a")) != version) is (changed == "chung")


# --- what is told --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shared")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        content = ("--content", str(ROOT / "content"))
        assert run("new", "shared", "chung", "--province", PROVINCE, *content).exit_code == 0
        new_ward("loc-an", WARDS["loc-an"], "--from", "chung")
    return folder


@pytest.mark.parametrize(
    ("set_says", "ward_says", "told"),
    [
        ("phien_ban: 2026.3", "phien_ban_dung_chung: 2026.3", None),
        ("phien_ban: 2026.3", "phien_ban_dung_chung: {name}", None),
        ("phien_ban: 2026.10", "phien_ban_dung_chung: 2026.1", "nay là 2026.10-{digest}, không "),
        ("phien_ban: 2026.3", "phien_ban_dung_chung: 2026.3-00000000", "nay là 2026.3-{digest}, "),
        ("", "phien_ban_dung_chung: 2026.3", "nay là {digest}, không phải 2026.3 — xem bộ đã đổi"),
        ("phien_ban: mới", "", "“mới” không phải là số phiên bản — chỉ ghi chữ số và dấu chấm"),
        ("phien_ban: 2026.3", "phien_ban_dung_chung: mới", "“mới” không phải là phiên bản bộ dùng"),
        ("", "", None),
    ],
)
def test_a_ward_is_told_that_the_set_is_in_another_version(
    set_says: str, ward_says: str, told: str | None, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vanban.errors import ContentError
    from vanban.workspace.load import read_content

    monkeypatch.chdir(shared)
    common, agency = Path("chung/dung-chung.yaml"), Path("loc-an/content/co-quan.yaml")
    texts = {path: path.read_text(encoding="utf-8") for path in (common, agency)}
    try:
        lines = [line for line in texts[common].splitlines() if not line.startswith("phien_ban: ")]
        common.write_text("\n".join([*lines, set_says, ""]), encoding="utf-8")
        version = name_of("loc-an")
        ward_says = ward_says.format(name=version)
        agency.write_text(texts[agency] + ward_says + "\n", encoding="utf-8")
        try:
            reading = read_content(agency.parent, 2026)
            said = [str(each) for each in (*reading.notes, *reading.problems)]
        except ContentError as error:
            said = [str(each) for each in error.problems]
    finally:
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8")
    if told is None:
        assert said == []
        return
    (line,) = said
    assert told.format(digest=version.rpartition("-")[2]) in line
    assert line.startswith(
        "loc-an/content/co-quan.yaml:" if ward_says else "chung/dung-chung.yaml:"
    )


def test_a_ward_that_shares_nothing_names_no_version(tmp_path: Path) -> None:
    from vanban.workspace.load import read_content

    shutil.copytree(ROOT / "content", tmp_path / "content")
    with (tmp_path / "content/co-quan.yaml").open("a", encoding="utf-8") as file:
        file.write("phien_ban_dung_chung: 2026.1\n")
    reading = read_content(tmp_path / "content", 2025)
    told = [str(note) for note in reading.notes if "phien_ban_dung_chung" in str(note)]
    assert len(told) == 1
    assert "đơn vị không ghi dung_chung nên không có bộ nào — xóa dòng này" in told[0]
    assert reading.workspace is not None
    assert reading.workspace.shared_version == ""


def test_commands_say_which_version_a_ward_is_on(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shared)
    line = f"Bộ dùng chung: phiên bản {name_of('loc-an')} (chung)"
    for command in (("list",), ("doctor",), ("check", "plan")):
        assert line in run(*on("loc-an", *command, "--out", "out")).stdout
    assert line in run("doctor", "--content", "chung", "--out", "out").stdout


def test_forms_for_units_say_it_too(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from vanban.exchange.form_workbook import form_workbook
    from vanban.exchange.forms import make_forms
    from vanban.workspace.load import load_workspace

    monkeypatch.chdir(shared)
    form, *_ = make_forms(load_workspace(Path("loc-an/content")), "q1", date(2026, 3, 14))
    with zipfile.ZipFile(io.BytesIO(form_workbook(form))) as book:
        core = book.read("docProps/core.xml").decode()
    assert f"<cp:keywords>bộ dùng chung {name_of('loc-an')}</cp:keywords>" in core
