"""The page Compare your own article: the data by which a script guesses what a reader's text may say. Pure.

``theme/assets/own-guess.js`` reads it. It has claims, search terms, figures, names, and stems of quotations in
alphabetical order: no text of an article.
"""

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from synoptic.compare.answers import find_answers_of
from synoptic.compare.guess import RULE, dump_sought, list_sought, may_be_sought
from synoptic.compare.told_about import list_names
from synoptic.model import paging
from synoptic.pages.context import SPEAKERS, Context
from synoptic.pages.page import Page, briefing_page
from synoptic.text.encode import hidden_json
from synoptic.text.language import gettext, join_sentences, ngettext
from synoptic.text.script_patterns import search_patterns

#: Claims that are sought, at most. A thousand are about 300 KB of data, 60 KB on the way to the reader.
MOST = 2_000
PATH = "your-article/"


def pages(context: Context) -> Iterator[Page]:
    """The page, if any claim has search terms."""
    if may_be_sought(context.briefing):
        data = search_data(context)
        yield briefing_page(
            context, PATH, "your_article", "your_article", gettext("Compare your own article"),
            title=gettext("Compare your own article"),
            caveat=join_sentences(_list_caveats(len(context.briefing.claims) - len(data["claims"]))),
            data=hidden_json(data, "sought"),
        )  # fmt: skip


def _list_caveats(left_out: int) -> Iterator[str]:
    """What a reader must know of every result; ``left_out`` claims are not sought."""
    yield gettext("A guess by word search; nobody has read this text. “Nothing found” does not mean that it is silent.")
    if left_out:
        yield ngettext(
            "%(num)s claim of this briefing is not searched for.",
            "%(num)s claims of this briefing are not searched for.",
            left_out,
        )


def find_own(context: Context) -> Markup | None:
    """The address of the page, if there is one."""
    return context.address(PATH) if may_be_sought(context.briefing) else None


def search_data(context: Context) -> dict[str, Any]:
    """What ``makeGuesser`` of ``own-guess.js`` reads. A topic is its title or question, its path below the briefing,
    and its answers. A claim is its text, its path, the number of its topic, the answers that it gives (topic and
    number), its search terms and names. A speaker is a name and a path. ``pieces`` has what is made of these texts."""
    briefing = context.briefing
    sought = list_sought(briefing)[:MOST]
    dumped = dump_sought(sought)
    topics = {topic.id: n for n, topic in enumerate(briefing.file.topics)}
    answers = {(topic.id, one.id): n for topic in briefing.file.topics for n, one in enumerate(topic.answers)}
    given, paths = find_answers_of(briefing), paging.claim_paths(briefing)
    speakers = [context.speakers[name] for name in briefing.credited if name in context.speakers]
    names = list_names(one for one in speakers if one.id not in briefing.unnamed)
    return {
        "patterns": search_patterns(),
        **RULE,
        "lang": context.language,
        "topics": [
            [topic.question or topic.title, f"topics/{topic.id}/", [one.text for one in topic.answers]]
            for topic in briefing.file.topics
        ],
        "claims": [
            [
                one.claim.claim,
                f"{paths[one.claim.id]}#{one.claim.id}",
                topics[one.claim.topic],
                [[topics[topic], answers[topic, answer]] for topic, answer in given.get(one.claim.id, ())],
                *terms,
            ]
            for one, terms in zip(sought, dumped.terms, strict=True)
        ],
        "people": [[one.name, f"{SPEAKERS}{one.id}/"] for one in speakers if one.id in names],
        "pieces": {
            "claims": dumped.pieces,
            "people": [names[one.id] for one in speakers if one.id in names],
            "stems": dumped.stems,
        },
    }
