"""Rules as rows of data: each kind of match, and the examples of the program's own rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from vanban.checks import data
from vanban.checks.data import plain_data, read_data, read_with_places
from vanban.checks.finding import Stretch
from vanban.checks.registry import all_rules, rules_of, try_examples
from vanban.checks.rows.built_in import BuiltInRules, WordList
from vanban.checks.rules import TextRule
from vanban.checks.writing import plain_writing
from vanban.errors import ContentError, Place
from vanban.workspace.models.house_rules import HouseRules
from vanban.workspace.models.rule_rows import RuleRow
from vanban.workspace.source import Mapping, Node, Sequence
from vanban.workspace.validate import validate
from vanban.workspace.yaml_file import parse_yaml

ROW = """\
quy_tac:
  - ma: van-phong/thu
    ten: Tên lỗi
    loai_can_cu: thông lệ
    can_cu: Thông lệ của văn phòng
    {kind}
    vi_du: {{sai: a, bao_tai: [a], dung: b}}
"""


def rows(kind: str) -> tuple[RuleRow, ...]:
    parsed = parse_yaml(ROW.format(kind=kind).encode(), Path("nha.yaml"))
    entry, problems = validate(HouseRules, parsed.tree, Place(Path("nha.yaml"), 1, 1))
    assert (parsed.problems, problems) == ((), [])
    assert entry is not None
    return entry.rules


def told(kind: str, text: str) -> list[tuple[str, str, str | None]]:
    """Return the words hit, the advice and the replacement."""
    (rule,) = rules_of(rows(kind))
    assert isinstance(rule, TextRule)
    return [
        (hit.at.excerpt, hit.suggestion, hit.replacement)
        for hit in rule.find(plain_writing(text, Path("a.txt")))
        if isinstance(hit.at, Stretch)
    ]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        # existence: whole words, any case, any blanks
        ("khong_dung: [vui vẻ]", "- Họp Vui  vẻ; vui vẻn.", [("Vui  vẻ", "viết cách khác", None)]),
        (
            "khong_dung: [a | c d]",
            "- A, b, c d.",
            [("A", "viết cách khác", None)] * 1 + [("c d", "viết cách khác", None)],
        ),
        ("khong_dung: [vui vẻ]", "# Vui vẻ", []),
        (
            "pham_vi: [đề mục]\n    khong_dung: [vui vẻ]",
            "# Vui vẻ\n- Vui vẻ.",
            [("Vui vẻ", "viết cách khác", None)],
        ),
        # substitution: the right words in the case of the wrong ones
        (
            "thay: [dân cư → người dân]",
            "- Dân cư, dân cư.",
            [("Dân cư", "sửa thành “Người dân”", None), ("dân cư", "sửa thành “người dân”", None)],
        ),
        (
            "tu_sua: true\n    thay: [dân cư → người dân]",
            "- Có dân cư.",
            [("dân cư", "sửa thành “người dân”", "người dân")],
        ),
        (
            "thay: [{sai: dân cư, dung: người dân, tru: [khu]}]",
            "- Khu dân cư, dân cư.",
            [("dân cư", "sửa thành “người dân”", None)],
        ),
        # a pattern in an office's row is plain text
        ("khong_dung: ['a.*b']", "- axxb, a.*b.", [("a.*b", "viết cách khác", None)]),
        # casing
        (
            "viet_dung: [Tổ Giúp việc]",
            "- Họp Tổ giúp việc, Tổ Giúp việc.",
            [("Tổ giúp việc", "viết “Tổ Giúp việc”", None)],
        ),
        # consistency: the rarer form is told
        (
            "thong_nhat: [{cach_viet: [trụ sở, trụ sở làm việc]}]",
            "- Tại trụ sở làm việc.\n- Tại trụ sở làm việc.\n- Tại trụ sở.",
            [("trụ sở", "thống nhất một cách viết, ví dụ “trụ sở làm việc”", None)],
        ),
        ("thong_nhat: [{cach_viet: [trụ sở, trụ sở làm việc]}]", "- Tại trụ sở làm việc.", []),
        # one of the ways is right, whether it is used or not
        (
            "thong_nhat: [{cach_viet: [trụ sở, nhà làm việc], dau_tien_dung: luôn luôn}]",
            "- Tại nhà làm việc.",
            [("nhà làm việc", "viết “trụ sở”", None)],
        ),
        (
            "thong_nhat: [{cach_viet: [trụ sở, nhà làm việc], dau_tien_dung: khi có dùng}]",
            "- Tại nhà làm việc.\n- Ở nhà làm việc.\n- Tại trụ sở.",
            [("nhà làm việc", "thống nhất một cách viết, ví dụ “trụ sở”", None)] * 2,
        ),
        # punctuation: words that lack their comma or dash
        (
            "thieu_dau: ['thôn, tổ dân phố; y tế - giáo dục']",
            "- Các thôn tổ dân phố làm y tế giáo dục; thôn, tổ dân phố; y tế - giáo dục.",
            [
                ("thôn tổ dân phố", "sửa thành “thôn, tổ dân phố”", None),
                ("y tế giáo dục", "sửa thành “y tế - giáo dục”", None),
            ],
        ),
        # measure
        (
            "cau_toi_da: 3",
            "- Một hai ba bốn; một hai ba (bốn năm).",
            [
                (
                    "Một hai ba bốn",
                    "tách thành các câu ngắn, hoặc ngăn các ý bằng dấu chấm phẩy",
                    None,
                )
            ],
        ),
        # names are left alone
        (
            "tru_ten_rieng: true\n    khong_dung: [hòa bình]",
            "- Hòa bình là hòa bình, Hòa Bình.",
            [("Hòa bình", "viết cách khác", None), ("hòa bình", "viết cách khác", None)],
        ),
        # presence
        (
            "phai_co: [trước ngày]",
            "- Gửi báo cáo.",
            [("- Gửi báo cáo.", "bổ sung “trước ngày”", None)],
        ),
        ("phai_co: [trước ngày]", "- Gửi trước  ngày 5.", []),
        # sequence
        (
            "di_lien: [{truoc: Công văn, sau: [số, của]}]",
            "- Công văn số 1; công văn mới.",
            [("công văn", "thêm “số” hoặc “của” vào sau", None)],
        ),
    ],
)
def test_each_kind_of_match(
    kind: str, text: str, expected: list[tuple[str, str, str | None]]
) -> None:
    assert told(kind, text) == expected


def test_an_example_that_is_not_hit_is_told_with_its_place() -> None:
    problems = [str(each) for each in try_examples(rows("khong_dung: [b]"))]
    assert [each.split(": ")[0] for each in problems] == ["nha.yaml:7:18", "nha.yaml:7:41"]
    assert "bị báo tại không chỗ nào" in problems[0]
    assert "câu đúng cũng bị báo tại “b”" in problems[1]


@pytest.mark.parametrize(
    ("kind", "place", "message"),
    [
        ("cach_sua: bỏ", "nha.yaml:2:5", "chưa có khóa nêu cách soát"),
        ("khong_dung: [a]\n    phai_co: [b]", "nha.yaml:2:5", "soát (khong_dung, phai_co) —"),
        ("thay: [a -> b]", "nha.yaml:6:12", "“a -> b” chưa có chữ thay vào"),
        ("thong_nhat: [{cach_viet: [a]}]", "nha.yaml:6:18", "cần ít nhất hai cách viết"),
        ("khong_dung: ['…']", "nha.yaml:6:18", "không có chữ nào để tìm"),
        ("thong_bao: bỏ {sau}\n    khong_dung: [a]", "nha.yaml:6:16", "vào “{sau}” — dùng {sai}"),
        ("bieu_thuc: true\n    khong_dung: [a]", "nha.yaml:6:5", "bieu_thuc"),
        ("pham_vi: [chân trang]\n    khong_dung: [a]", "nha.yaml:6:15", "chân trang"),
    ],
)
def test_bad_rows_are_told_at_their_place(kind: str, place: str, message: str) -> None:
    parsed = parse_yaml(ROW.format(kind=kind).encode(), Path("nha.yaml"))
    _, problems = validate(HouseRules, parsed.tree, Place(Path("nha.yaml"), 1, 1))
    assert [(str(each.place), message in str(each)) for each in problems] == [(place, True)]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("thuat_toan: capitals.within", "x.yaml:6:17: thuat_toan: không có hàm “capitals.within”"),
        ("thuat_toan: capitals.inside", "x.yaml:2:5: tham_so: capitals.inside nhận words, titled"),
        (
            "thuat_toan: capitals.inside\n    tham_so: {words: [a], title: [b]}",
            "x.yaml:7:14: tham_so: capitals.inside nhận words, titled — sửa tên cho đúng",
        ),
    ],
)
def test_a_function_that_does_not_fit_its_row_is_told(row: str, told: str, tmp_path: Path) -> None:
    all_rules()
    file = tmp_path / "x.yaml"
    file.write_text(ROW.format(kind=row), encoding="utf-8")
    with pytest.raises(ContentError) as error:
        rules_of(read_with_places(BuiltInRules, file).rules)
    assert told in str(error.value.problems[0])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("danh_sach:\n  - a; ; b\n", "x.yaml:2:3: danh_sach: dòng “a; ; b” có mục trống"),
        ("danh_sach: a\n", "x.yaml:1:12: danh_sach: phải là danh sách"),
        ("danh_sach:\n  - a: [b\n", "x.yaml:2:8: a: ngoặc “[” mở ở đây chưa được đóng"),
    ],
)
def test_mistakes_in_lists_of_the_program_are_located(text: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as error:
        read_data(WordList, file)
    assert told in str(error.value.problems[0])


def in_plain_values(node: Node) -> object:
    if isinstance(node, Mapping):
        return {str(name): in_plain_values(below) for name, below in node.items()}
    if isinstance(node, Sequence):
        return [in_plain_values(below) for below in node]
    return str(node)


OWN_FILES = sorted(Path(data.__file__).parent.rglob("*.yaml"))


@pytest.mark.parametrize("file", OWN_FILES, ids=lambda file: file.stem)
def test_files_of_the_program_say_the_same_where_their_places_are_read(file: Path) -> None:
    """With places what is no sound YAML is refused: keys twice, several documents."""
    assert plain_data(file) == in_plain_values(data._tree(file))
