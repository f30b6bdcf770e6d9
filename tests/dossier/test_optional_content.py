"""Layers, states and fields: what a viewer shows is what the dossier shows, else it warns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from dossiers import Maker, difference_of, show
from vanban.dossier.optional_content import Layers

pytestmark = pytest.mark.slow

Groups = tuple[Object, Object]


def groups(pdf: Pdf, **settings: Any) -> Groups:
    """Return a layer that is shown and one that is hidden, registered in ``pdf``."""
    shown, hidden = (
        pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in ("a", "b")
    )
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([shown, hidden]), D=Dictionary(OFF=Array([hidden]), **settings)
    )
    return shown, hidden


def member(pdf: Pdf, **keys: Any) -> Object:
    return pdf.make_indirect(Dictionary(Type=Name.OCMD, **keys))


MEMBERSHIPS: dict[str, tuple[Callable[[Pdf, Groups], Object], bool]] = {
    "shown": (lambda pdf, g: g[0], True),
    "hidden": (lambda pdf, g: g[1], False),
    "any on": (lambda pdf, g: member(pdf, OCGs=Array([*g])), True),
    "all on": (lambda pdf, g: member(pdf, OCGs=Array([*g]), P=Name.AllOn), False),
    "any off": (lambda pdf, g: member(pdf, OCGs=Array([*g]), P=Name.AnyOff), True),
    "all off": (lambda pdf, g: member(pdf, OCGs=Array([*g]), P=Name.AllOff), False),
    "one group": (lambda pdf, g: member(pdf, OCGs=g[1]), False),
    "no group": (lambda pdf, g: member(pdf, OCGs=Array([])), True),
    "nulls": (lambda pdf, g: member(pdf, OCGs=Array([None])), True),
    "not": (lambda pdf, g: member(pdf, VE=Array([Name.Not, g[0]])), False),
    "and": (lambda pdf, g: member(pdf, VE=Array([Name.And, *g])), False),
    "or": (lambda pdf, g: member(pdf, VE=Array([Name.Or, *g])), True),
    "nested": (
        lambda pdf, g: member(pdf, VE=Array([Name.And, g[0], Array([Name.Not, g[1]])])),
        True,
    ),
}


def on_content(pdf: Pdf, content: Object) -> None:
    page = pdf.pages[0]
    page.obj.Resources = Dictionary(Properties=Dictionary(L=content))
    page.contents_add(b"/OC /L BDC 1 0 0 rg 50 50 300 300 re f EMC")


def look(pdf: Pdf, **keys: Any) -> Stream:
    return pdf.make_stream(
        b"1 0 0 rg 0 0 1 1 re f",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 1, 1]),
        **keys,
    )


def on_form(pdf: Pdf, content: Object) -> None:
    page = pdf.pages[0]
    page.obj.Resources = Dictionary(XObject=Dictionary(X=look(pdf, OC=content)))
    page.contents_add(b"q 300 0 0 300 50 50 cm /X Do Q")


def on_form_below(pdf: Pdf, content: Object) -> None:
    inner = Dictionary(XObject=Dictionary(X=look(pdf, OC=content)))
    outer = look(pdf, Resources=inner)
    outer.write(b"/X Do")
    page = pdf.pages[0]
    page.obj.Resources = Dictionary(XObject=Dictionary(Y=outer))
    page.contents_add(b"q 300 0 0 300 50 50 cm /Y Do Q")


def on_annotation(pdf: Pdf, content: Object | None, **keys: Any) -> None:
    values: dict[str, Any] = {
        "Type": Name.Annot,
        "Subtype": Name.Stamp,
        "Rect": Array([50, 50, 350, 350]),
        "F": 4,
        "AP": Dictionary(N=look(pdf)),
    }
    mark = pdf.make_indirect(Dictionary(**(values | keys)))
    if content is not None:
        mark.OC = content
    pdf.pages[0].obj.Annots = Array([mark])


@pytest.mark.parametrize("case", MEMBERSHIPS)
def test_memberships(case: str) -> None:
    make, shown = MEMBERSHIPS[case]
    with pikepdf.new() as pdf:
        content = make(pdf, groups(pdf))
        assert Layers(pdf).shows(content) is shown


PLACES = {each.__name__: each for each in (on_content, on_form, on_form_below, on_annotation)}


@pytest.mark.slow
def test_layers_look_as_in_a_viewer(maker: Maker, tmp_path: Path) -> None:
    def put(place: str, case: str) -> Callable[[Pdf], None]:
        return lambda pdf: PLACES[place](pdf, MEMBERSHIPS[case][0](pdf, groups(pdf)))

    cases = [(place, case) for place in PLACES for case in ("hidden", "all on", "nested")]
    looks = show(maker, tmp_path, {f"{p} {case}": put(p, case) for p, case in cases}, content=b"")
    for place, case in cases:
        found = looks[f"{place} {case}"]
        red = found.page.getpixel((200, 600)) == (255, 0, 0)
        assert red is MEMBERSHIPS[case][1], (place, case)
        assert found.warnings == ()
        if place != "on_annotation":  # pdfium does not heed layers of annotations
            assert difference_of(found.page, found.file) < 1


def used(state: Name, automatic: bool) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        group, _ = groups(pdf)
        group.Usage = Dictionary(View=Dictionary(ViewState=state))
        if automatic:
            pdf.Root.OCProperties.D.AS = Array(
                [Dictionary(Event=Name.View, Category=Array([Name.View]), OCGs=Array([group]))]
            )
        on_content(pdf, group)

    return change


def test_use_of_a_layer(maker: Maker, tmp_path: Path) -> None:
    cases = {
        "agrees": used(Name.ON, False),
        "differs": used(Name.OFF, False),
        "is heeded": used(Name.OFF, True),
    }
    looks = show(maker, tmp_path, cases, content=b"")
    seen = {
        name: (found.page.getpixel((200, 600)) == (255, 0, 0), found.says("mỗi trình xem"))
        for name, found in looks.items()
    }
    assert seen == {"agrees": (True, False), "differs": (True, True), "is heeded": (False, False)}


def test_a_base_state_of_off() -> None:
    with pikepdf.new() as pdf:
        shown, other = groups(pdf, BaseState=Name.OFF)
        pdf.Root.OCProperties.D.ON = Array([shown])
        states = Layers(pdf)
        assert states.shows(shown) and not states.shows(other)


def states(pdf: Pdf) -> Dictionary:
    off = look(pdf)
    off.write(b"0 0 1 rg 0 0 1 1 re f")
    return Dictionary(N=Dictionary(Yes=look(pdf), Off=off))


def box(pdf: Pdf, above: dict[str, Any], **keys: Any) -> None:
    on_annotation(pdf, None, Subtype=Name.Widget, AP=states(pdf), **keys)
    (mark,) = pdf.pages[0].obj.Annots
    parent = pdf.make_indirect(Dictionary(T=String("a"), Kids=Array([mark]), **above))
    mark.Parent = parent
    pdf.Root.AcroForm = Dictionary(Fields=Array([parent]))


BOXES: dict[str, tuple[Callable[[Pdf], None], str, bool]] = {
    "state": (lambda pdf: box(pdf, {"FT": Name.Btn}, AS=Name.Yes), "ticked", False),
    "state off": (lambda pdf: box(pdf, {"FT": Name.Btn}, AS=Name.Off), "not", False),
    "other state": (lambda pdf: box(pdf, {"FT": Name.Btn}, AS=Name.Other), "nothing", False),
    "value": (lambda pdf: box(pdf, {"FT": Name.Btn}, V=Name.Yes), "ticked", True),
    "value above": (lambda pdf: box(pdf, {"FT": Name.Btn, "V": Name.Yes}), "ticked", True),
    "neither": (lambda pdf: box(pdf, {"FT": Name.Btn}), "not", True),
    "other value": (lambda pdf: box(pdf, {"FT": Name.Btn, "V": Name.Other}), "not", True),
}
COLOURS = {"ticked": (255, 0, 0), "not": (0, 0, 255), "nothing": (255, 255, 255)}


def test_boxes_are_ticked_by_state_or_value(maker: Maker, tmp_path: Path) -> None:
    looks = show(
        maker, tmp_path, {name: change for name, (change, _, _) in BOXES.items()}, content=b""
    )
    for name, (_, seen, told) in BOXES.items():
        assert looks[name].page.getpixel((200, 600)) == COLOURS[seen], name
        assert looks[name].says("trạng thái của ô chọn") is told, name


def field(pdf: Pdf, above: dict[str, Any], form: dict[str, Any], **keys: Any) -> None:
    box(pdf, above, **keys)
    mark = pdf.pages[0].obj.Annots[0]
    del mark["/AP"]
    for key, value in form.items():
        pdf.Root.AcroForm[key] = value


FIELDS: dict[str, tuple[Callable[[Pdf], None], str]] = {
    "value of its own": (lambda pdf: field(pdf, {"FT": Name.Tx}, {}, V="x"), "không có hình"),
    "value above": (lambda pdf: field(pdf, {"FT": Name.Tx, "V": "x"}, {}), "không có hình"),
    "type above": (lambda pdf: field(pdf, {"FT": Name.Tx}, {}), "biểu mẫu"),
    "button with a look": (
        lambda pdf: field(pdf, {"FT": Name.Btn}, {}, MK=Dictionary(CA="Gửi")),
        "không có hình",
    ),
    "drawn anew": (
        lambda pdf: field(pdf, {"FT": Name.Tx, "V": "x"}, {"/NeedAppearances": True}),
        "tự vẽ lại",
    ),
}


def test_what_viewers_draw_by_themselves_is_told(maker: Maker, tmp_path: Path) -> None:
    looks = show(maker, tmp_path, {name: change for name, (change, _) in FIELDS.items()})
    for name, (_, words) in FIELDS.items():
        assert looks[name].says(words), name
