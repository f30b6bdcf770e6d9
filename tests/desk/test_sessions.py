"""Sessions that end, and waits after wrong passwords: by moments that are given."""

from __future__ import annotations

import pytest

from vanban.desk.sessions import FORGOTTEN, LONGEST, Person, Sessions, Tries

AN = Person("an", "Nguyễn Văn An")


@pytest.mark.parametrize(
    ("used", "asked", "lasts"),
    [
        ((), 100.0, True),
        ((), 101.0, False),
        ((90.0,), 180.0, True),
        ((90.0,), 191.0, False),
        ((90.0, 180.0, 270.0), 301.0, False),  # the whole of it
    ],
)
def test_a_session_ends(used: tuple[float, ...], asked: float, lasts: bool) -> None:
    sessions = Sessions(idle=100, whole=300)
    token = sessions.begin(AN, "", 0.0)
    for moment in used:
        assert sessions.find(token, moment, used=True)
    assert (sessions.find(token, asked, used=True) is not None) is lasts


def test_an_open_window_alone_keeps_no_session() -> None:
    sessions = Sessions(idle=100)
    token = sessions.begin(AN, "", 0.0)
    assert sessions.find(token, 90.0, used=False)
    assert sessions.find(token, 110.0, used=False) is None


def test_sessions_are_bounded_and_the_idlest_goes() -> None:
    sessions = Sessions(most=2)
    first, second = sessions.begin(AN, "", 0.0), sessions.begin(AN, "", 1.0)
    sessions.find(first, 2.0, used=True)
    sessions.begin(AN, "", 3.0)
    assert sessions.find(first, 4.0, used=True)
    assert sessions.find(second, 4.0, used=True) is None


@pytest.mark.parametrize(
    ("wrong", "wait"), [(0, 0), (4, 0), (5, 1), (6, 2), (8, 8), (20, LONGEST), (4000, LONGEST)]
)
def test_each_wrong_password_doubles_the_wait(wrong: int, wait: float) -> None:
    tries = Tries()
    for number in range(wrong):
        tries.count("an", f"10.0.{number // 250}.{number % 250}", 0.0)
    assert tries.wait("an", "10.9.9.9", 0.0) == wait
    assert tries.wait("an", "10.9.9.9", wait) == 0
    assert tries.wait("binh", "10.9.9.9", 0.0) == 0


def test_an_address_waits_after_more_and_a_right_password_forgives_the_account_alone() -> None:
    tries = Tries()
    for number in range(20):
        tries.count(f"nguoi-{number}", "10.0.0.1", 0.0)
    assert tries.wait("an", "10.0.0.1", 0.0) == 1
    tries.count("an", "10.0.0.1", 1.0)
    tries.forgive("an", "10.0.0.1")
    assert tries.wait("an", "10.0.0.1", 1.0) == 1
    assert tries.wait("an", "10.0.0.1", FORGOTTEN + 2) == 0


def test_what_is_counted_has_a_bound() -> None:
    tries = Tries(most=10)
    for number in range(100):
        tries.count(f"nguoi-{number}", f"10.0.0.{number}", 0.0)
    assert len(tries._tries) == 10
