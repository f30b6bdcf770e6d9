"""``vanban migrate``: older content becomes that of this program; shown first, taken back whole."""

# ruff: noqa: E501 - a table of cases reads best with one case a line

from __future__ import annotations

import os
from pathlib import Path

import pytest

from support import CONTENT, write_content
from test_cli import make_project, run
from vanban.app import migrate as app_migrate
from vanban.app.load import load_content
from vanban.errors import ContentError
from vanban.workspace.versions import STEPS, VERSION, Migration, migrated

AGENCY, REVIEW, WORDS = "co-quan.yaml", "soat-loi.yaml", "quy-tac/tu-ngu.yaml"
OLD = """\
# yaml-language-server: $schema=.schema/soat-loi.schema.json
# - ten_rieng: tên cơ quan.
# - chap_nhan: phát hiện đã chấp nhận.

ten_rieng:
  - Hệ thống Một cửa phường
  # chú thích trong danh sách
  - {noi_dung: Cổng Dịch vụ công quốc gia, so_lieu_mau: true}

# Của phụ lục.
viet_tat: [{viet_tat: TDP, nghia: tổ dân phố}]

# Đã xem.
chap_nhan:
  - {quy_tac: chinh-ta/lap-tu, ly_do: Đúng}
tu_dung: [Chẻng]
kenh_phan_anh: ["0225.3821.055"]
"""
REST = """\
# yaml-language-server: $schema=.schema/soat-loi.schema.json
# - chap_nhan: phát hiện đã chấp nhận.

# Đã xem.
chap_nhan:
  - {quy_tac: chinh-ta/lap-tu, ly_do: Đúng}
"""
MOVED = """\
# yaml-language-server: $schema=../.schema/quy-tac.schema.json
# Tên riêng, chữ viết tắt, từ dùng được, kênh phản ánh của cơ quan, để soát lỗi.

# - ten_rieng: tên cơ quan.
ten_rieng:
  - Hệ thống Một cửa phường
  # chú thích trong danh sách
  - {noi_dung: Cổng Dịch vụ công quốc gia, so_lieu_mau: true}

# Của phụ lục.
viet_tat: [{viet_tat: TDP, nghia: tổ dân phố}]

tu_dung: [Chẻng]

kenh_phan_anh: ["0225.3821.055"]
"""


def write_old(folder: Path, text: str = OLD) -> Path:
    """Write the small content with an older ``soat-loi.yaml``."""
    content = write_content(folder)
    (content / REVIEW).write_bytes(text.encode())
    return content


def files(content: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(content)): path.read_bytes()
        for path in content.rglob("*")
        if path.is_file() and ".vanban" not in path.parts
    }


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_project(tmp_path, monkeypatch)
    return write_old(tmp_path)


def test_the_change_is_shown_first_then_made_and_taken_back(project: Path) -> None:
    before = files(project)
    shown = run("migrate")
    assert shown.exit_code == 0
    assert shown.stdout.splitlines()[:2] == [
        "Nội dung từ phiên bản 1 lên phiên bản 2:",
        "  tên riêng, chữ viết tắt, từ dùng được, kênh phản ánh chuyển từ soat-loi.yaml sang quy-tac",
    ]
    assert "content/soat-loi.yaml: sẽ sửa" in shown.stdout
    assert "content/quy-tac/tu-ngu.yaml: sẽ tạo" in shown.stdout
    assert "-tu_dung: [Chẻng]" in shown.stdout
    assert shown.stdout.splitlines()[-1].endswith("migrate --apply")
    assert files(project) == before
    made = run("migrate", "--apply")
    assert "content/soat-loi.yaml: đã sửa" in made.stdout
    assert made.stdout.splitlines()[-1].endswith("undo")
    after = files(project)
    assert after.pop(REVIEW).decode() == REST
    assert after.pop(WORDS).decode() == MOVED
    assert after.pop(AGENCY) == before[AGENCY] + b"phien_ban_noi_dung: 2\n"
    assert after == {name: data for name, data in before.items() if name not in (AGENCY, REVIEW)}
    again = run("migrate", "--apply")
    assert again.stdout == "Nội dung đã ở phiên bản 2, không có gì phải chuyển.\n"
    assert run("undo").exit_code == 0
    assert files(project) == before
    assert not (project / "quy-tac").exists()


def test_older_content_is_read_as_it_will_be(tmp_path: Path) -> None:
    content = write_old(tmp_path)
    old = load_content(content, 2025)
    assert not old.problems
    (note,) = (str(each) for each in old.notes)
    assert (
        f"{content.name}/soat-loi.yaml:5:1: ten_rieng, viet_tat, tu_dung, kenh_phan_anh nay" in note
    )
    assert "migrate" in note
    for path, (_, data) in migrated(content).files.items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    new = load_content(content, 2025)
    assert not new.problems
    assert not new.notes
    for workspace in (old.workspace, new.workspace):
        assert workspace.names == ("Hệ thống Một cửa phường", "Cổng Dịch vụ công quốc gia")
        assert workspace.abbreviations == ("TDP",)
        assert [str(each.rule) for each in workspace.review.excuses] == ["chinh-ta/lap-tu"]
        words = [(file.words, file.feedback_channels) for file in workspace.house_rules]
        assert [(item[0].text, channel[0].text) for item, channel in words] == [
            ("Chẻng", "0225.3821.055")
        ]


def test_a_mistake_in_an_older_key_has_its_place(tmp_path: Path) -> None:
    content = write_old(tmp_path, "ten_rieng: [a]\nviet_tat: [{viet_tat: TDP}]\n")
    with pytest.raises(ContentError) as raised:
        load_content(content, 2025)
    (problem,) = raised.value.problems
    assert f"{content.name}/soat-loi.yaml:2:12: nghia: thiếu khóa này" in str(problem)


@pytest.mark.parametrize(
    ("text", "rest", "moved"),
    [
        ("ten_rieng: [Tổ A]\n", "chap_nhan: []\n", "ten_rieng: [Tổ A]\n"),
        ("ten_rieng: [Tổ A]", "chap_nhan: []\n", "ten_rieng: [Tổ A]\n"),
        ("\ufeff# a\nten_rieng:\r\n- Tổ A\r\n", "\ufeff# a\nchap_nhan: []\r\n", "ten_rieng:\r\n- Tổ A\r\n"),
        ("chap_nhan: []\nten_rieng: []\n", "chap_nhan: []\n", "ten_rieng: []\n"),
        ("# a\n\n# b\nten_rieng:\n  - >-\n    Tổ\n    A\n\n\nchap_nhan: []\n", "# a\n\nchap_nhan: []\n", "# b\nten_rieng:\n  - >-\n    Tổ\n    A\n"),
        ("tu_dung: [B]\n# giữ\nchap_nhan: []\n# cuối\n", "# giữ\nchap_nhan: []\n# cuối\n", "tu_dung: [B]\n"),
        ("ten_rieng:\n  - HƯỚNG DẪN: ghi tên\n", "chap_nhan: []\n", "ten_rieng:\n  - HƯỚNG DẪN: ghi tên\n"),
    ],
)  # fmt: skip
def test_comments_and_every_other_byte_stay(
    tmp_path: Path, text: str, rest: str, moved: str
) -> None:
    content = write_old(tmp_path, text)
    changes = {path.name: data for path, (_, data) in migrated(content).files.items()}
    assert changes[REVIEW].decode() == rest
    header, taken = changes["tu-ngu.yaml"].split(b"\r\n\r\n" if "\r" in text else b"\n\n", 1)
    assert header.startswith(b"# yaml-language-server: ")
    assert taken.decode() == moved


@pytest.mark.parametrize(
    ("text", "agency", "place"),
    [
        ("ten_rieng: [a\n", "", "soat-loi.yaml:1:12"),
        ("ten_rieng: {a: b}\n", "", "soat-loi.yaml:1:12: ten_rieng: phải là danh sách"),
        ("{ten_rieng: [a], chap_nhan: []}\n", "", "soat-loi.yaml:1:13: ten_rieng: không sửa"),
        ("ten_rieng:\n  - a # b\n", "", "soat-loi.yaml:2:7: ten_rieng: phần từ dấu “#”"),
        ("chap_nhan: &a []\nten_rieng: *a\n", "", "soat-loi.yaml:1:12: ten_rieng: không sửa"),
        ("ten_rieng: [a]\nten_rieng: [b]\n", "", "soat-loi.yaml:2:1: ten_rieng: khóa này"),
        ("", "ten: [\n", "co-quan.yaml:1:"),
        ("", CONTENT[AGENCY] + "phien_ban_noi_dung: hai\n", "co-quan.yaml:20:21: phien_ban_noi_dung: “hai” không phải là số phiên bản"),
        ("", CONTENT[AGENCY] + f"phien_ban_noi_dung: {'9' * 5000}\n", "co-quan.yaml:20:21: phien_ban_noi_dung: “9"),
        ("", CONTENT[AGENCY] + "phien_ban_noi_dung: 0\n", "co-quan.yaml:20:21: phien_ban_noi_dung: “0” không phải"),
        ("", CONTENT[AGENCY] + "phien_ban_noi_dung:\n", "co-quan.yaml:20:1: phien_ban_noi_dung: "),
        ("", CONTENT[AGENCY] + "phien_ban_noi_dung: 99\nkhoa_moi: 1\n", "co-quan.yaml:20:21: phien_ban_noi_dung: nội dung ở phiên bản 99, chương trình này chỉ đọc được đến phiên bản 2"),
    ],
)  # fmt: skip
def test_what_cannot_be_brought_up_is_one_located_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, agency: str, place: str
) -> None:
    make_project(tmp_path, monkeypatch)
    content = write_old(tmp_path, text or OLD)
    if agency:
        (content / AGENCY).write_text(agency, encoding="utf-8")
    before = files(content)
    result = run("migrate", "--apply")
    assert result.exit_code == 1, result.output
    assert result.stderr.startswith(f"content/{place}"), result.stderr
    assert files(content) == before


@pytest.mark.parametrize("command", [("build",), ("check",), ("check", "--fix"), ("check", "--diff"), ("list",)])  # fmt: skip
def test_newer_content_is_one_plain_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    newer = CONTENT[AGENCY] + f"phien_ban_noi_dung: {VERSION + 1}\nkhoa_moi: 1\n"
    area = "ma: tthc\u00a0\n"  # copying left signs, which --fix mends in content that it knows
    make_project(tmp_path, monkeypatch, {AGENCY: newer, "2025/linh-vuc/03-thu-tuc.yaml": area})
    before = files(Path("content"))
    result = run(*command)
    if command == ("list",):
        assert "content/co-quan.yaml:20:21" in result.stdout
    else:
        assert result.exit_code == 1
        told = [line for line in result.stderr.splitlines() if line.startswith("content/")]
        assert len(told) == 1
        assert "chỉ đọc được đến phiên bản 2 — cập nhật chương trình" in told[0]
    assert files(Path("content")) == before


def test_files_that_are_there_already_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where an older file was copied into content that is up to date, or names stand twice."""
    make_project(tmp_path, monkeypatch)
    content = write_old(tmp_path, "ten_rieng: [Tổ A]\n")
    run("migrate", "--apply")
    kept = files(content)
    (content / REVIEW).write_text("ten_rieng: [Tổ A, Tổ B]\n", encoding="utf-8")
    result = run("migrate", "--apply")
    assert "content/quy-tac/tu-ngu-2.yaml: đã tạo" in result.stdout
    assert files(content)[WORDS] == kept[WORDS]
    assert files(content)[AGENCY] == kept[AGENCY]
    assert set(load_content(content, 2025).workspace.names) == {"Tổ A", "Tổ B"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--content", "không-có"), "không-có/co-quan.yaml: không có tệp này"),
        (("--content", "content/2025"), "content/2025/co-quan.yaml: không có tệp này"),
    ],
)
def test_what_is_no_content_is_told(project: Path, arguments: tuple[str, ...], words: str) -> None:
    result = run("migrate", *arguments)
    assert result.exit_code == 1
    assert result.stderr.startswith(words)


def test_a_file_in_the_place_of_the_folder(project: Path) -> None:
    (project / "quy-tac").write_text("a")
    before = files(project)
    result = run("migrate", "--apply")
    assert result.exit_code == 1
    assert "content/quy-tac: đây phải là thư mục" in result.stderr
    assert files(project) == before


def test_a_file_that_was_saved_meanwhile_is_not_written_over(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def saved(content: Path) -> object:
        found = migrated(content)
        (content / REVIEW).write_text("chap_nhan: []\n", encoding="utf-8")
        return found

    monkeypatch.setattr(app_migrate, "migrated", saved)
    result = run("migrate", "--apply")
    assert result.exit_code == 1
    assert "content/soat-loi.yaml: vừa được sửa ở nơi khác, chưa ghi gì" in result.stderr
    assert not (project / "quy-tac").exists()
    assert (project / REVIEW).read_text(encoding="utf-8") == "chap_nhan: []\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_only_lets_itself_be_read(project: Path) -> None:
    project.chmod(0o555)
    try:
        assert run("migrate").exit_code == 0
        result = run("migrate", "--apply")
        assert result.exit_code == 1
        assert "không ghi được content" in result.stderr
    finally:
        project.chmod(0o755)


def test_content_that_came_with_the_program_is_up_to_date(project: Path) -> None:
    root = Path(__file__).parents[1]
    assert migrated(root / "content") == Migration(VERSION, (), {})
    assert len(STEPS) + 1 == VERSION
