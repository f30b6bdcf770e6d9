"""The command line: strings the stages together, turns errors into Vietnamese and exit codes.

Exit status 0 when all is well, 1 for mistakes in content or on the machine, 2 for usage. Heavy
modules are imported inside the commands, so that ``--help`` stays quick.
"""

from __future__ import annotations

import click

from vanban import __version__
from vanban.cli.appraise import appraise_command
from vanban.cli.base import Commands
from vanban.cli.batch import batch_command
from vanban.cli.build import build_command
from vanban.cli.changes import migrate_command, undo_command
from vanban.cli.check import check_command, rules_command
from vanban.cli.criteria import criteria_group, scores_command
from vanban.cli.desk import desk_command
from vanban.cli.diff import diff_command
from vanban.cli.documents import (
    doctor_command,
    dossier_command,
    list_command,
    schema_command,
)
from vanban.cli.due import due_command, status_command
from vanban.cli.evidence import evidence_group
from vanban.cli.forms import collect_command, forms_command
from vanban.cli.gather import gather_command
from vanban.cli.new import issue_command, new_group
from vanban.cli.pull import pull_command
from vanban.cli.verify import verify_command
from vanban.cli.word_import import import_command


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Soạn văn bản hành chính của cơ quan từ các tệp YAML.",
)
@click.version_option(
    __version__, prog_name="vanban", message="%(prog)s %(version)s", help="Xem phiên bản."
)
def main() -> None:
    pass


for command in (
    build_command,
    batch_command,
    list_command,
    doctor_command,
    schema_command,
    check_command,
    rules_command,
    dossier_command,
    desk_command,
    diff_command,
    evidence_group,
    criteria_group,
    scores_command,
    new_group,
    issue_command,
    import_command,
    forms_command,
    collect_command,
    appraise_command,
    pull_command,
    verify_command,
    status_command,
    due_command,
    gather_command,
    undo_command,
    migrate_command,
):
    main.add_command(command)
