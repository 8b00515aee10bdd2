"""The legend: the symbols of stances and silences, with their words. Pure."""

from build_tools.pages.claim import silence_mark
from build_tools.pages.context import Context
from build_tools.pages.views import Mark
from build_tools.text.encode import slug


def legend(context: Context) -> tuple[Mark, ...]:
    """Every symbol that the matrix and the comparison at a glance may show."""
    return (
        *(Mark(term.symbol, slug(term.id), term.label) for term in context.vocabulary.stances),
        *(silence_mark(context, term.id) for term in context.vocabulary.silences),
    )
