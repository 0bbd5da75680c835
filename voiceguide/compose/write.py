"""A composed session -> the text of a script, with its reasons as comments."""

from __future__ import annotations

import json
import re
import shlex
import textwrap
from collections.abc import Iterable, Iterator

from voiceguide.compose.session import Composed, Reason, Slot, Texts, Why
from voiceguide.compose.wishes import Wishes
from voiceguide.library.selection import NOTHING
from voiceguide.model.routine import Range
from voiceguide.model.wording import clock

_WIDTH = 98
_PLAIN = re.compile(r"[^\W\d_][\w '()-]*")
"""A name that is the same without quotes."""

_WORDS: dict[Why, str] = {
    "raises": "raises the pulse",
    "loosens": "loosens: {}",
    "practises": "practice without weight, before: {}",
    "works": "for: {}",
    "hard": "hard, so not at the end",
    "easier": "easier than what came before: the hardest is not the last",
    "begins": "begins {}",
    "stays": "still {}",
    "moves": "now {}",
    "lower level": "level {}, the highest that this equipment allows",
    "longer rest": "a longer rest, for it is hard",
    "fewer sets": "fewer sets, to keep to the time",
    "stretches": "lets go: {}",
    "fills": "takes the time that is left",
    "once down": "First all that is done standing, then the floor: one goes down once.",
    "once up": "First the floor, then all that is done standing: one gets up once.",
    "one place": "All the work in one place: no time goes into getting up and down.",
    "areas in turn": "One area rests while another works: {}.",
    "one area": "One area, and no move of it twice.",
    "others": "Other moves than {}, as far as there are others.",
}
_POSITIONS = {
    "chair": "on a chair", "sitting": "sitting on the floor", "front": "lying on the front",
    "side": "lying on the side", "back": "lying on the back", "all fours": "on all fours",
}  # fmt: skip


def write(session: Composed, texts: Texts, language: str = "en", title: str | None = None) -> str:
    """The script, ready to check and render.

    Args:
        session: what is written.
        texts: the words of the session.
        language: theirs.
        title: the one wished for, in place of one made of areas and length.
    """
    return "".join(f"{line}\n" for line in _lines(session, texts, language, title))


def call(wishes: Wishes, language: str = "en", title: str | None = None) -> str:
    """The call of the program that composes this session again."""
    said = {
        "--minutes": str(wishes.minutes),
        "--area": ",".join(area.replace(" ", "-") for area in wishes.areas),
        "--equipment": ",".join(thing.replace(" ", "-") for thing in wishes.equipment),
        "--level": str(wishes.level),
        "--position": wishes.position,
        "--language": language,
        "--title": title or "",
        "--like": wishes.like,
        "--seed": str(wishes.seed),
    }
    usual = {"--equipment": NOTHING, "--level": "1", "--position": "any"}
    left_out = {"--language": "en"} if wishes.like else {"--language": "en", **usual}
    words = [
        w for key, word in said.items() if word and left_out.get(key) != word for w in (key, word)
    ]
    return shlex.join(("voiceguide", "compose", *words))


def _lines(session: Composed, texts: Texts, language: str, title: str | None) -> Iterator[str]:
    wishes = session.wishes
    yield from _comment(f"{texts.title}, composed by", "")
    yield f"#   {call(wishes, language, title)}"
    yield "#"
    times = (f"{texts.blocks[block.name]} {clock(block.length_ms)}" for block in session.blocks)
    yield from _comment(
        f"{clock(session.length_ms)} exactly: {clock(session.welcome_ms)} of welcome | "
        f"{' | '.join(times)} | {clock(session.finish_ms)} to end", "",
    )  # fmt: skip
    for reason in session.reasons:
        yield from _comment(_told(reason), "")
    yield ""
    yield "voiceguide: 1"
    yield f"title: {_quoted(texts.title)}"
    yield f"language: {language}"
    yield f"level: {wishes.level}"
    yield ""
    yield f"defaults: {{rest: {_s(session.rest_ms)}}}"
    yield ""
    yield "steps:"
    yield from _say(texts.welcome, session.welcome_ms)
    for block in session.blocks:
        yield ""
        yield f"  - block: {_quoted(texts.blocks[block.name])}"
        yield "    steps:"
        for slot in block.slots:
            yield from _slot(slot, session)
    yield ""
    yield from _say(texts.finish, session.finish_ms)


def _slot(slot: Slot, session: Composed) -> Iterator[str]:
    reasons = "; ".join(_told(reason) for reason in slot.reasons)
    yield from _comment(reasons[:1].upper() + reasons[1:], "      ")
    yield f"      - exercise: {_name(slot.choice.base.name)}"
    for key, value in _keys(slot, session):
        yield f"        {key}: {value}"


def _keys(slot: Slot, session: Composed) -> Iterator[tuple[str, str]]:
    """All that decides how long it lasts: nothing changes when the library does."""
    move = slot.choice.move
    if slot.choice.level < min(session.wishes.level, len(move.levels)):
        yield "level", str(slot.choice.level)
    yield "prepare", _s(slot.prepare_ms)
    if slot.sets > 1:
        yield "sets", str(slot.sets)
    if slot.sets > 1 and slot.rest_ms != session.rest_ms:
        yield "rest", _s(slot.rest_ms)
    if slot.timed or move.duration_ms is not None:
        yield "duration", _s(slot.work_ms)
    else:
        yield from _amount(slot)
    if move.sides != "none":
        yield "sides", move.sides
    if slot.n_sides > 1:
        yield "switch", _s(slot.switch_ms)


def _amount(slot: Slot) -> Iterator[tuple[str, str]]:
    move = slot.choice.move
    if move.reps is not None:
        reps = move.reps
        yield "reps", f"{reps.low}-{reps.high}" if isinstance(reps, Range) else str(reps)
    if move.hold_ms is not None:
        yield "hold", _s(move.hold_ms)
    elif move.tempo is not None:
        yield "tempo", move.tempo
    elif move.pace_ms is not None:
        yield "pace", _s(move.pace_ms)


def _say(text: str, within_ms: int) -> Iterator[str]:
    yield "  - say: >-"
    yield from textwrap.wrap(
        text, _WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    yield f"    within: {_s(within_ms)}"


def _told(reason: Reason) -> str:
    about = (_POSITIONS.get(word, word) for word in reason.about)
    return _WORDS[reason.why].format(", ".join(about))


def _comment(text: str, indent: str) -> Iterable[str]:
    begin = f"{indent}# "
    return textwrap.wrap(text, _WIDTH, initial_indent=begin, subsequent_indent=begin)


def _name(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else _quoted(name)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _s(ms: int) -> str:
    return f"{ms / 1000:g}s"
