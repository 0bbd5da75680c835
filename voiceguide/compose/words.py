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
    words = _words(language.partition("-")[0].lower())
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


@cache
def _words(language: str) -> dict[str, Any]:
    path = _FOLDER / f"{language}.yaml"
    if not path.is_file():
        raise KeyError(language)
    words: dict[str, Any] = yaml.load(path.read_bytes(), Loader=LOADER)  # noqa: S506 - a safe loader either way
    return words
