"""Where the program begins: what is asked to stop while it is being loaded ends without a word."""

from __future__ import annotations

import signal


def main() -> None:
    """Run the command line; raises SystemExit with its status."""
    answer = signal.getsignal(signal.SIGINT)
    usual = answer is signal.default_int_handler  # a shell may have it ignored
    if usual:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from vanban.cli import main as run

    if usual:
        signal.signal(signal.SIGINT, answer)
    run()
