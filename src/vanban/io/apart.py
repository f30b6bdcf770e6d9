"""Work done in a copy of this process, with which all the memory goes that it took.

Python gives memory back to the system only where nothing around it lives on; what a large document
is made from leaves holes, and what other libraries ask for later does not fit into them.
"""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import get_all_start_methods
from threading import active_count
from typing import TypeVar

from vanban.errors import MachineError
from vanban.io.child import Child, ChildGone, Questions

Result = TypeVar("Result")


def done_apart(work: Callable[[], Result]) -> Result:
    """Return ``work()``, a value that can be pickled; raises what it raises.

    It is done here where processes cannot be copied, or have threads: a copy of one may wait for
    ever. Raises MachineError where the copy is ended, as where the machine has no memory left.
    """
    if "fork" not in get_all_start_methods() or active_count() > 1:
        return work()
    copy = Child(_serve, start_method="fork")
    copy.start(work)
    try:
        result: Result = copy.answer()
    except ChildGone:
        raise MachineError(
            "phần việc làm riêng đã dừng giữa chừng, có thể vì máy hết bộ nhớ — đóng bớt chương "
            "trình rồi chạy lại"
        ) from None
    finally:
        copy.stop()
    return result


def _serve(questions: Questions) -> None:
    questions.answer(lambda work: work())
