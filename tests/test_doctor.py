"""The doctor: each item well on a complete machine, and ill with a remedy where something lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from vanban.app import doctor
from vanban.app.doctor import Check, can_build, diagnose
from vanban.io import installed
from vanban.layout.fonts import FONT_DIR_VARIABLE


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "frame.docx").touch()
    (tmp_path / "templates" / "plan.md").touch()
    return tmp_path / "content"


def item(checks: tuple[Check, ...], name: str) -> Check:
    (found,) = (check for check in checks if check.name.startswith(name))
    return found


def test_a_complete_machine_can_build(content: Path, tmp_path: Path) -> None:
    checks = diagnose(content, tmp_path / "build")
    assert can_build(checks)
    assert [check for check in checks if check.required and not check.ok] == []
    assert not (tmp_path / "build").exists()


def test_a_folder_that_wards_share_has_its_templates_in_it(tmp_path: Path) -> None:
    common = tmp_path / "chung"
    (common / "templates").mkdir(parents=True)
    (common / "dung-chung.yaml").write_text("ten: Dùng chung\n", encoding="utf-8")
    check = item(diagnose(common, tmp_path / "build"), "Tệp mẫu")
    assert not check.ok and check.remedy.endswith("đặt trong thư mục dùng chung")
    for name in ("frame.docx", "plan.md"):
        (common / "templates" / name).touch()
    check = item(diagnose(common, tmp_path / "build"), "Tệp mẫu")
    assert check.ok and check.detail == str(common / "templates")


def test_the_font_is_named(content: Path, tmp_path: Path) -> None:
    detail = item(diagnose(content, tmp_path), "Phông chữ").detail
    assert "134" in detail
    face = detail.split(",")[0]
    assert face in {"Times New Roman", "Tinos", "Liberation Serif"}
    assert ("thay cho Times New Roman" in detail) is (face != "Times New Roman")


def test_every_ill_item_has_a_remedy_on_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FONT_DIR_VARIABLE, str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(doctor, "PANGO_LIBRARIES", (("libabsent.so.0", "libabsent.dylib"),))
    monkeypatch.setattr(doctor, "SUBSET_LIBRARY", ("libabsent-subset.so.0",))
    monkeypatch.setattr(doctor, "MINIMUM_PYTHON", (99, 0))
    monkeypatch.setattr(installed, "PLACES", (tmp_path / "absent.dic",))
    occupied = tmp_path / "build"
    occupied.write_text("a file, not a folder")
    checks = diagnose(tmp_path / "content", occupied / "deeper")
    ill = [check for check in checks if not check.ok]
    assert len(ill) == len(checks) - 1, "all but the Python packages"
    for check in ill:
        assert check.remedy
        assert "\n" not in check.detail + check.remedy
    assert not can_build(checks)


@pytest.mark.parametrize("name", ["HarfBuzz subset", "Từ điển chính tả", "LibreOffice"])
def test_some_items_never_stop_a_build(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(doctor, "SUBSET_LIBRARY", ("libabsent-subset.so.0",))
    monkeypatch.setattr(installed, "PLACES", (tmp_path / "absent.dic",))
    monkeypatch.setenv("PATH", "/usr/lib/no-programs-here")
    checks = diagnose(content, tmp_path / "build")
    assert not item(checks, name).ok
    assert can_build(checks)


@pytest.mark.parametrize(("absent", "named"), [("frame.docx", "frame.docx"), ("plan.md", "*.md")])
def test_templates(content: Path, tmp_path: Path, absent: str, named: str) -> None:
    (tmp_path / "templates" / absent).unlink()
    check = item(diagnose(content, tmp_path / "build"), "Tệp mẫu")
    assert not check.ok
    assert f"không thấy {named} trong {tmp_path / 'templates'}" == check.detail


@pytest.mark.parametrize(
    ("requirement", "detail"),
    [
        ("click==0.0.1", "cần 0.0.1"),
        ("no-such-package==1.2", "thiếu no-such-package 1.2"),
        ("no-such-package==1.2; extra == 'dev'", "đủ, đúng phiên bản"),
    ],
)
def test_packages(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, requirement: str, detail: str
) -> None:
    """The project is installed with other requirements than its own."""
    metadata = tmp_path / "site" / "vanban-9.dist-info" / "METADATA"
    metadata.parent.mkdir(parents=True)
    metadata.write_text(f"Metadata-Version: 2.1\nName: vanban\nRequires-Dist: {requirement}\n")
    monkeypatch.syspath_prepend(tmp_path / "site")
    check = item(diagnose(content, tmp_path / "build"), "Thư viện Python")
    assert check.detail.endswith(detail)
    assert check.ok is ("extra" in requirement)
