"""A picture as SVG, for a file of its own or inside a page."""

from __future__ import annotations

from collections.abc import Mapping

from voiceguide.export.markup import Element, tag, written
from voiceguide.export.picture import SHEET, draw
from voiceguide.export.shapes import DARK, LIGHT, Box, Paint, Picture, Text
from voiceguide.model.timeline import Timeline

_FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',sans-serif"
_SHAPES = (
    ".picture{background:currentColor}.picture rect,.picture text{fill:currentColor}"
    f".picture text{{font-family:{_FONT}}}"
)


def write_svg(timeline: Timeline) -> str:
    """The picture of a session as a whole file, light or dark as the reader likes it."""
    return written(element(draw(timeline, SHEET), tag("style", styles())), "xml") + "\n"


def element(picture: Picture, *before: Element) -> Element:
    """The `svg` element of a picture, `before` ahead of its shapes; its colours are in `styles`."""
    whole = Box(0, 0, picture.width, picture.height, "paper")
    root = tag(
        "svg",
        tag("title", picture.title, id="picture-title"),
        tag("desc", picture.description, id="picture-about"),
        *before,
        *map(_drawn, (whole, *picture.shapes)),
        xmlns="http://www.w3.org/2000/svg",
        class_="picture paper",
        viewBox=f"0 0 {_short(picture.width)} {_short(picture.height)}",
        role="img",
        aria_labelledby="picture-title picture-about",
    )
    root.set("xml:lang", picture.language)
    return root


def styles() -> str:
    """CSS: a class for each paint is the colour of text, and of shapes in a picture."""
    dark = f"@media screen and (prefers-color-scheme:dark){{{_classes(DARK)}}}"
    return f"{_SHAPES}{_classes(LIGHT)}{dark}"


def _classes(colours: Mapping[Paint, str]) -> str:
    return "".join(f".{paint}{{color:{colour}}}" for paint, colour in colours.items())


def _drawn(shape: Box | Text) -> Element:
    x, y = _short(shape.x), _short(shape.y)
    if isinstance(shape, Text):
        anchor = "" if shape.anchor == "start" else shape.anchor
        size = _short(shape.size)
        return tag(
            "text", shape.text, class_=shape.paint, x=x, y=y, font_size=size, text_anchor=anchor
        )
    width, height = _short(shape.width), _short(shape.height)
    tip = [tag("title", shape.tip)] if shape.tip else []
    return tag("rect", *tip, class_=shape.paint, x=x, y=y, width=width, height=height)


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
