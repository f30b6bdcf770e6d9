"""The dictionary between the officials' YAML and the code.

One line a field: English attribute, Vietnamese key, label and description. Validation, error
messages, the JSON Schemas and the glossary all come from these lines.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vanban.workspace.models import (  # isort: skip
        agency as agency,
        answers as answers,
        appraisal as appraisal,
        city_report as city_report,
        criteria as criteria,
        evidence as evidence,
        form_answer as form_answer,
        gathered as gathered,
        house_rules as house_rules,
        indicators as indicators,
        monitoring as monitoring,
        paper as paper,
        plan as plan,
        register as register,
        report as report,
    )
else:

    def __getattr__(name: str) -> ModuleType:
        """Import a module of models when it is first asked for: who needs none pays for none."""
        path = f"{__name__}.{name}"
        try:
            return import_module(path)
        except ModuleNotFoundError as error:
            if error.name != path:
                raise
            raise AttributeError(f"no module of models is called {name}") from error
