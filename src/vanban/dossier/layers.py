"""Layers (optional content) of the sources: what is switched off stays switched off."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Pdf


def layers(source: Pdf) -> tuple[list[Object], list[Object]]:
    """Return all layers of ``source`` and those that its default settings switch off."""
    properties = source.Root.get("/OCProperties")
    if not isinstance(properties, Dictionary):
        return [], []
    every = _entries(properties.get("/OCGs"))
    settings = properties.get("/D")
    if not isinstance(settings, Dictionary):
        return every, []
    if settings.get("/BaseState") == Name.OFF:
        shown = {layer.objgen for layer in _entries(settings.get("/ON"))}
        return every, [layer for layer in every if layer.objgen not in shown]
    return every, _entries(settings.get("/OFF"))


def write_layers(target: Pdf, every: list[Object], hidden: list[Object]) -> None:
    """Tell ``target`` of the layers, which are its own objects by now."""
    if every:
        target.Root.OCProperties = Dictionary(
            OCGs=Array(every), D=Dictionary(OFF=Array(hidden), Order=Array([]))
        )


def _entries(array: Object | None) -> list[Object]:
    if not isinstance(array, Array):
        return []
    return [entry for entry in array if isinstance(entry, Dictionary) and entry.is_indirect]
