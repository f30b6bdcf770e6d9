"""A process that is asked and answers: how it begins, what its answers are, how it ends."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from multiprocessing import active_children

import pytest

from vanban.errors import MachineError
from vanban.io.child import Child, ChildGone, ChildSlow, Questions
from worker_tasks import no_more_files, serve

METHODS = pytest.mark.parametrize("method", ["fork", "spawn"])


def serve_some(questions: Questions) -> None:
    questions.answer(int, errors=MachineError)


def refuse(questions: Questions) -> None:
    questions.refuse(MachineError("không có phông"))


@METHODS
def test_one_process_answers_question_after_question(method: str) -> None:
    child = Child(serve, start_method=method)
    assert not child.running
    child.start("say", 1)
    (one, first) = child.answer()
    child.ask("say", 2)
    assert (one, child.answer()) == (1, (2, first))
    assert first != os.getpid()
    for what, error in (("raise", KeyError), ("lambda", (AttributeError, TypeError))):
        child.ask(what, 3)
        with pytest.raises(error):
            child.answer()
    child.ask("say", 4)
    assert child.answer() == (4, first)
    assert child.end() == 0
    assert not child.running and not active_children()


@METHODS
@pytest.mark.parametrize(("what", "status"), [("end", 7), ("kill", -signal.SIGKILL)])
def test_one_that_has_gone_is_told_and_begins_anew(what: str, status: int, method: str) -> None:
    child = Child(serve, start_method=method)
    child.start("sleep" if what == "kill" else what, 0)
    if what == "kill":
        child.kill()
    with pytest.raises(ChildGone) as gone:
        child.answer()
    assert gone.value.status == status
    child.ask("say", 1)
    with pytest.raises(ChildGone) as gone:
        child.answer()
    assert gone.value.status is None
    child.start("say", 1)
    assert child.answer()[0] == 1
    child.stop()
    assert not active_children()


def test_a_late_answer_is_not_that_of_the_next_question() -> None:
    child = Child(serve)
    child.start("sleep", 0)
    with pytest.raises(ChildSlow):
        child.answer(0.1)
    assert not child.running
    child.start("say", 1)
    assert child.answer()[0] == 1
    child.stop()


def test_one_says_when_it_has_been_asked_enough() -> None:
    child = Child(serve, 2)
    full = []
    child.start()
    for what in ("say", "raise"):
        child.ask(what, 1)
        with suppress(KeyError):
            child.answer()
        full.append(child.full)
    assert full == [False, True]
    child.end()


def test_an_error_that_is_no_answer_ends_it(capfd: pytest.CaptureFixture[str]) -> None:
    child = Child(serve_some)
    child.start("x")
    with pytest.raises(ChildGone):
        child.answer()
    assert "ValueError" in capfd.readouterr().err


def test_one_that_cannot_serve_says_why() -> None:
    child = Child(refuse)
    child.start()
    child.ask(1)
    with pytest.raises(MachineError, match="không có phông"):
        child.answer()
    child.end()


@METHODS
def test_where_none_can_begin_that_is_an_error_of_the_machine(method: str) -> None:
    child = Child(serve, start_method=method)
    words = r"không mở được tiến trình mới \(mở quá nhiều tệp .*\) — đóng bớt chương trình"
    with no_more_files(), pytest.raises(MachineError, match=words):
        child.start()
    child.start("say", 1)
    assert child.answer()[0] == 1
    child.stop()
