"""Where the nodes of a YAML file stand among its lines, comments and blank lines counted in."""

from __future__ import annotations

import yaml


def pair(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node | None, yaml.Node | None]:
    """Return key and value of a step from ``node``; None for what is not there."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value == step:
                return key, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return None, node.value[step] if 0 <= step < len(node.value) else None
    return None, None


def after(node: yaml.Node, column: int, lines: list[str]) -> int:
    """Return the line after the last one of ``node``, with comments from ``column`` on."""
    while True:
        if isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
            node = node.value[-1]
        elif isinstance(node, yaml.MappingNode) and node.value and not node.flow_style:
            key, node = node.value[-1]
            if isinstance(node, yaml.ScalarNode) and not node.value and not node.style:
                node = key
        else:
            break
    mark = node.end_mark
    position = mark.line + 1
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        # A block text ends where the next thing begins, or in the last line of the file.
        unended = mark.line == len(lines) - 1 and mark.column == len(lines[-1])
        position = mark.line + 1 if unended else mark.line
    while position and not lines[position - 1].strip():
        position -= 1
    while position < len(lines) and is_comment_of(lines[position], column):
        position += 1
    return position


def is_comment_of(line: str, column: int) -> bool:
    return line.lstrip(" ").startswith("#") and len(line) - len(line.lstrip(" ")) >= column


def is_spaced(lines: list[str], among: range, column: int) -> bool:
    """Say whether of the lines ``among`` items with their dash at ``column`` stand apart."""
    dash = f"{' ' * column}- "
    return any(not lines[number - 1].strip() and lines[number].startswith(dash) for number in among)
