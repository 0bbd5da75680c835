"""The coach: Session + lengths of clips -> Timeline.

`book` holds the words, `ahead` and `efforts` decide what is said, `frame` when things happen,
`gaps` what fits, and `schedule` puts them together; `fit` makes the whole as long as was asked.
"""

from voiceguide.coach.book import PhraseBook, languages, load, text
from voiceguide.coach.fit import Reach, fit
from voiceguide.coach.own_words import OwnWords, own_words
from voiceguide.coach.schedule import Planned, plan

__all__ = [
    "OwnWords",
    "PhraseBook",
    "Planned",
    "Reach",
    "fit",
    "languages",
    "load",
    "own_words",
    "plan",
    "text",
]
