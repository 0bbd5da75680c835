"""Pages of HTML that need nothing but themselves: `head.html`, then the template of each."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template
from typing import Literal

from voiceguide.export.markup import Element, written
from voiceguide.export.shapes import DARK, LIGHT, Paint

_FOLDER = Path(__file__).parent


def fill(name: Literal["index", "page"], *, title: str, language: str, **parts: str) -> str:
    """A whole page.

    Args:
        name: of its template, which goes on where `head.html` ends: among the styles.
        title: plain text.
        language: of title and words.
        parts: markup for the other places of the template.
    """
    templates = (_FOLDER / "head.html", _FOLDER / f"{name}.html")
    return Template("".join(file.read_text(encoding="utf-8") for file in templates)).substitute(
        parts,
        title=escape(title),
        language=escape(language),
        light=_properties(LIGHT),
        dark=_properties(DARK),
    )


def markup(*elements: Element) -> str:
    """Elements one after the other, as text."""
    return "".join(written(element, "html") for element in elements)


def _properties(colours: Mapping[Paint, str]) -> str:
    return "".join(f"--{paint}:{colour};" for paint, colour in colours.items())
