"""Trying the quotations of a source on somebody's own copy of the article. Pure."""

from build_tools.base.problems import Problem, sort_problems
from build_tools.compare.lock import find_quotation
from build_tools.compare.quotations import list_quotations
from build_tools.model.briefing import Briefing
from build_tools.model.records import Source
from build_tools.model.site import Site
from build_tools.text.folding import fold
from build_tools.text.match import Text


def check_copy(briefing: Briefing, source: Source, copy: Text, site: Site) -> list[Problem]:
    """The quotations of ``source`` that are not in ``copy``, which need not be the same bytes as the locked text."""
    problems = []
    joined = Text((" ".join(copy.blocks),))  # a copy may break its lines anywhere
    for statement in list_quotations(briefing, source.id):
        anywhere = statement.model_copy(update={"paragraph": None})
        if not any(find_quotation(anywhere, source, text, site.vocabulary) for text in (copy, joined)):
            message = (
                f'the quotation of "{statement.id}" is not in this copy; {copy.describe_difference(statement.quote)}'
            )
            problems.append(Problem(statement.place.at("quote"), message, "compare the passages by eye", "against"))
    return sort_problems(problems)


def measure_likeness(copy: Text, briefing: Briefing, source: Source) -> float:
    """The share of a source's quotations that are in ``copy``, from 0 to 1: tells which source it is a copy of."""
    quotes = [fold(statement.quote) for statement in list_quotations(briefing, source.id)]
    return sum(quote in copy.folded for quote in quotes) / len(quotes) if quotes else 0.0
