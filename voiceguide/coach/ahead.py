"""What the coach says ahead of each part, before anybody knows how long it takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from voiceguide.coach.again import Again
from voiceguide.coach.gaps import Rank
from voiceguide.coach.words import Line, Words
from voiceguide.model import template
from voiceguide.model.session import BlockStart, Part

MIN_TOLD_REST_MS = 15_000
"""A shorter rest is told by its tone alone."""
MIN_MIRRORED_SWITCH_MS = 8_000
"""A change of sides this long has room for the set-up of the other side."""


Ranked = tuple[Line, Rank]


@dataclass(slots=True)
class _Told:
    """What has been said so far in the session."""

    equipment: bool
    again: Again
    moves: dict[tuple[str, int | None], str] = field(default_factory=dict)
    """(exercise, level) -> path of the step in which its set-up was told last."""
    untaught: set[tuple[str, int | None]] = field(default_factory=set)
    """(exercise, level) whose set-up found no room where it first was due."""
    safety: set[str] = field(default_factory=set)

    def new_safety(self, part: Part) -> tuple[str, ...]:
        """The safety lines of a part that have not been said, which now they are."""
        new = tuple(line for line in part.safety if line not in self.safety)
        self.safety.update(new)
        return new


@dataclass(slots=True)
class Ahead:
    """The lines for each part of a session, in speaking order."""

    words: Words
    unheard: frozenset[int] = frozenset()
    """Parts whose amount found no room in an earlier draft: it stays news."""
    untaught: frozenset[int] = frozenset()
    """The same for set-ups: each is told, in short, in the next rest that is long enough."""
    chains: dict[int, tuple[Ranked, ...]] = field(default_factory=dict)
    """Part index of what is announced -> what is said before it."""
    inside: dict[int, tuple[Ranked, ...]] = field(default_factory=dict)
    """Part index of a gap -> what is said at its beginning."""
    safety: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Part index -> the safety lines in what is said before it, which are one line there."""
    news: set[int] = field(default_factory=set)
    """Parts whose amount the listener does not know."""
    untold: list[Line] = field(default_factory=list)
    """Blocks that hold neither work nor a gap: nobody can be told of them."""

    def __post_init__(self) -> None:
        told = _Told(equipment=self._equipment_is_told(), again=Again())
        blocks: list[Line] = []
        new_round = False
        for index, part in enumerate(self.words.parts):
            new_round = new_round or part.round_begins
            if part.is_safety_talk:
                told.safety.update(part.safety)
            if lines := tuple(self._of_rest(index, part, told.again)):
                self.inside[index] = (*self.inside.get(index, ()), *lines)
            blocks += self._before_work(index, [b for b in part.block_begins if b.announced])
            if part.named:
                around = self._around(index, part, blocks, new_round=new_round)
                self.chains[index] = (*around, *self._about(index, part, told))
                blocks, new_round = [], False

    def _before_work(self, index: int, blocks: Sequence[BlockStart]) -> Iterator[Line]:
        """Blocks to be told before their first work; those without any are told in a gap."""
        by_gap: dict[int | None, list[str]] = {}
        working: list[str] = []
        parts = self.words.parts
        for block in blocks:
            following = (parts[place] for place in range(index, len(parts)))
            inside = list(takewhile(block.holds, following))
            if any(part.named for part in inside):
                working.append(block.name)
            else:
                by_gap.setdefault(_first_gap(inside, index), []).append(block.name)
        if working:
            yield self.words.block(index, working)
        for gap, names in by_gap.items():
            line = self.words.block(index if gap is None else gap, names)
            if gap is None:
                self.untold.append(line)
            else:
                lines = (*self.inside.get(gap, ()), (line, Rank.BLOCK))
                self.inside[gap] = tuple(sorted(lines, key=lambda ranked: ranked[1]))

    def _around(
        self, index: int, part: Part, blocks: Sequence[Line], *, new_round: bool
    ) -> Iterator[Ranked]:
        """Where in the session the listener is."""
        if part.coaching.talk == "beeps":
            self.untold += blocks
        else:
            for block in blocks:
                yield Line(block.role, block.forms, index), Rank.BLOCK
        if new_round and self._is_told(index) and (line := self.words.round(index)) is not None:
            yield line, Rank.ROUND

    def _about(self, index: int, part: Part, told: _Told) -> Iterator[Ranked]:
        """What comes next: its name, how it is done, what to heed, what it needs, how much.

        The length of an `amrap` comes before what a round of it is.
        """
        if part.coaching.talk != "beeps":
            yield self.words.name(index), Rank.NAME
            yield from self._amount(index, told.again) if part.told else ()
            yield from self._setup(index, part, told)
        if new := told.new_safety(part):
            self.safety[index] = new
            yield self.words.text("safety", index, self.words.book.row(*new)), Rank.SAFETY
        if self._is_told(index) and part.kind == "work" and not told.equipment:
            told.equipment = True
            if (line := self.words.equipment(index)) is not None:
                yield line, Rank.EQUIPMENT
        yield from () if part.told else self._amount(index, told.again)

    def _amount(self, index: int, again: Again) -> Iterator[Ranked]:
        told = self._is_told(index)
        heard = told and index not in self.unheard
        known = again.knows_amount(self.words.parts[index], heard=heard)
        if not known:
            self.news.add(index)
        if told and (line := self.words.amount(index, known=known)) is not None:
            yield line, Rank.AMOUNT

    def _is_told(self, index: int) -> bool:
        """Whether the coach says more than names here."""
        return self.words.parts[index].coaching.talk in {"full", "short"}

    def _equipment_is_told(self) -> bool:
        """Whether the script itself tells the equipment before the first work."""
        before = takewhile(lambda part: part.kind != "work", self.words.parts)
        return any(part.say is not None and "{equipment}" in part.say.text for part in before)

    def _of_rest(self, index: int, part: Part, again: Again) -> Iterator[Ranked]:
        """That there is a rest, where that is news, it is long enough and has no own words."""
        plain = part.kind == "rest" and not part.named and part.say is None
        long_enough = self._is_told(index) and (part.length_ms or 0) >= MIN_TOLD_REST_MS
        if plain and long_enough and not again.knows_rest(part):
            yield self.words.rest(index), Rank.REST

    def _setup(self, index: int, part: Part, told: _Told) -> list[Ranked]:
        """The script's own words for the set-up, else the library's: in full once, then short.

        A round of an `amrap` is told like the script's own words.
        """
        if part.told:
            return [(self.words.told(index), Rank.OWN)]
        if part.say is not None and part.kind == "work":
            told_here = not part.second_side or self._mirrors(index, part, part.say.text)
            return [(self.words.own(index, part.say), Rank.OWN)] if told_here else []
        if part.exercise is None or not self._is_told(index):
            return []
        move = (part.exercise, part.level)
        mirrored = part.second_side and self._mirrors(index, part, part.setup_short or "")
        known_from = told.moves.get(move)
        is_new = part.first_set and known_from != part.path
        is_late = move in told.untaught and self._teaches_late(index, part)
        if not (is_new or is_late or mirrored):
            return []
        told.moves[move] = part.path
        if is_new and index in self.untaught:
            told.untaught.add(move)
        elif is_new or is_late:
            told.untaught.discard(move)
        line = self.words.setup(index, again=mirrored or known_from is not None)
        return [(line, Rank.SETUP)] if line else []

    def _teaches_late(self, index: int, part: Part) -> bool:
        """Whether a set-up that found no room before has its place before this set."""
        before = self.words.parts[index - 1]
        rests = before.kind in {"rest", "prepare"} and not part.second_side
        return (
            rests and part.coaching.talk == "full" and (before.length_ms or 0) >= MIN_TOLD_REST_MS
        )

    def _mirrors(self, index: int, part: Part, words: str) -> bool:
        before = self.words.parts[index - 1]
        roomy = before.kind == "switch" and (before.length_ms or 0) >= MIN_MIRRORED_SWITCH_MS
        return roomy and part.set == 1 and template.tells_side(words)


def _first_gap(parts: Sequence[Part], index: int) -> int | None:
    """The first of these parts, counted from `index`, that has room to tell their block."""
    gaps = (
        place
        for place, part in enumerate(parts, index)
        if part.coaching.talk != "beeps" and (part.kind != "talk" or part.within)
    )
    return next(gaps, None)
