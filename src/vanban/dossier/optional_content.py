"""Layers (optional content, ISO 32000-1, 8.11): whether a viewer that opens the file shows them.

What is hidden stays hidden in the dossier, under one layer for each source; what is shown needs
none.
"""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Pdf

from vanban.evidence.pdf_pages import name_of

DEEPEST = 100
"""Nested expressions of visibility; deeper ones count as shown."""


class Layers:
    """The layers of ``source`` in its default state.

    ``unsure`` is set where viewers differ: some heed what a layer says of its own use.
    """

    def __init__(self, source: Pdf) -> None:
        properties = source.Root.get("/OCProperties")
        found = properties if isinstance(properties, Dictionary) else Dictionary()
        settings = found.get("/D")
        self._settings = settings if isinstance(settings, Dictionary) else Dictionary()
        self._all_off = self._settings.get("/BaseState") == Name.OFF
        self._on = _members(self._settings.get("/ON"))
        self._off = _members(self._settings.get("/OFF"))
        self._automatic = {
            member
            for rule in _entries(self._settings.get("/AS"))
            if rule.get("/Event", Name.View) == Name.View
            for member in _members(rule.get("/OCGs"))
        }
        self._source = source
        self._hidden: Object | None = None
        self.unsure = False

    @property
    def hidden(self) -> Object | None:
        """The layer that stands for every hidden one, None as long as there is none."""
        return self._hidden

    def hide(self) -> Object:
        """Return the layer that stands for every hidden one."""
        if self._hidden is None:
            self._hidden = self._source.make_indirect(Dictionary(Type=Name.OCG, Name="Lớp ẩn"))
        return self._hidden

    def shows(self, content: Object | None, depth: int = 0) -> bool:
        """Say whether what belongs to ``content``, a group or a membership, is shown."""
        if not isinstance(content, Dictionary) or depth > DEEPEST:
            return True
        if content.get("/Type") != Name.OCMD:
            return self._shows_group(content)
        expression = content.get("/VE")
        if isinstance(expression, Array):
            return self._holds(expression, depth + 1)
        groups = content.get("/OCGs")
        members = [groups] if isinstance(groups, Dictionary) else _entries(groups)
        states = [self._shows_group(group) for group in members]
        if not states:
            return True
        return {
            "/AllOn": all(states),
            "/AnyOff": not all(states),
            "/AllOff": not any(states),
        }.get(name_of(content.get("/P")), any(states))

    def _holds(self, expression: Array, depth: int) -> bool:
        if depth > DEEPEST or len(expression) == 0:
            return True
        operator, *operands = list(expression)
        states = [
            self._holds(operand, depth + 1) if isinstance(operand, Array) else self.shows(operand)
            for operand in operands
        ]
        if operator == Name.Not:
            return not all(states[:1])
        return any(states) if operator == Name.Or else all(states)

    def _shows_group(self, group: Dictionary) -> bool:
        key = group.objgen
        shown = key in self._on if self._all_off else key not in self._off
        usage = group.get("/Usage")
        view = usage.get("/View") if isinstance(usage, Dictionary) else None
        state = view.get("/ViewState") if isinstance(view, Dictionary) else None
        if state in (Name.ON, Name.OFF) and (state == Name.ON) != shown:
            if key in self._automatic:
                return not shown
            self.unsure = True
        return shown


def write_layers(target: Pdf, hidden: list[Object]) -> None:
    """Switch the ``hidden`` layers off in ``target``, whose objects they are by now."""
    if hidden:
        target.Root.OCProperties = Dictionary(
            OCGs=Array(hidden), D=Dictionary(OFF=Array(hidden), Order=Array([]))
        )


def _entries(array: Object | None) -> list[Dictionary]:
    if not isinstance(array, Array):
        return []
    return [entry for entry in array if isinstance(entry, Dictionary)]


def _members(array: Object | None) -> set[tuple[int, int]]:
    return {entry.objgen for entry in _entries(array) if entry.is_indirect}
