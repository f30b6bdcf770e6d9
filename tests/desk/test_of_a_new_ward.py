"""The desk over content that has only begun: what is not known is said, and where it is begun."""

from __future__ import annotations

import re

import pytest

from desks import Served, Visitor

pytestmark = pytest.mark.slow


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
