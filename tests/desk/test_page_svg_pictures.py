"""Pages as SVG show the pictures of a document where the PDF has them."""

from __future__ import annotations

from xml.etree import ElementTree

from documents import frame, times, with_pictures
from vanban.layout.lay_out import lay_out
from vanban.layout.measures import Layout
from vanban.layout.preparation import prepared
from vanban.render.page_svg import page_svg

IMAGE = "{http://www.w3.org/2000/svg}image"


def test_pictures_stand_where_the_pages_have_them() -> None:
    document = prepared(with_pictures(), frame(), times())
    pages = lay_out(document, Layout(document, frame(), times())).pages
    shown = [each for page in pages for each in page.pictures]
    drawn = [
        each
        for page in pages
        for each in ElementTree.fromstring(page_svg(page, lambda source: 0)).iter(IMAGE)
    ]
    assert len(drawn) == 3
    for image, placed in zip(drawn, shown, strict=True):
        assert float(image.attrib["y"]) == round(placed.top, 2)
        assert image.attrib["href"] == placed.picture.url
        assert image.attrib["aria-label"] == "Nửa trái màu xanh"
