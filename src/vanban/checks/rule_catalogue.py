"""The catalogue of rules, made from their register: for the terminal and for docs/."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from vanban.checks.citations.laws import known_laws
from vanban.checks.finding import SEVERITY, Standing
from vanban.checks.output import NAMES
from vanban.checks.registry import all_rules
from vanban.checks.rules import Rule, TextRule
from vanban.nd30.dates import short_date
from vanban.workspace.models.rule_rows import KINDS, Example, RuleRow

STANDINGS: dict[Standing, str] = {
    Standing.LAW: "trái quy định của pháp luật",
    Standing.DATA: "trái với dữ liệu đã khai, hoặc dữ liệu trái nhau",
    Standing.SPELLING: "sai chính tả",
    Standing.SAMPLE: "khác mẫu chính thức",
    Standing.CONSISTENCY: "chưa thống nhất",
    Standing.HABIT: "khác thông lệ, cần xem lại",
}


def rule_lines() -> Iterator[str]:
    """Yield one line a rule: id, weight, title, what it rests on."""
    width = max(len(rule.id) for rule in all_rules())
    for rule in all_rules():
        weight = NAMES[rule.severity].lower()
        yield f"{rule.id:<{width}}  {weight:<8}  {rule.title} ({rule.clause})"
    yield ""
    yield laws_line()


def laws_line() -> str:
    """Say when the register of laws was last looked through."""
    laws = known_laws()
    return (
        f"Bảng luật, nghị định (src/vanban/checks/laws.yaml): {len(laws.documents)} dòng, xem lại "
        f"lần cuối ngày {short_date(laws.reviewed)}."
    )


def catalogue_text() -> str:
    """Return the page of docs/: every rule with its standing, clause and two examples."""
    kinds = (RuleRow.model_fields[name] for name in KINDS)
    lines = [
        "# Danh mục quy tắc soát lỗi",
        "",
        "Trang này do chương trình tạo ra (`vanban rules --catalogue docs/quy-tac.md`); đừng sửa",
        "bằng tay. Mỗi quy tắc ghi rõ căn cứ. Mức của phát hiện theo căn cứ:",
        "",
        "| Căn cứ | Ý nghĩa | Mức |",
        "|---|---|---|",
        *(
            f"| {standing} | {meaning} | {NAMES[SEVERITY[standing]].lower()} |"
            for standing, meaning in STANDINGS.items()
        ),
        "",
        "Cơ quan tự thêm quy tắc ở `content/quy-tac/*.yaml`, mỗi quy tắc một cách soát (ví dụ ở",
        "`content/mau/quy-tac.yaml`):",
        "",
        "| Khóa | Cách soát |",
        "|---|---|",
        *(f"| `{key.alias}` | {key.description} |" for key in kinds),
        "",
        "Quy tắc có dấu ¹ chỉ cần lời văn, nên chạy được cả trên tệp .docx bất kỳ. Quy tắc có ²",
        "chỉ soát văn bản của chính cơ quan khai trong `co-quan.yaml`, không soát của nơi khác.",
        "Ví dụ bằng tệp YAML chỉ ghi những khóa làm nên lỗi.",
        "",
        laws_line(),
    ]
    for group, rules in groupby(all_rules(), key=lambda rule: rule.group):
        lines += ["", f"## {group}"]
        for rule in rules:
            lines += ["", *_entry(rule)]
    return "\n".join(lines) + "\n"


def _entry(rule: Rule) -> Iterator[str]:
    mark = ("¹" if isinstance(rule, TextRule) else "") + ("²" if rule.own_documents else "")
    yield f"### {rule.id}{mark}"
    yield ""
    yield f"{rule.title}. Mức: {NAMES[rule.severity].lower()} ({rule.standing}). {rule.clause}."
    yield ""
    yield from _example("Sai", rule.fails)
    yield from _example("Đúng", rule.passes)


def _example(label: str, example: Example) -> Iterator[str]:
    if isinstance(example, str):
        if not example:
            return
        yield f"{label}:"
        yield ""
        yield from (f"    {line}" for line in example.splitlines())
        yield ""
        return
    for name, text in example.items():
        yield f"{label}, `{name}`:"
        yield ""
        yield from (f"    {line}" for line in text.splitlines())
        yield ""
