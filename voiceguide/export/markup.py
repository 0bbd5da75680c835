"""Elements of HTML and SVG; their text and attributes are escaped when they are written."""

from __future__ import annotations

from typing import Literal
from xml.etree import ElementTree as ET

Element = ET.Element


def tag(name: str, *content: Element | str, **attributes: str) -> Element:
    """An element with what is in it, in order.

    Args:
        name: of the element.
        content: elements and texts.
        attributes: `class_` is `class`, `font_size` is `font-size`; empty ones are left out.
    """
    named = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items() if value}
    made = ET.Element(name, named)
    for part in content:
        if isinstance(part, ET.Element):
            made.append(part)
        elif len(made):
            made[-1].tail = part
        else:
            made.text = part
    return made


def written(element: Element, method: Literal["html", "xml"]) -> str:
    """The element as text."""
    return ET.tostring(element, encoding="unicode", method=method)
