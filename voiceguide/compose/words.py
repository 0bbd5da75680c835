"""What a composed script says in words of its own, one file a language in `words/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from voiceguide.compose.session import Texts
from voiceguide.compose.wishes import Wishes
from voiceguide.library.entries import LOADER
from voiceguide.model import template

_FOLDER = Path(__file__).parent / "words"


def texts(wishes: Wishes, language: str, note: str, title: str | None = None) -> Texts:
    """The words of a session.

    Args:
        wishes: what it is for, and how long.
        language: BCP 47.
        note: the note on safety, from the phrase book of the language.
        title: in place of one that tells areas and length.

    Raises:
        KeyError: there are no words in this language.
    """
    words = _words(language)
    names = [words["areas"][area] for area in wishes.areas] or [words["whole_body"]]
    *first, last = names
    areas = words["comma"].join(first) + words["and"] + last if first else last
    made = template.fill(words["title"], {"areas": areas, "minutes": str(wishes.minutes)})
    return Texts(
        title=title or made[:1].upper() + made[1:],
        welcome=words["welcome"].replace("{note}", note),
        finish=words["finish"],
        blocks=words["blocks"],
    )


def speaks(language: str) -> bool:
    """Whether there are words in a language."""
    return _path(language).is_file()


def _path(language: str) -> Path:
    return _FOLDER / f"{language.partition('-')[0].lower()}.yaml"


@cache
def _words(language: str) -> dict[str, Any]:
    if not speaks(language):
        raise KeyError(language)
    words: dict[str, Any] = yaml.load(_path(language).read_bytes(), Loader=LOADER)  # noqa: S506 - a safe loader either way
    return words
