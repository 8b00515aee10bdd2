"""``python -m tests.guesses FOLDER…`` measures the guess of "Compare your own article" on the articles in some folders.

Each article is searched twice: as the page would today, and as if its briefing had never had it (without its
quotations, its figures, and claims that only it has). A claim counts as true if the article has a statement on it; an
article may mention others, too, which nobody wrote down, so the share of right guesses is at least what is printed.
Texts of another briefing show how much is guessed of a text that says nothing of the story.
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from synoptic.compare.guess import guess, list_sought
from synoptic.load.load import load
from synoptic.model.site import Briefing
from tests.projects import CHECKOUT


class Tally(NamedTuple):
    """Claims that are sought; of those with a statement in the article, how many there are, are likely, or have a word;
    how many without one are likely."""

    claims: int = 0
    true: int = 0
    found: int = 0
    named: int = 0
    false: int = 0

    def add(self, other: "Tally") -> "Tally":
        """The sum of both."""
        return Tally(*map(sum, zip(self, other, strict=True)))

    def __str__(self) -> str:
        guessed = self.found + self.false
        right = f"{self.found}/{guessed} guesses right" if guessed else "nothing guessed"
        return f"{self.found}/{self.true} found ({self.named} named), {right}, {self.claims} sought"


def measure(briefing: Briefing, source: str, *, known: bool) -> Tally:
    """The guess of one of a briefing's articles; ``known``: with what the briefing has of it."""
    tally = Tally()
    sought = list_sought(briefing, without=() if known else (source,))
    for one, made in zip(sought, guess(briefing.texts[source], sought), strict=True):
        true = any(statement.source == source for statement in one.claim.statements)
        named = bool(made.words or made.names or made.figures)
        tally = tally.add(Tally(1, true, true and made.likely, true and named, made.likely and not true))
    return tally


def measure_foreign(briefing: Briefing, others: Iterable[Briefing]) -> Tally:
    """The guess of all articles of other briefings."""
    tally, sought = Tally(), list_sought(briefing)
    for other in others:
        for text in other.texts.values():
            made = guess(text, sought)
            tally = tally.add(Tally(claims=len(made), false=sum(one.likely for one in made)))
    return tally


def main(folders: list[str]) -> None:
    """Print a line an article, then sums."""
    site, _ = load(CHECKOUT, [Path(folder) for folder in folders])
    assert site is not None
    briefings = [briefing for briefing in site.briefings if briefing.texts]
    for briefing in briefings:
        sums = {True: Tally(), False: Tally()}
        for source in briefing.texts:
            tallies = {known: measure(briefing, source, known=known) for known in sums}
            sums = {known: sums[known].add(tallies[known]) for known in sums}
            print(f"  {source}: {tallies[True]}; never seen: {tallies[False]}")
        foreign = measure_foreign(briefing, [other for other in briefings if other is not briefing])
        print(f"{briefing.slug}: {sums[True]}; never seen: {sums[False]}; articles of others: {foreign}")


if __name__ == "__main__":
    main(sys.argv[1:])
