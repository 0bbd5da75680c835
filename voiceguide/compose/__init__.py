"""Wishes -> a session -> the text of a script. Pure: the same wishes and seed give the same text.

`choice` says which moves may be in it, `draw` takes some of them, `order` puts them in a row,
`around` warms up and cools down, `times` gives them their times, `search` keeps what fits and is
best, `explain` tells why, and `write` makes a script of it. What is impossible is met with what is
near (`nearby`).
"""

from voiceguide.compose.like import like
from voiceguide.compose.nearby import Change, Nearby, nearby
from voiceguide.compose.search import compose
from voiceguide.compose.session import Composed, Texts
from voiceguide.compose.wishes import Impossible, PositionWish, Wishes
from voiceguide.compose.words import speaks, texts
from voiceguide.compose.write import write

__all__ = [
    "Change",
    "Composed",
    "Impossible",
    "Nearby",
    "PositionWish",
    "Texts",
    "Wishes",
    "compose",
    "like",
    "nearby",
    "speaks",
    "texts",
    "write",
]
