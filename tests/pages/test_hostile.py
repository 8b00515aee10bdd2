"""Any text in any field is shown exactly, and the page around it stays the same.

A site is made twice: with a token of its own in each text field, and with hostile or random text there. Read as a
browser or a program reads it, each file of the second must be that of the first with each token replaced.
"""

import contextlib
import itertools
import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from synoptic.compare import told_about
from synoptic.compare.summary import replace_briefings
from synoptic.model.site import Site
from synoptic.pages import speaker
from synoptic.site import search
from synoptic.text.unicode import describe_unfit, remove_unfit
from tests import hostile_sites, published_files
from tests.yaml_files import read_yaml

HOSTILE = "<i/onclick=hit()>\"'`*_b_*&lt;{{7*7}}{:.x}"
TOKEN = re.compile(r"zq(\d+)q")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The invented briefings, every branch of every template among them."""
    return hostile_sites.everything(tmp_path_factory.mktemp("everything"))


def different(plain: dict[str, str], other: dict[str, str], put: published_files.Put) -> Iterator[str]:
    """The differences between files and what they must be."""
    assert plain.keys() == other.keys()
    for path, text in plain.items():
        right, shown = (
            published_files.shape(path, text, put),
            published_files.shape(path, other[path], lambda value: value),
        )
        if right != shown:
            pair = (one.splitlines() if isinstance(one, str) else list(one) for one in (right, shown))
            at = next(((a, b) for a, b in zip(*pair, strict=False) if a != b), "of another length")
            yield f"{path}: {at}"


def test_hostile_text_in_every_field(site: Site) -> None:
    """Every file that is published shows hostile text as text, wherever it may be typed: no field is forgotten."""
    plain = hostile_sites.published(hostile_sites.changed(site, lambda old: f"{old}zq7q"))
    other = hostile_sites.published(hostile_sites.changed(site, lambda old: f"{old}{HOSTILE}"))
    assert list(different(plain, other, lambda text: text.replace("zq7q", HOSTILE))) == []
    assert sum(text.count("zq7q") for text in plain.values()) > 4_000


#: Pieces of Markdown, HTML, YAML, templates and addresses, and characters that programs take for others.
SYNTAX = [
    *"<>&\"'`*_[](){}#!|~^$%@\\/:;=+-.,?",
    *read_yaml(Path(__file__).with_name("syntax.yml")),
]
WORDS = st.one_of(
    st.text(max_size=12),
    st.text(st.characters(codec="ascii"), max_size=12),
    st.lists(st.sampled_from(SYNTAX), max_size=8).map("".join),
    st.lists(st.one_of(st.sampled_from(SYNTAX), st.characters()), max_size=8).map("".join),
)
STRINGS = 10_000
AT_ONCE = 250


def fit(strings: Sequence[str]) -> list[str]:
    """Texts as they are read from files: on one line, without refused characters, all different."""
    fitting: dict[str, None] = {}
    for number, one in enumerate(strings):
        line = re.sub("[ \t\r\n]+", " ", remove_unfit(unicodedata.normalize("NFC", one.replace("\n", " ")))).strip()
        line = line if line and not describe_unfit(line) else "x"
        fitting[f"{line} {number}" if line in fitting else line] = None
    return list(fitting)


def small(site: Site) -> Site:
    """The same without whatever splits texts: URL fragments, wordings and parallel passages, marker words, brackets in
    the bottom line or of ours in a quotation, the text beside a quotation (marks at its ends belong to it), headlines
    (statements may quote words of them), a history with word diffs, and a figure whose words might happen to contain a
    number."""
    briefings = []
    for briefing in (b for b in site.briefings if b.slug in ("lamp", "night-ferry")):
        claims = []
        for claim in briefing.claims:
            statements = tuple(s.model_copy(update={"utterance": None}) for s in claim.statements)
            claims.append(claim.model_copy(update={"statements": statements}))
        sources = tuple(
            one.model_copy(update={"url": None, "rights": "quote", "paragraphs": without_headlines(one.paragraphs)})
            for one in briefing.sources
        )
        figures = tuple(figure for figure in briefing.figures if figure.id != "some")
        file = briefing.file.model_copy(update={"bottom_line": (), "parallels": ()})
        locks = {}
        for name, lock in briefing.locks.items():
            quotes = tuple(quote.model_copy(update={"ours": ()}) for quote in lock.quotes)
            locks[name] = lock.model_copy(update={"quotes": quotes})
        changed = replace(briefing, file=file, claims=tuple(claims), sources=sources, figures=figures, locks=locks)
        briefings.append(changed)
    vocabulary = site.vocabulary.model_copy(update={"markers": {}})
    return replace(replace_briefings(site, briefings), vocabulary=vocabulary, history=None)


def without_headlines(paragraphs: Mapping[int, str]) -> dict[int, str]:
    """The kinds of paragraphs, headlines left out."""
    return {number: kind for number, kind in paragraphs.items() if kind != "headline"}


def numbered(site: Site, texts: Sequence[str]) -> dict[str, str]:
    """The published files of a site with ``texts`` in its fields, in turn, repeated as often as needed."""
    turn = itertools.cycle(texts)
    made = hostile_sites.changed(site, lambda _: next(turn))
    # the words of the vocabulary are changed in the test above
    return hostile_sites.published(replace(made, vocabulary=site.vocabulary))


@contextlib.contextmanager
def by_whole_names() -> Iterator[None]:
    """Inside the block nobody and no search term is sought in the texts, which change, and no name has parts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(told_about, "list_names", lambda speakers: {one.id: (one.name,) for one in speakers})
        patch.setattr(search, "find_term", lambda known, term: ())
        patch.setattr(speaker, "list_names", lambda speakers: {one.id: () for one in speakers})
        yield


@pytest.fixture(scope="module")
def plain(site: Site) -> tuple[Site, dict[str, str]]:
    """A small site, and its published files with a token in each field."""
    made = small(site)
    with by_whole_names():
        return made, numbered(made, [f"zq{n}q" for n in range(AT_ONCE)])


@pytest.mark.slow
@pytest.mark.long
def test_any_text_is_shown_exactly(plain: tuple[Site, dict[str, str]], tell: Callable[[str], None]) -> None:
    """Texts of any characters, and of pieces of every syntax involved, appear exactly in all published files and change
    nothing around them."""
    site, files = plain
    tried: set[str] = set()

    # nothing is gained by shrinking: what differs names the text
    @settings(max_examples=STRINGS // AT_ONCE + 5, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(strings=st.lists(WORDS, min_size=AT_ONCE, max_size=AT_ONCE))
    def shown(strings: list[str]) -> None:
        more = random.Random(len(tried))  # most characters are far from those that a search for faults begins with
        texts = fit([one + "".join(chr(more.randrange(0x40000)) for _ in range(1 + number % 4))
                     for number, one in enumerate(strings)])  # fmt: skip
        tried.update(texts)
        put = partial(TOKEN.sub, lambda token: texts[int(token[1])])
        wrong = list(different(files, numbered(site, texts), put))
        assert wrong == [], wrong[:4]

    with by_whole_names():
        shown()
    assert len(tried) >= STRINGS
    tell(f"{len(tried)} texts with {len(set().union(*tried))} different characters, each shown exactly")
