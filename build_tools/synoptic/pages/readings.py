"""What was read a second time, how far the readers agree and where they differ, in words for every page. Pure."""

from typing import NamedTuple

from synoptic.compare.agreement import Agreement
from synoptic.compare.readings import ASKED, Measured, Twice, measure_readings
from synoptic.model.reading import ARTICLE, Coding
from synoptic.pages.context import Context, once
from synoptic.pages.statement import StatementView, statement_view
from synoptic.text.language import (
    format_date,
    format_decimals,
    format_number,
    gettext,
    gettext_noop,
    join_words,
    name_value,
    ngettext,
)

#: With fewer units than this, a page says that there are few.
FEW = 30
_TITLES = dict(
    zip(ASKED, (gettext_noop("Holders"), gettext_noop("Stances"), gettext_noop("Kinds of claim")), strict=True)
)
_ONE = dict(zip(ASKED, (gettext_noop("Holder"), gettext_noop("Stance"), gettext_noop("Kind of claim")), strict=True))


class Conflict(NamedTuple):
    """A statement that readers read in different ways, and how."""

    statement: StatementView
    lines: tuple[str, ...]


class ReadingView(NamedTuple):
    """The second readings of a briefing: in a few words, and in full sentences. ``figures`` are pairs of what was read
    and how far readers agree, ``lines`` the same in a line each."""

    label: str
    sentences: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    notes: tuple[str, ...]


@once
def describe_readings(context: Context) -> ReadingView:
    """What a briefing's second readings come to."""
    found = measure_readings(context.briefing)
    if found is None or not found.statements:
        sentences = (
            [gettext("No statement has been read a second time.")] if found is None else list(_describe_void(found))
        )
        return ReadingView(gettext("Not read a second time"), tuple(sentences), (), (), ())
    times = 1 + len({reading.name for reading in found.readings})
    holders = found.figures["holder"]
    words = {"alpha": _format(holders.alpha) if holders.alpha is not None else gettext("not defined")}
    figures = tuple((gettext(_TITLES[name]), describe_agreement(figure)) for name, figure in found.figures.items())
    return ReadingView(
        # For translators: "Read 2 times; agreement on holders: 0.93"
        label=ngettext(
            "Read %(num)s time; agreement on holders: %(alpha)s",
            "Read %(num)s times; agreement on holders: %(alpha)s",
            times,
            **words,
        ),
        sentences=tuple(_describe_readers(found)),
        figures=figures,
        lines=tuple(name_value(*pair) for pair in figures),
        notes=tuple(
            [reading.note for reading in found.readings if reading.note]
            + [
                gettext(
                    "“%(typed)s” was taken for %(name)s after the reading.", typed=typed, name=_name(context, speaker)
                )
                for reading in found.readings
                for typed, speaker in reading.names.items()
            ]
        ),
    )


def _describe_readers(found: Measured) -> list[str]:
    """Who read how much, and what does not count."""
    own, others = ([one for one in found.readings if one.outside is outside] for outside in (False, True))
    said = []
    for readings, message in (
        (own, gettext_noop("The project itself read a second time: %(readers)s.")),
        (others, gettext_noop("Somebody outside the project read a second time: %(readers)s.")),
    ):
        named = [gettext("%(name)s on %(date)s", name=one.name, date=format_date(one.day)) for one in readings]
        said += [gettext(message, readers=join_words(named))] if named else []
    said.append(ngettext("%(num)s statement counts.", "%(num)s statements count.", found.statements))
    if found.statements < FEW:
        said.append(gettext("That is few, so the figures are rough."))
    return [*said, *_describe_void(found)]


def _describe_void(found: Measured) -> list[str]:
    """How many statements no longer count."""
    if not found.void:
        return [] if found.statements else [gettext("No second reading counts.")]
    return [
        ngettext(
            "%(num)s statement was read a second time, but changed since and no longer counts.",
            "%(num)s statements were read a second time, but changed since and no longer count.",
            found.void,
        )
    ]


def describe_agreement(found: Agreement) -> str:
    """``0.93 (0.85 to 1.00); 38 of 40 alike``."""
    if not found.units:
        return gettext("nothing was answered")
    alike = gettext(
        "%(alike)s of %(number)s alike", alike=format_number(found.alike), number=format_number(found.units)
    )
    if found.alpha is None:
        return gettext("%(alike)s; alpha is not defined, since all answers are the same", alike=alike)
    if found.low is None or found.high is None:
        return gettext("alpha %(alpha)s; %(alike)s", alpha=_format(found.alpha), alike=alike)
    return gettext(
        "alpha %(alpha)s (interval %(low)s to %(high)s); %(alike)s",
        alpha=_format(found.alpha), low=_format(found.low), high=_format(found.high), alike=alike,
    )  # fmt: skip


def _format(number: float) -> str:
    return format_decimals(number + 0.0, 2)


def list_conflicts(context: Context) -> list[Conflict]:
    """The statements that readers read in different ways, in the order of the readings."""
    found = measure_readings(context.briefing)
    pairs = {statement.id: (claim, statement) for claim, statement in context.briefing.statements}
    known, lines = context.briefing.source, dict[str, list[str]]()
    for twice in found.conflicts if found else ():
        if twice.statement:
            lines.setdefault(twice.statement.id, []).extend(_describe_conflict(context, twice))
    return [
        Conflict(statement_view(context, *pairs[name]), tuple(said))
        for name, said in lines.items()
        if pairs[name][1].source in known
    ]


def _describe_conflict(context: Context, twice: Twice) -> list[str]:
    return [
        gettext(
            "%(what)s: %(first)s here, %(second)s according to %(name)s",
            what=gettext(_ONE[name]),
            first=_show(context, twice.entry.first, name),
            second=_show(context, twice.entry.second, name),
            name=twice.reading.name,
        )
        for name in twice.differing
    ]


def _show(context: Context, coding: Coding, name: str) -> str:
    """One answer in words."""
    if name == "holder":
        return _name(context, coding.holder or "")
    words = "stances" if name == "stance" else "kinds"
    return context.vocabulary.get(words, (coding.stance if name == "stance" else coding.kind) or "").label


def _name(context: Context, holder: str) -> str:
    speaker = context.speakers.get(holder)
    return gettext("the article itself") if holder == ARTICLE else speaker.name if speaker else holder
