"""Fields of values, and items of lists that come, move and go; nothing but that changes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support import write_content
from vanban.app.content_file import ChangedMeanwhile, OpenFile, open_file
from vanban.app.edit_list import add_item, delete_item, deletion, move_item, new_id
from vanban.app.edit_value import write_field
from vanban.app.field import Control, Field, Fields, names_in
from vanban.app.load import load_content
from vanban.app.undo import undo
from vanban.app.uses import uses_around
from vanban.errors import ContentError, UsageError
from vanban.io.journal import Stamp
from vanban.provenance import Keys
from vanban.workspace.edit import delete, insert_item, set_value, swap_with_next
from vanban.workspace.source import Mapping, Sequence

ROOT = Path(__file__).parents[2] / "content"
STAMP = Stamp(datetime(2025, 9, 16, tzinfo=UTC), "thử")
PLAN, AREA = Path("2025/ke-hoach.yaml"), Path("2025/linh-vuc/03-thu-tuc.yaml")
AGENCY, REPORT = Path("co-quan.yaml"), Path("2025/bao-cao/q3.yaml")
TASK: Keys = ("nhiem_vu", 0)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path)


def fields_of(content: Path, file: Path) -> Fields:
    workspace = load_content(content, 2025).workspace
    return Fields.of(open_file(content, file), names_in(workspace))


def field_at(content: Path, file: Path, keys: Keys) -> Field:
    (field,) = fields_of(content, file).at(keys)
    return field


@pytest.mark.parametrize(
    ("file", "keys", "label", "where"),
    [
        (
            AREA,
            (*TASK, "noi_dung"),
            "Nội dung",
            "Nhiệm vụ thứ 1 trong lĩnh vực của kế hoạch “Cải cách thủ tục hành chính”",
        ),
        (
            AREA,
            (*TASK, "chi_tieu", 0, "muc"),
            "Mức",
            "Chỉ tiêu thứ 1 của nhiệm vụ thứ 1 trong lĩnh vực của kế hoạch “Cải cách thủ tục "
            "hành chính”",
        ),
        (PLAN, ("trich_yeu",), "Trích yếu", "Kế hoạch"),
        (PLAN, ("noi_nhan", 1), "Nơi nhận thứ 2", "Kế hoạch"),
        (PLAN, ("yeu_cau", "mo_dau"), "Mở đầu", "Yêu cầu trong kế hoạch"),
        (
            REPORT,
            ("so_lieu", "hs-truc-tiep"),
            "Hồ sơ nhận trực tiếp",
            "Số liệu trong báo cáo của một kỳ “quý III năm 2025”",
        ),
    ],
)
def test_where_a_field_stands(
    content: Path, file: Path, keys: Keys, label: str, where: str
) -> None:
    field = field_at(content, file, keys)
    assert (field.label, field.where) == (label, where)


@pytest.mark.parametrize(
    ("file", "keys", "control", "first"),
    [
        (AREA, (*TASK, "noi_dung"), Control.TEXT, ""),
        (AREA, ("chi_so",), Control.CHOICE, "PAR INDEX"),
        (AREA, ("chu_tri", 0), Control.CHOICE, "Phòng Văn hóa - Xã hội (van-hoa-xa-hoi)"),
        (PLAN, ("nguoi_ky",), Control.CHOICE, "Trần Thị Tình (chu-tich)"),
        (PLAN, ("ngay",), Control.LINE, ""),
        (REPORT, ("so_lieu_mau",), Control.CHOICE, "có"),
    ],
)
def test_how_a_value_is_typed(
    content: Path, file: Path, keys: Keys, control: Control, first: str
) -> None:
    field = field_at(content, file, keys)
    assert (field.control, field.options[0].label if field.options else "") == (control, first)


def test_what_is_not_there_yet_is_a_field_of_the_record(content: Path) -> None:
    record = fields_of(content, AREA).record((*TASK, "noi_dung"))
    assert record is not None and record.id == "tthc-01"
    assert [(each.name, each.text) for each in record.fields] == [
        ("han", ""),
        ("san_pham", ""),
        ("so_lieu_mau", ""),
    ]
    assert [(each.label, each.count) for each in record.below] == [
        ("Chỉ tiêu", 1),
        ("Đoạn tiếp", 0),
        ("Chủ trì", 0),
        ("Phối hợp", 0),
    ]


def test_what_a_registered_thing_is_used_by(content: Path) -> None:
    workspace = load_content(content, 2025).workspace
    found = uses_around(workspace, AGENCY, ("don_vi", 0, "ten"))
    assert {(each.file, each.keys) for each in found} == {
        (PLAN, ("luu", 0)),
        (AREA, ("phoi_hop", 0)),
        (REPORT, ("luu", 0)),
    }


def test_a_key_comes_and_goes_with_its_value(content: Path) -> None:
    before = (content / AREA).read_bytes()
    version = open_file(content, AREA).version
    version = write_field(content, AREA, (*TASK, "han"), version, "15/12/2025", STAMP)
    assert b"    han: 15/12/2025\n" in (content / AREA).read_bytes()
    version = write_field(content, AREA, (*TASK, "han"), version, " ", STAMP)
    assert (content / AREA).read_bytes() == before
    with pytest.raises(ContentError, match="không được để trống"):
        write_field(content, AREA, (*TASK, "noi_dung"), version, "", STAMP)
    with pytest.raises(UsageError):
        write_field(content, AREA, (*TASK, "khong_co"), version, "x", STAMP)


def test_items_come_move_and_go_and_all_is_taken_back(content: Path) -> None:
    before = (content / AREA).read_bytes()
    workspace = load_content(content, 2025).workspace
    version = open_file(content, AREA).version
    values = {"noi_dung": "Việc mới."}
    added = add_item(content, AREA, ("nhiem_vu", 1), version, values, STAMP, workspace)
    assert added.keys == ("nhiem_vu", 1)
    moved = move_item(content, AREA, added.keys, added.version, True, STAMP)
    assert moved.keys == ("nhiem_vu", 0)
    tasks = fields_of(content, AREA)
    assert [each.text for each in tasks.at(("nhiem_vu", 0))] == ["tthc-02", "Việc mới."]
    with pytest.raises(ChangedMeanwhile):
        delete_item(content, AREA, moved.keys, added.version, STAMP)
    delete_item(content, AREA, moved.keys, moved.version, STAMP)
    assert (content / AREA).read_bytes() == before
    for _ in range(3):
        undo(content)
    assert (content / AREA).read_bytes() == before


def test_an_item_is_complete_and_joins_a_list(content: Path) -> None:
    version = open_file(content, AREA).version
    with pytest.raises(ContentError, match="chưa điền mức"):
        values = {"ma": "hs-tl-truc-tuyen"}
        add_item(content, AREA, (*TASK, "chi_tieu", 1), version, values, STAMP)
    for keys in ((*TASK, "noi_dung", 0), ("khong_co", 0), ("nhiem_vu", -1), ("nhiem_vu",)):
        with pytest.raises(UsageError):
            add_item(content, AREA, keys, version, {"": "x"}, STAMP)
    placed = add_item(content, AREA, (*TASK, "doan_tiep", 0), version, {"": "Đoạn."}, STAMP)
    added = add_item(content, AREA, ("phoi_hop", 9), placed.version, {"": "trung-tam-hcc"}, STAMP)
    assert added.keys == ("phoi_hop", 1)
    text = (content / AREA).read_text(encoding="utf-8")
    assert "    doan_tiep:\n      - Đoạn.\n" in text
    assert "phoi_hop: [van-hoa-xa-hoi, trung-tam-hcc]\n" in text


def test_what_leads_to_an_item_is_told_before_it_goes(content: Path) -> None:
    told = deletion(load_content(content, 2025), AGENCY, ("don_vi", 0))
    assert told.text.splitlines()[1] == "Phòng Văn hóa - Xã hội"
    assert {each.place.file.name for each in told.problems} == {
        "ke-hoach.yaml",
        "03-thu-tuc.yaml",
        "q3.yaml",
    }
    assert deletion(load_content(content, 2025), REPORT, ("kien_nghi", 0)).problems == ()


@pytest.mark.parametrize(
    ("siblings", "taken", "text", "stem", "expected"),
    [
        (["tthc-08", "tthc-09"], {"tthc-12"}, "x", "tthc", "tthc-13"),
        ([], set(), "x", "tthc", "tthc-01"),
        (
            ["van-phong"],
            {"van-phong"},
            "Phòng Kinh tế, Hạ tầng và Đô thị",
            "",
            "phong-kinh-te-ha-tang",
        ),
        (["a"], {"a", "doi-moi"}, "Đổi mới", "", "doi-moi-2"),
        (["a"], set(), "…", "", "muc"),
    ],
)
def test_ids_are_made(
    siblings: list[str], taken: set[str], text: str, stem: str, expected: str
) -> None:
    assert new_id(siblings, taken, text, stem) == expected


# --- on the content of the project ------------------------------------------------------------

FILES = sorted(path.relative_to(ROOT) for path in ROOT.glob("2025/**/*.yaml"))


def opened(file: Path) -> OpenFile:
    return open_file(ROOT, file)


@pytest.mark.slow
@given(data=st.data())
@settings(max_examples=25)
def test_of_a_value_of_the_content_no_other_byte_changes(data: st.DataObject) -> None:
    """What stands before the value and behind it, line by line, is what stood there."""
    file = opened(data.draw(st.sampled_from(FILES)))
    fields = [*Fields.of(file, names_in(None)).at(data.draw(st.sampled_from(_tops(file))))]
    field = data.draw(st.sampled_from(fields))
    new = set_value(file.data, file.shown, field.keys, "Giá trị mới: x")
    before, after = file.data.splitlines(True), new.splitlines(True)
    first = next(n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b)
    last = next(
        n for n, (a, b) in enumerate(zip(reversed(before), reversed(after), strict=False)) if a != b
    )
    assert field.place.line - 1 <= first <= field.place.line
    changed = b"".join(before[first : len(before) - last]).decode()
    assert "".join(changed.split()).count(":") <= 1 + "".join(field.text.split()).count(":") + (
        2 * changed.count("{") + changed.count(",")
    )
    back = set_value(new, file.shown, field.keys, field.text)
    assert (
        Fields.of(OpenFile(file.row, file.path, file.shown, back), names_in(None))
        .at(field.keys)[0]
        .text
        == field.text
    )


@pytest.mark.slow
@given(data=st.data())
@settings(max_examples=25)
def test_items_of_the_content_come_go_and_move_alone(data: st.DataObject) -> None:
    file = opened(data.draw(st.sampled_from(FILES)))
    lists = _lists(file)
    if not lists:
        return
    keys, items = data.draw(st.sampled_from(lists))
    at = data.draw(st.integers(0, len(items) - 1))
    grown = insert_item(file.data, file.shown, keys, "Mục mới của phép thử", at)
    assert delete(grown, file.shown, (*keys, at)) == file.data
    if at + 1 < len(items):
        swapped = swap_with_next(file.data, file.shown, (*keys, at))
        assert sorted(swapped.splitlines()) == sorted(file.data.splitlines()) or b"[" in file.data
        assert swap_with_next(swapped, file.shown, (*keys, at)) == file.data


def _tops(file: OpenFile) -> list[Keys]:
    tree = file.tree()
    assert isinstance(tree, Mapping)
    return [(name,) for name, value in tree.items() if value]


def _lists(file: OpenFile) -> list[tuple[Keys, Sequence]]:
    found: list[tuple[Keys, Sequence]] = []
    waiting: list[object] = [file.tree()]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Sequence) and node:
            found.append((node.path, node))
            waiting += node
        elif isinstance(node, Mapping):
            waiting += node.values()
    return found
