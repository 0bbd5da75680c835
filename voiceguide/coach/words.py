"""What there is to say about a part, in the words of the phrase book.

A `Line` is one thing to say in up to three forms; whether and when it is said is decided in
`coach.gaps` and `coach.efforts`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial

from voiceguide.coach.again import is_counted
from voiceguide.coach.book import FORMS, PhraseBook, capital
from voiceguide.model import template
from voiceguide.model.phrase import Phrase
from voiceguide.model.roles import SpeechRole
from voiceguide.model.routine import Talk
from voiceguide.model.session import Part, Session, round_of
from voiceguide.model.timeline import Form, Side

_WORDS_A_MINUTE = 150
_SENTENCE_PAUSE_MS = 900
"""With the pace above, a rough length of a `say`, for `{length}` only."""

Forms = tuple[tuple[Form, str], ...]
"""The words of a line, longest form first."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to say."""

    role: SpeechRole
    forms: tuple[tuple[Form, Phrase], ...]
    """Longest first; never empty."""
    about: int
    """Index of the part it speaks of."""

    @property
    def own(self) -> bool:
        """The script's own words, which are never shortened."""
        return self.role == "script"

    @property
    def phrase(self) -> Phrase:
        """The longest form."""
        return self.forms[0][1]

    @property
    def text(self) -> str:
        """The words of the longest form."""
        return self.phrase.text


class Words:
    """Lines for the parts of one session."""

    def __init__(self, session: Session, book: PhraseBook) -> None:
        self.parts = session.parts
        self.book = book
        self._session = session
        self._duration = cache(book.duration)
        self._of_side = cache(partial(_of_side, book))
        self._last: tuple[int, Mapping[str, str]] = (-1, {})
        """The part that was spoken of last, and its values: many lines in a row are of one part."""

    @property
    def title(self) -> str:
        """The name of the session, which may tell its length and what it needs."""
        return self._of_session["title"]

    def fill(self, text: str, index: int) -> str:
        """A text of the script or the library with its placeholders filled in."""
        return template.fill(text, self._values(index)) if "{" in text else text

    def own(self, index: int, phrase: Phrase) -> Line:
        """The script's own words."""
        filled = replace(phrase, text=self.fill(phrase.text, index), role="script")
        return Line("script", (("full", filled),), index)

    def name(self, index: int) -> Line:
        """Name and side of what comes next."""
        part = self.parts[index]
        if part.second_side:
            return self._line("side", "side_up" if part.side_up else "side", index)
        return self._line("name", self._name_line(part), index)

    def amount(self, index: int, *, known: bool) -> Line | None:
        """How much, at which target, and which set; where the first is known, only which set."""
        part = self.parts[index]
        if part.second_side:
            return None
        forms: dict[Form, str] = {} if known else self._how_much(index)
        if part.set and part.sets and part.sets > 1 and is_counted(part.set, part.sets):
            line = "last_set" if part.set == part.sets else "set"
            told = self._forms(line, index)[0][1]
            alone = forms.get("full")
            forms = (
                {"short": alone, **forms, "full": self.book.row(alone, told)}
                if alone
                else {"full": told}
            )
        if not forms:
            return None
        longest_first = tuple((form, forms[form]) for form in FORMS if form in forms)
        return _line("amount", _from_level(longest_first, part.coaching.talk), index)

    def _how_much(self, index: int) -> dict[Form, str]:
        part = self.parts[index]
        forms = dict(self._forms(self._amount_line(part), index))
        told = [self._forms("told", index, text=self.fill(text, index))[0][1]
                for text in (part.distance, part.target) if text is not None]  # fmt: skip
        if told:
            own = part.own_pace and part.reps is None
            short = told if own else [list(forms.values())[-1], *told]
            forms = {
                "full": self.book.row(forms["full"], *told),
                "short": self.book.row(*short),
                "name": told[0],
            }
        return forms

    def told(self, index: int) -> Line:
        """What a round of an `amrap` is, each of its steps in full."""
        steps = self.parts[index].told
        text = self.book.row(*(text for step in steps for text in self._told(step, index)))
        return _line("script", (("full", text),), index)

    def _told(self, step: Part, index: int) -> Iterator[str]:
        """A step of a round: its name, how much of it, and how many sets."""
        values = self._values(index, step)

        def full(line: str, **more: str) -> str:
            return self.book.forms(line, {**values, **more})[0][1]

        if step.kind == "rest" and not step.named:
            yield full("rest")
            return
        if step.named:
            yield full(self._name_line(step))
        if step.length_ms:
            yield full(self._amount_line(step))
        for text in (step.distance, step.target):
            if text is not None:
                yield full("told", text=template.fill(text, values))
        if step.sets is not None and step.sets > 1:
            yield full("reps", amount=self.book.count(step.sets, "set"))

    def setup(self, index: int, *, again: bool) -> Line | None:
        """How to get into it, from the library; in short where it has been told before."""
        part = self.parts[index]
        if part.setup is None or part.setup_short is None:
            return None
        forms: dict[Form, str] = {"full": part.setup, "short": part.setup_short}
        if again or part.coaching.talk == "short":
            forms.pop("full")
        return _line("setup", tuple((f, self.fill(t, index)) for f, t in forms.items()), index)

    def block(self, index: int, names: Sequence[str]) -> Line:
        """The names of blocks that begin together."""
        told = (self._forms("block", index, block=self.fill(each, index))[0][1] for each in names)
        return self.text("block", index, self.book.row(*told))

    def round(self, index: int) -> Line | None:
        """Which round of how many, where it is one of those that are counted."""
        turn, turns = round_of(self.parts[index].loops)
        if turns == 1 or not is_counted(turn, turns):
            return None
        return self._line("round", "last_round" if turn == turns else "round", index)

    def equipment(self, index: int) -> Line | None:
        """What the session needs, if anything."""
        if not self._session.equipment:
            return None
        return self._line("equipment", "equipment", index)

    def rest(self, index: int) -> Line:
        """That there is a rest, and how long."""
        return self._line("rest", "rest", index)

    def halfway(self, index: int) -> Line:
        """Half of the work is done."""
        return self._line("halfway", "halfway", index)

    def remaining(self, index: int, ms: int) -> Line:
        """So much time is left."""
        return self._line("remaining", "remaining", index, duration=self.book.duration(ms))

    def countdown(self, index: int, left: int) -> Line:
        """So many seconds are left, as a number."""
        return self.text("countdown", index, str(left))

    def rep(self, index: int, number: int) -> Line:
        """The number of a rep, counted up or down."""
        return self.text("rep", index, str(number))

    def text(self, role: SpeechRole, index: int, text: str) -> Line:
        """A line of one form: a number, a tip, praise, a safety line."""
        return _line(role, (("full", self.fill(text, index)),), index)

    def _line(self, role: SpeechRole, line: str, index: int, **more: str) -> Line:
        forms = self._forms(line, index, **more)
        return _line(role, _from_level(forms, self.parts[index].coaching.talk), index)

    def _forms(self, line: str, index: int, **more: str) -> Forms:
        return self.book.forms(line, {**self._values(index), **more})

    def _name_line(self, part: Part) -> str:
        if part.side is None:
            return "name"
        if part.side == "alternate":
            return "name_alternate"
        return "name_side_up" if part.side_up else "name_side"

    def _amount_line(self, part: Part) -> str:
        if part.hold_ms is not None:
            name = "holds" if part.reps and part.reps > 1 else "hold"
            return f"{name}_each" if part.both_sides else name
        if part.own_pace:
            return "reps_own" if part.reps is not None else "own"
        if part.reps is not None:
            return "reps_each" if part.both_sides else "reps"
        return "time_each" if part.both_sides else "time"

    @cached_property
    def _next(self) -> tuple[str, ...]:
        """The label of the next named part, for each part."""
        following: list[str] = []
        label = self.book.words["end"]
        for part in reversed(self.parts):
            following.append(label)
            if part.named and part.label:
                label = part.label
                if "{" in label:
                    label = template.fill(label, self._of_part(part))
        return tuple(reversed(following))

    @cached_property
    def _of_session(self) -> Mapping[str, str]:
        minutes = max(1, round(_rough_ms(self.parts) / 60_000))
        values = {
            "length": self.book.count(minutes, "minute"),
            "equipment": self.book.listing(self._session.equipment),
        }
        return {**values, "title": template.fill(self._session.title, values)}

    def _values(self, index: int, step: Part | None = None) -> Mapping[str, str]:
        """What the placeholders stand for at a part, or at a step that is told of it."""
        if step is None and self._last[0] == index:
            return self._last[1]
        part = step or self.parts[index]
        values = {**self._of_part(part), "next": self._next[index]}
        label = template.fill(part.label or self._next[index], values)
        values |= {"exercise": label, "label": capital(label)}
        if step is None:
            self._last = (index, values)
        return values

    def _of_part(self, part: Part) -> Mapping[str, str]:
        """The values of a part but for the names: its own and that of the next."""
        book = self.book
        turn, turns = round_of(part.loops)
        reps = "" if part.reps is None else str(part.reps)
        if part.reps_high is not None:
            span = {"low": reps, "high": str(part.reps_high)}
            reps = template.fill(book.lines["range"]["full"], span)
        unit = "hold" if part.hold_ms is not None else part.unit or "reps"
        count: int | str = reps if part.reps_high is not None else part.reps or 0
        return {
            **self._of_session,
            **self._of_side(part.side),
            "round": str(turn),
            "rounds": str(turns),
            "set": str(part.set or 1),
            "sets": str(part.sets or 1),
            "reps": reps,
            "amount": book.count(count, unit),
            "duration": self._duration(part.hold_ms or part.length_ms or 0),
            "amrap": book.words["amrap"],
        }


def _of_side(book: PhraseBook, side: Side | None) -> Mapping[str, str]:
    """The values of a part that this side does."""
    works = "working" if side in {None, "alternate"} else str(side)
    rests = {"left": "right", "right": "left"}.get(side or "", "resting")
    return {**book.side_words("side", works), **book.side_words("other_side", rests)}


def _line(role: SpeechRole, forms: Forms, index: int) -> Line:
    return Line(role, tuple((form, Phrase(text, role=role)) for form, text in forms), index)


def _from_level(forms: Forms, talk: Talk) -> Forms:
    """At `short` the full form is not used where there is a shorter one."""
    return forms[1:] if talk == "short" and len(forms) > 1 else forms


def _rough_ms(parts: tuple[Part, ...]) -> int:
    total = 0
    for part in parts:
        if part.length_ms is not None:
            total += part.length_ms
        elif part.say is not None:
            total += len(part.say.text.split()) * 60_000 // _WORDS_A_MINUTE + _SENTENCE_PAUSE_MS
    return total
