"""What document systems ask for: a table of documents and the fields that differ."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from documents import plain, sample
from vanban.document import Document, Signature
from vanban.exchange.built_files import descriptions
from vanban.exchange.sidecar import sidecar

FILES = {"sample.docx": b"a", "sample.pdf": b"b"}
REPORT = plain("Một đoạn.")
WHOLE = {
    "ma": "sample",
    "loai": "Báo cáo",
    "so": "15",
    "ky_hieu": "BC-UBND",
    "so_ky_hieu": "15/BC-UBND",
    "ngay_ban_hanh": "",
    "co_quan_ban_hanh": "Ủy ban nhân dân phường Trần Liễu",
    "trich_yeu": "thử",
    "nguoi_ky": [
        {"ho_ten": "Trần Thị Tình", "chuc_vu": "CHỦ TỊCH", "quyen_han": "TM. ỦY BAN NHÂN DÂN"}
    ],
    "do_khan": "",
    "kinh_gui": ["Ủy ban nhân dân thành phố Hải Phòng"],
    "noi_nhan": ["Như trên", "Lưu: VT"],
    "so_trang": 3,
    "trang_thai": "trình ký",
    "tep": [{"ten": name, "sha256": sha256(data).hexdigest()} for name, data in FILES.items()],
}


def facts(document: Document) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(sidecar(document, "trình ký", 3, FILES))
    assert made.pop("chuong_trinh").startswith("vanban ")
    return made


def letter() -> Document:
    head = {"document_type": "", "abstract": "", "subject": "V/v hỏi", "number": "Số: 02/UBND-VHXH"}
    return replace(sample(head), title="Công văn hỏi")


CASES: list[tuple[Document, dict[str, Any]]] = [
    (REPORT, {}),
    (replace(REPORT, issued=date(2026, 1, 20)), {"ngay_ban_hanh": "2026-01-20"}),
    (replace(REPORT, header=replace(REPORT.header, urgency="KHẨN")), {"do_khan": "KHẨN"}),
    (replace(REPORT, title="Báo cáo quý\u00a0I"), {"trich_yeu": "quý I"}),
    (sample({"number": "Số: " + "\u00a0" * 7 + "/BC-UBND"}), {"so": "", "so_ky_hieu": ""}),
    (
        letter(),
        {
            **{"loai": "Công văn", "trich_yeu": "hỏi"},
            **{"so": "02", "ky_hieu": "UBND-VHXH", "so_ky_hieu": "02/UBND-VHXH"},
        },
    ),
    (
        replace(REPORT, countersignature=Signature(("THƯ KÝ",), "Vũ Văn Hai")),
        {
            "nguoi_ky": [
                {"ho_ten": "Vũ Văn Hai", "chuc_vu": "THƯ KÝ", "quyen_han": ""},
                *WHOLE["nguoi_ky"],  # type: ignore[misc]
            ]
        },
    ),
]


@pytest.mark.parametrize(("document", "different"), CASES)
def test_the_fields(document: Document, different: dict[str, Any]) -> None:
    assert facts(document) == {**WHOLE, **different}


def test_what_is_no_description_is_passed(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(sidecar(REPORT, "trình ký", 3, FILES))
    (tmp_path / "b.json").write_text("[]", encoding="utf-8")
    (tmp_path / "c.json").symlink_to("c.json")
    assert [(each.path.name, each.id) for each in descriptions([tmp_path])] == [
        ("a.json", "sample")
    ]
