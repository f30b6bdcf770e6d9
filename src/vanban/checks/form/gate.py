"""The gate before signing: a document whose form breaks the law is not written."""

from __future__ import annotations

from pathlib import Path

from vanban.checks.excuses import excuse
from vanban.checks.finding import Severity
from vanban.checks.form.report import check_form
from vanban.checks.state import NotReady
from vanban.workspace.workspace import Workspace


def require_form(workspace: Workspace, document_id: str, docx: bytes, pdf: bytes) -> None:
    """Raise NotReady where the form of a rendered document has an error that nobody excused."""
    report = check_form(docx, pdf, Path(f"{document_id}.docx"), workspace)
    findings, _ = excuse(report.findings, workspace.review)
    errors = [each for each in findings if each.severity is Severity.ERROR and not each.excused]
    if errors:
        lines = "\n  ".join(each.message for each in errors)
        raise NotReady(f"chưa dựng bản để ký, vì thể thức của {document_id} còn lỗi:\n  {lines}")
