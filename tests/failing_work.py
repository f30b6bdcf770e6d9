"""Work for many wards that goes wrong in every way; in a module that a process can be sent to."""

from __future__ import annotations

import os
from multiprocessing import parent_process

from vanban.errors import ContentError, MachineError, Place, Problem
from vanban.workspace.wards import Ward


def work(ward: Ward) -> str:
    match ward.name:
        case "w1":
            raise ContentError([Problem(Place(ward.content / "co-quan.yaml", 3), "ten", "sai")])
        case "w2":
            raise MachineError("thiếu phông chữ")
        case "w4":
            raise PermissionError(13, "Permission denied")
        case "w6":
            return work(ward)  # without end
        case "w7":
            raise UnicodeEncodeError("utf-8", "\udcff", 0, 1, "surrogates not allowed")
        case "w8":
            raise MemoryError
        case "w5" if parent_process() is not None:
            os._exit(9)
    return ward.name.upper()


def where(ward: Ward) -> int:
    """Return the process that works for a ward."""
    return os.getpid()
