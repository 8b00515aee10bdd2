"""A briefing and a site with hundreds of entries of every kind, made in memory from a small one."""

from collections.abc import Iterator
from dataclasses import replace

from synoptic.model.gone import Gone
from synoptic.model.lock import Register
from synoptic.model.records import Claim, Event, Figure, Parallel, Speaker, Topic
from synoptic.model.site import Briefing, Site

COPIES = 6  # of each claim, all in one article
ENTRIES = 450  # events, figures, parallels, speakers and articles
SHORT = 2000  # topics without claims, and removed ids


def crowd(briefing: Briefing) -> Briefing:
    """The briefing with ``COPIES`` of each claim, whose statements one article carries, and ``ENTRIES`` of all else."""
    article = briefing.sources[0]
    people = tuple(Speaker(id=f"who-{n}", name=f"Witness {n}", kind="unnamed") for n in range(ENTRIES))
    copies = [
        article.model_copy(update={"id": f"p-{n}", "label": f"Article {n}", "speakers": ()}) for n in range(ENTRIES)
    ]
    claims = tuple(_copy_claims(briefing, article.id))
    names = [statement.id for claim in claims for statement in claim.statements]
    file = briefing.file.model_copy(
        update={
            "parallels": tuple(
                Parallel(id=f"p-{n}", about=f"Day {n}", statements=(names[n], names[n + 1])) for n in range(ENTRIES)
            ),
        }
    )
    return replace(
        briefing,
        file=file,
        sources=(article.model_copy(update={"speakers": (*article.speakers, *people)}), *briefing.sources[1:], *copies),
        claims=claims,
        events=tuple(
            Event(id=f"e-{n}", what=f"Day {n} begins", when=f"2031-0{1 + n % 9}-11", statements=(names[n],))
            for n in range(ENTRIES)
        ),
        figures=tuple(
            # half of them measure one thing
            Figure(
                id=f"f-{n}", value=str(n + 1), unit="ships", measures="Ships" if n % 2 else f"Ships {n}",
                statements=(names[n],),
            )
            for n in range(ENTRIES)
        ),
    )  # fmt: skip


def crowd_lines(briefing: Briefing) -> Briefing:
    """The briefing with ``SHORT`` more topics and removed claims."""
    names = [f"gone-{n}" for n in range(SHORT)]
    topics = tuple(Topic(id=f"t-{n}", title=f"Topic {n}") for n in range(SHORT))
    gone = tuple(Gone(ids=(name,), why="It was wrong.") for name in names)
    changes = {"topics": (*briefing.file.topics, *topics), "gone": gone}
    return replace(briefing, file=briefing.file.model_copy(update=changes), register=Register(claims=tuple(names)))


def _copy_claims(briefing: Briefing, article: str) -> Iterator[Claim]:
    number = 0
    for copy in range(COPIES):
        for claim in briefing.claims:
            statements = []
            for statement in claim.statements:
                changes = {
                    "id": f"{statement.id}-{copy}",
                    "source": article,
                    "speaker": f"who-{number}" if number < ENTRIES else None,
                    "utterance": f"u-{number % ENTRIES}",
                }
                statements.append(statement.model_copy(update=changes))
                number += 1
            changed: dict[str, object] = {"id": f"{claim.id}-{copy}", "relations": (), "statements": tuple(statements)}
            yield claim.model_copy(update=changed)


def crowd_site(site: Site, briefings: int, people: int) -> Site:
    """The site with so many named speakers and summaries of briefings. Each credits some of the speakers, and all
    credit the first."""
    speakers = tuple(Speaker(id=f"person-{n}", name=f"Person {n}", kind="person") for n in range(people))
    summary = next(iter(site.summaries.values()))
    summaries = {}
    for n in range(briefings):
        credited = {speakers[0].id: 3} | {speakers[(n * 7 + m) % people].id: 2 for m in range(7)}
        summaries[f"story-{n}"] = replace(summary, slug=f"story-{n}", listed=True, credited=credited)
    return replace(site, speakers=speakers, summaries=summaries)
