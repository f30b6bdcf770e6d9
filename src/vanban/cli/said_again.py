"""Commands that say again what they said, without work, while what they read is unchanged."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from vanban.cli.screen import recording, say, say_again
from vanban.invocation import command_here

if TYPE_CHECKING:
    from vanban.app.manifest import Done, Manifest

Work = Callable[["Manifest"], "Done"]
"""Does the work of a command, saying what it has to."""


def answer(
    ctx: click.Context,
    asked: Iterable[object],
    content: Path,
    out: Path,
    work: Work,
    *,
    reads: Iterable[Path | None] = (),
    force: bool = False,
    unchanged: Callable[[int], str] | None = None,
    err: bool = False,
) -> NoReturn:
    """Do the ``work`` of a command and exit; where nothing changed say again what it said.

    ``asked`` are what the command was asked for; it reads ``content``, its templates, the folder
    that it shares with others and the files ``reads``. It is done again where a
    file that it made is not intact, with ``force``, and where it ended with an error. ``unchanged``
    words a line that is said before the rest, of so many files, on the standard error with
    ``err``.
    """
    from vanban.app.inputs import file_hash, read_inputs
    from vanban.app.manifest import MEMORY, read_manifest
    from vanban.io.memory import Memory, remembering

    here = (Path.cwd(), command_here(""), file_hash(Path("Makefile")))  # what is told depends on
    command = json.dumps([*map(str, (ctx.command_path, *asked, content, out, *here))])
    manifest, reads = read_manifest(out), tuple(reads)
    inputs = read_inputs(manifest.program, content, reads)
    run = None if force else manifest.unchanged(command, inputs.key)
    if run is not None:
        if unchanged is not None:
            say(unchanged(len(run.files)), err=err)
        say_again(run.lines)
        ctx.exit(run.status)
    memory = Memory(out / MEMORY, manifest.program)
    with remembering(memory), recording() as said:
        done = work(manifest)
    if read_inputs(manifest.program, content, reads) == inputs:
        manifest.add_run(command, inputs.key, done, said)
    manifest.write()
    ctx.exit(done.status)
