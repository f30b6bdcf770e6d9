"""The desk over content that has only begun: what is not known is said, and where it is begun."""

from __future__ import annotations

import re

import pytest

from desks import Served, Visitor

pytestmark = pytest.mark.slow


def test_what_is_not_there_leads_to_where_it_is_begun(served: Served) -> None:
    visitor, year = Visitor(served.address), served.content / "2025"
    (year / "tu-danh-gia.yaml").unlink()
    assert '<a href="/them-moi/tu-danh-gia">Báo cáo tự đánh giá' in visitor.ask("/")[1]
    assert "Bản tự đánh giá, chấm điểm" in visitor.ask("/them-moi")[1]
    assert visitor.ask("/them-moi/tu-danh-gia")[0] == 200
    criteria = year / "tieu-chi.yaml"
    known = criteria.read_text(encoding="utf-8")
    criteria.write_text(f"{known}x: 1\n", encoding="utf-8")  # a mistake is no lack
    status, told = visitor.ask("/minh-chung")
    assert status != 200 and "không có khóa" in told
    criteria.unlink()
    status, told = visitor.ask("/minh-chung")
    assert status == 200 and 'href="/them-moi/bo-chi-so"' in told
    status, told = visitor.ask("/them-moi/tu-danh-gia")
    assert status != 200 and "chưa có bộ tiêu chí" in told


def test_without_a_calendar_nobody_is_called_late(served: Served) -> None:
    agency = served.content / "co-quan.yaml"
    known = agency.read_text(encoding="utf-8")
    without = known.partition("\nlich_bao_cao:")[0] + "\nphien_ban_noi_dung: 2\n"
    for text in (known, without):
        agency.write_text(text, encoding="utf-8")
        for page in ("/", "/trao-doi?ky=q1", "/tien-do"):
            status, told = Visitor(served.address).ask(page)
            assert status == 200
            assert bool(re.search(r"quá hạn(, chưa gửi| \d)", told)) == (text == known), page
            if page != "/tien-do":
                assert ("Chưa khai lịch báo cáo" in told) == (text == without), page
