"""The version of a shared folder: what changes it, what does not, and wards told apart by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from vanban.workspace.shared_version import SharedVersion, apart, shared_version, version_of_set

FILES = {
    "dung-chung.yaml": "ten: Bộ dùng chung\nphien_ban: 2026.1\n",
    "chi-tieu.yaml": "nhom: []\n",
    "quy-tac/rieng.yaml": "ten_rieng: []\n",
    "2026/tieu-chi.yaml": "linh_vuc: []\n",
    "2026/bo-chi-so/qd766.yaml": "ten: x\n",
    "mau/bao-cao.yaml": "ma: x\n",
    "templates/plan.md": "Kế hoạch\n",
    "templates/frame.docx": "PK",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


@pytest.fixture
def common(tmp_path: Path) -> Path:
    return write(tmp_path / "chung", FILES)


def test_a_version_has_a_number_and_what_the_folder_holds(common: Path) -> None:
    version = version_of_set(common)
    assert version.number == "2026.1"
    assert version.name == f"2026.1-{version.digest[:8]}"
    assert version == version_of_set(write(common.parent / "ban-sao", FILES))
    write(common, {"dung-chung.yaml": "ten: Bộ dùng chung\n"})
    unnumbered = version_of_set(common)
    assert unnumbered.name == unnumbered.digest[:8] != version.digest[:8]


@pytest.mark.parametrize("name", FILES)
def test_what_wards_read_makes_the_version(name: str, common: Path) -> None:
    before = version_of_set(common)
    write(common, {name: FILES[name] + "# khác\n"})
    changed = version_of_set(common)
    assert (changed.number, changed.digest == before.digest) == ("2026.1", False)
    (common / name).rename(common / f"{name}.bak")
    assert version_of_set(common).digest not in (before.digest, changed.digest)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ghi-chu.txt", "nhớ sửa"),
        ("soat-loi.yaml", "bo_qua: []\n"),  # each ward's own
        ("2026/bao-cao/q1.yaml", "x: 1\n"),
        ("templates/~$frame.docx", "Word has it open"),
        (".schema/chi-tieu.schema.json", "{}"),
        ("mau/.DS_Store", "x"),
        ("chi-tieu (1).yaml", "nhom: [x]\n"),  # of a cloud folder where two people saved at once
        ("chi-tieu.yaml", "nhom: []\r\n"),  # the same on another system
    ],
)
def test_what_no_ward_reads_does_not(name: str, text: str, common: Path) -> None:
    before = version_of_set(common)
    write(common, {name: text})
    assert version_of_set(common) == before


@pytest.mark.parametrize(
    ("typed", "number"),
    [("2026.1", "2026.1"), ("2026.10", "2026.10"), ('"3"', "3"), ("mới", ""), ("", "")],
)
def test_a_number_is_read_as_it_is_typed(typed: str, number: str, common: Path) -> None:
    write(common, {"dung-chung.yaml": f"ten: x\nphien_ban_noi_dung: 2\nphien_ban: {typed}\n"})
    assert version_of_set(common).number == number


@pytest.mark.parametrize(
    ("agency", "shares"),
    [
        ("ten: x\ndung_chung: ../chung\n", True),
        ("ten: x\n", False),
        ("ten: x\ndung_chung: ../khac\n", False),
    ],
)
def test_a_ward_is_on_the_version_of_what_it_shares(
    agency: str, shares: bool, common: Path
) -> None:
    ward = write(common.parent / "a", {"content/co-quan.yaml": agency})
    assert shared_version(ward / "content") == (version_of_set(common) if shares else None)


@pytest.mark.parametrize(
    ("pin", "meant"),
    [
        ("2026.1", True),
        ("2026.1-3f9a2c1b", True),
        ("2026.1-00000000", False),
        ("2026.10", False),
        ("2026", False),
    ],
)
def test_a_pin_names_one_version(pin: str, meant: bool) -> None:
    assert SharedVersion("2026.1", "3f9a2c1b" * 8).is_meant_by(pin) is meant


def _many(version: str, count: int) -> dict[str, str]:
    return {f"w{number:02}": version for number in range(count)}


@pytest.mark.parametrize(
    ("versions", "lines"),
    [
        ({}, []),
        ({"a": "2026.1-aaaaaaaa", "b": "2026.1-aaaaaaaa"}, []),
        ({"a": "", "b": ""}, []),
        (
            {"a": "2026.2-bbbbbbbb", "b": "2026.1-aaaaaaaa", "c": "2026.1-aaaaaaaa", "d": ""},
            [
                "2026.1-aaaaaaaa: 2 đơn vị (b, c)",
                "không dùng chung: 1 đơn vị (d)",
                "2026.2-bbbbbbbb: 1 đơn vị (a)",
            ],
        ),
        (
            {"a": "2026.1-aaaaaaaa", "b": "2026.1-bbbbbbbb"},
            [
                "2026.1-aaaaaaaa: 1 đơn vị (a); cùng số 2026.1 nhưng nội dung khác",
                "2026.1-bbbbbbbb: 1 đơn vị (b); cùng số 2026.1 nhưng nội dung khác",
            ],
        ),
        (
            {**_many("aaaaaaaa", 12), "z": "bbbbbbbb"},
            [
                "aaaaaaaa: 12 đơn vị (w00, w01, w02, w03, w04, w05, w06, w07, w08, w09 và 2 đơn "
                "vị nữa)",
                "bbbbbbbb: 1 đơn vị (z)",
            ],
        ),
    ],
)
def test_wards_on_different_versions_are_told_apart(
    versions: dict[str, str], lines: list[str]
) -> None:
    told = list(apart(versions))
    assert [line.strip() for line in told[1:]] == lines
    assert bool(told) is bool(lines)
