"""Jinja2 for the templates that people edit: strict names, no way out, bounded work.

A template sees only the values that it is given. Each step of a loop, each call and each stretch of
text that it makes is counted, so that a slip such as ``range(10**9)`` ends at once with its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.filters import make_attrgetter
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, soft_str

from vanban.provenance import traced

MOST_WORK = 2_000_000
"""Steps and letters of one template; the longest outline here needs some ten thousand."""

CALL = 20
"""Steps that a call counts for."""

PLAIN_METHODS = frozenset({"upper", "lower", "strip", "lstrip", "rstrip", "startswith", "endswith"})
"""Of strings: those whose result is no longer than the text."""

FILTERS = ("length", "first", "last", "default", "lower", "upper", "trim", "list", "sort", "join")


TOO_MUCH = "mẫu lặp hoặc tạo chữ quá nhiều; xem lại vòng lặp {% for %}"


class TooMuchWork(jinja2.TemplateRuntimeError):
    """A template that does more than :data:`MOST_WORK`."""

    def __init__(self, message: str = TOO_MUCH) -> None:
        super().__init__(message)


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of templates that are filled one after the other."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(undefined=jinja2.StrictUndefined, autoescape=True, **options)
        self.start()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.filters["_counted"] = self._counted
        self.filters["_joined"] = self._joined
        self.filters["join"] = self._join
        self.globals = {"range": self._range, "namespace": self.globals["namespace"]}

    def start(self) -> None:
        """Begin to count the work of another template."""
        self._left = MOST_WORK

    def spend(self, work: int) -> None:
        """Count so many steps or letters; raises TooMuchWork where they are too many."""
        self._left -= work
        if self._left < 0:
            raise TooMuchWork

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Count the steps of every loop, and the letters that ``~`` joins."""
        template = super()._parse(source, name, filename)
        for loop in list(template.find_all(nodes.For)):
            loop.iter = nodes.Filter(
                loop.iter, "_counted", [], [], None, None, lineno=loop.lineno, environment=self
            )
        for parent in list(template.find_all(nodes.Node)) if "~" in source else ():
            for field, child in list(parent.iter_fields()):
                if isinstance(child, nodes.Concat):
                    setattr(parent, field, self._as_filter(child))
                elif isinstance(child, list):
                    child[:] = [
                        self._as_filter(item) if isinstance(item, nodes.Concat) else item
                        for item in child
                    ]
        return template

    def _as_filter(self, concat: nodes.Concat) -> nodes.Filter:
        items = nodes.List(concat.nodes, lineno=concat.lineno, environment=self)
        return nodes.Filter(
            items, "_joined", [], [], None, None, lineno=concat.lineno, environment=self
        )

    def _counted(self, items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            self.spend(1)
            yield item

    def _joined(self, items: list[Any]) -> str:
        texts = [soft_str(item) for item in items]
        self.spend(sum(map(len, texts)))
        if any(isinstance(text, Markup) for text in texts):
            return Markup("").join(texts)
        return traced(*texts)

    @staticmethod
    @jinja2.pass_environment
    def _join(
        environment: Sandbox, items: Iterable[Any], separator: str = "", attribute: Any = None
    ) -> str:
        """Join as the library does, but texts keep where they come from."""
        if attribute is not None:
            items = map(make_attrgetter(environment, attribute), items)
        return environment._joined([piece for item in items for piece in (separator, item)][1:])

    def _range(self, *bounds: int) -> range:
        numbers = range(*bounds)
        try:
            self.spend(len(numbers))
        except OverflowError:
            raise TooMuchWork from None
        return numbers

    def call(self, context: Any, called: Any, /, *args: Any, **named: Any) -> Any:
        self.spend(CALL)
        return super().call(context, called, *args, **named)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "**" or (operator in "*%" and not numbers):
            raise SecurityError(f"phép tính {operator} không dùng được trong mẫu")
        if numbers and max(abs(left), abs(right)) > 10**15:
            raise SecurityError("số quá lớn trong mẫu")
        result = super().call_binop(context, operator, left, right)
        if hasattr(result, "__len__"):
            self.spend(len(result))
        return result

    def wrap_str_format(self, value: Any) -> None:
        """Leave ``format`` to :meth:`is_safe_attribute`: it could make any length of text."""

    def is_safe_attribute(self, owner: Any, name: str, value: Any) -> bool:
        if isinstance(owner, str) and hasattr(str, name):
            return name in PLAIN_METHODS
        return bool(super().is_safe_attribute(owner, name, value))

    def unsafe_undefined(self, owner: Any, attribute: str) -> jinja2.Undefined:
        return self.undefined(
            f"thuộc tính “{attribute}” không dùng được trong mẫu",
            name=attribute,
            obj=owner,
            exc=SecurityError,
        )
