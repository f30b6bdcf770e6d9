"""The dictionary between the officials' YAML and the code.

One line a field: English attribute, Vietnamese key, label and description. Validation, error
messages, the JSON Schemas and the glossary all come from these lines.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if not TYPE_CHECKING:  # who reads types sees the modules that are imported

    def __getattr__(name: str) -> ModuleType:
        """Import a module of models when it is first asked for: who needs none pays for none."""
        path = f"{__name__}.{name}"
        try:
            return import_module(path)
        except ModuleNotFoundError as error:
            if error.name != path:
                raise
            raise AttributeError(f"no module of models is called {name}") from error
