"""Pagination: parts stay under the limit, each thing is on one of them, and links lead to the right one."""

import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synoptic.model import paging
from synoptic.model.site import Briefing
from synoptic.model.site import Site as Data
from synoptic.pages.context import Context
from synoptic.pages.page import choose_parts
from synoptic.pages.render import briefing_data, briefing_pages, render_site, speaker_units
from synoptic.site import search
from synoptic.site.additions import render_additions
from tests import synthetic
from tests.html_pages import Html, target
from tests.projects import load_checked, small_project
from tests.yaml_files import read_yaml

LOW = 250
#: Head, filters, switches, legend and links to the parts of the pages that are split here, at most.
AROUND = 500
BRIEFING = "story-000"
BASE = f"briefings/{BRIEFING}/"
SPLIT = ("matrix/", "matrix/speakers/", "disagreements/")
TOPIC, SPEAKER = "topics/topic-0/", "speakers/speaker-13/"
#: A limit by which the pages of speakers are split.
LEAST = 120
CASES = read_yaml(Path(__file__).with_name("paging.yml"))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    """The invented project and a briefing of many articles, without texts and history."""
    return load_many(tmp_path_factory.mktemp("paging"))


def load_many(folder: Path) -> Data:
    """The invented project and a briefing of many articles, in a folder."""
    root = small_project(folder, texts=False)
    synthetic.write(root, 1, **synthetic.MANY)
    return load_checked(root)


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    """Layouts are computed again, with the limit of this test."""
    paging.clear_cache()


def limit(patch: pytest.MonkeyPatch, elements: int) -> None:
    """Set the limit of elements on one page."""
    patch.setattr(paging, "MOST", elements)
    paging.clear_cache()


def pages(data: Data, slug: str = BRIEFING) -> dict[str, str]:
    """The pages of a briefing by address."""
    found = briefing_pages(Context(data, data.briefing[slug]))
    return {path.removesuffix("index.md"): page for path, page in found.items()}


def note_groups(patch: pytest.MonkeyPatch) -> list[tuple[str, list[list[int]]]]:
    """Filled by each call of ``distribute``: the module that calls it, and its groups of sizes."""
    calls: list[tuple[str, list[list[int]]]] = []
    distribute = paging.distribute

    def noted(groups: list[list[int]], head: int = 0) -> tuple[tuple[paging.Run, ...], ...]:
        calls.append((sys._getframe(1).f_globals["__name__"], groups))
        return distribute(groups, head)

    patch.setattr(paging, "distribute", noted)
    return calls


@pytest.fixture
def briefing(data: Data) -> Briefing:
    """The briefing that is split."""
    return data.briefing[BRIEFING]


@pytest.fixture(scope="module")
def split(data: Data) -> dict[str, str]:
    """Its pages with a limit low enough that its matrices and disagreements are split."""
    with pytest.MonkeyPatch.context() as patch:
        limit(patch, LOW)
        made = pages(data)
    paging.clear_cache()
    return made


@pytest.fixture
def found(split: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The same, and the limit by which they were split."""
    limit(monkeypatch, LOW)
    return split


@pytest.fixture(scope="module")
def whole(data: Data) -> dict[str, str]:
    """Its pages, not split."""
    paging.clear_cache()
    return pages(data)


def parts(found: dict[str, str], base: str, root: str = BASE) -> list[str]:
    """The addresses of all parts of something, in order."""
    rest = [at for at in found if re.fullmatch(rf"{root}{base}\d+/", at)]
    return [root + base, *sorted(rest, key=lambda at: int(at.split("/")[-2]))]


def count_elements(text: str) -> int:
    """The elements of a page or a part of it."""
    return len(re.findall("<[a-z]", text))


def targets(at: str, page: str, links: str = "") -> list[tuple[str, str]]:
    """Where the links of a page at ``at`` lead within the site, or those whose address a pattern finds."""
    values = re.findall(links, page) if links else [link.value for link in Html(page).links]
    return [place for value in values if (place := target(at, value))]


def anchors(found: dict[str, str]) -> dict[str, set[str]]:
    """The anchors on each page."""
    return {at: {*Html(page).ids, *re.findall(r"\{: #([\w-]+)", page)} for at, page in found.items()}


@given(st.lists(st.lists(st.integers(1, 6000), max_size=30), max_size=12), st.integers(0, 1000))
def test_everything_is_dealt_out_once(groups: list[list[int]], head: int) -> None:
    """Each thing is on one page, in order; no page exceeds the limit, unless a single thing does."""
    dealt = paging.distribute(groups, head)
    things = [(run.group, n) for runs in dealt for run in runs for n in range(run.first, run.end)]
    assert things == [(g, n) for g, sizes in enumerate(groups) for n in range(len(sizes))]
    most = paging.MOST if len(dealt) == 1 else paging.MOST // 3
    for runs in dealt:
        sizes = [size for run in runs for size in groups[run.group][run.first : run.end]]
        assert head + sum(sizes) <= most or len(sizes) == 1


@pytest.mark.parametrize("name", CASES)
def test_pages_hold_whole_groups(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """One page if everything fits; if not, parts of a third hold whole groups, and only a larger group is split."""
    groups, expected = CASES[name]
    limit(monkeypatch, 150)
    assert [list(map(list, runs)) for runs in paging.distribute(groups)] == expected


def test_what_is_small_stays_on_one_page(data: Data) -> None:
    """No briefing of a usual size is split."""
    for briefing in data.briefings:
        found = pages(data, briefing.slug)
        part = re.compile(r"/(matrix|disagreements|(topics|speakers)/[^/]+|speakers)/\d+/")
        assert list(filter(part.search, found)) == []
        assert not any('class="parted' in page for page in found.values())


def test_parts_keep_to_the_limit(found: dict[str, str]) -> None:
    """Matrices, disagreements and topics are split, and the growing part of each page is within a third of the limit,
    unless a single claim is larger."""
    for base in (*SPLIT, TOPIC):
        assert len(parts(found, base)) > 2, base
        for at in parts(found, base):
            assert count_elements(found[at]) <= paging.MOST // 3 + AROUND, at


def test_sizes_are_those_of_the_pages(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    """The estimated size of a page is never less than its actual size, and close to it."""
    calls = note_groups(monkeypatch)
    for briefing in data.briefings:
        calls.clear()
        found, base = pages(data, briefing.slug), f"briefings/{briefing.slug}/"
        split_here = ("synoptic.pages.matrix", "synoptic.pages.disagreements")
        thought = [sum(map(sum, groups)) for module, groups in calls if module in split_here]
        for at, size in zip(SPLIT, thought, strict=True):
            body = found[base + at].partition("<tbody" if "matrix" in at else "\n## ")
            text = body[1] + body[2].partition("</table>")[0] if "matrix" in at else body[2]
            printed = count_elements(text) + text.count("### ") + bool(text and "matrix" not in at)
            assert printed <= size <= printed * 1.1 + 30, (briefing.slug, at)


def test_claims_and_statements_are_not_larger_than_thought(data: Data) -> None:
    """The estimated size of a claim on its topic's page, and of a statement on a speaker's page, is never less than the
    actual size."""
    for briefing in data.briefings:
        found = pages(data, briefing.slug)
        with pytest.MonkeyPatch.context() as patch:
            calls = note_groups(patch)
            paging.clear_cache()
            paging.claim_paths(briefing)
        topics = dict.fromkeys(claim.topic for claim in briefing.claims)
        for topic, (_, (sizes,)) in zip(topics, calls, strict=True):
            page = found[f"briefings/{briefing.slug}/topics/{topic}/"].partition('aria-label="Neighbouring')[0]
            printed = [count_elements(claim) for claim in page.split("\n## ")[1:]]
            outside = 4 + 4  # in the list of claims, and in the theme's own
            assert all(some + outside <= size for some, size in zip(printed, sizes, strict=True)), topic
            assert sum(sizes) <= 3 * sum(printed), topic
        for at, page in found.items():
            if re.search("/speakers/.+/$", at):
                printed = [count_elements(said) for said in page.split('<div class="said">')[1:]]
                assert max(printed) <= paging.STATEMENT, at


def test_every_claim_stands_on_one_page(data: Data, briefing: Briefing, found: dict[str, str]) -> None:
    """Each claim is on exactly one part of its topic, in order; its permanent address and the search lead to it and to
    its statements."""
    stands: dict[str, str] = {}
    for topic in briefing.file.topics:
        mine = [(claim, at) for at in parts(found, f"topics/{topic.id}/")
                for claim in re.findall(r"^## .* \{: #([\w-]+) \.claim-title", found[at], re.MULTILINE)]  # fmt: skip
        assert [claim for claim, _ in mine] == [claim.id for claim in briefing.claims if claim.topic == topic.id]
        stands |= mine
    assert any(re.search(r"/2/$", at) for at in stands.values())
    led = render_additions(data).addresses
    for name, at in stands.items():
        here = f"c/{briefing.slug}/{name}/"
        assert targets(here, led[f"{briefing.slug}/{name}/index.html"], '<a href="([^"]+)"') == [(at, name)]
    told = [record for record in search.find_records(data, briefing) if "topics/" in record.page and record.anchor]
    assert {record.anchor: record.page for record in told} == stands
    ids = anchors(found)
    for claim, statement in briefing.statements:
        assert f"s-{statement.id}" in ids[stands[claim.id]]


def test_a_speaker_of_many_statements_has_several_pages(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a briefing and across all, each statement of a speaker is on one part, in order; parts link to each other, and
    all their links resolve."""

    def made() -> dict[str, str]:
        speakers = render_site(data, drafts=True, units=speaker_units(data))
        return pages(data) | {p.removesuffix("index.md"): str(page) for p, page in speakers.items() if "md" in p}

    whole = made()
    limit(monkeypatch, LEAST)
    found = made()
    ids = anchors(found)
    for root in (BASE, ""):
        all_ = parts(found, SPEAKER, root)
        assert len(all_) > 3
        receipt = r'<a class="receipt" href="([^"]+)">'
        receipts = [place for at in all_ for place in targets(at, found[at], receipt)]
        anchors_of = [anchor for _, anchor in receipts]
        assert anchors_of == [anchor for _, anchor in targets(all_[0], whole[all_[0]], receipt)]
        assert len(receipts) == len(set(receipts)) > 3
        for number, at in enumerate(all_, 1):
            assert f"<b>Part {number} of {len(all_)}</b>: " in found[at]
            leads = {*targets(at, found[at])}
            assert set(all_) <= {there for there, _ in leads}
            known = [one for one in leads if one[0] in found]
            assert [one for one in known if one[1] and one[1] not in ids[one[0]]] == []
            assert [one for one in leads if one[0].startswith(BASE) and one[0] not in found] == []
            assert ("speakers/", "") in leads or at.startswith(BASE)


def test_every_claim_has_its_row_once(briefing: Briefing, found: dict[str, str]) -> None:
    """Each claim is on exactly one part of the matrix, in order, and its topic links to it."""
    rows = {at: re.findall(r' id="row-([\w-]+)"', found[at]) for at in parts(found, "matrix/")}
    order = [c.id for t in briefing.file.topics for c in briefing.claims if c.topic == t.id]
    assert [claim for mine in rows.values() for claim in mine] == order
    for claim in briefing.claims:
        home = BASE + paging.claim_paths(briefing)[claim.id]
        at = next(at for at, mine in rows.items() if claim.id in mine)
        assert (at, f"row-{claim.id}") in targets(home, found[home])


def test_every_clash_is_shown_once(whole: dict[str, str], found: dict[str, str]) -> None:
    """Each contested claim and each pair is on exactly one part of the disagreements."""
    split_up = "\n".join(found[at] for at in parts(found, "disagreements/"))
    for pattern in (r"#clash-[\w-]+", r'<p class="why">.*?</p>'):
        assert re.findall(pattern, split_up) == re.findall(pattern, whole[f"{BASE}disagreements/"]) != []


def test_parts_lead_to_each_other(found: dict[str, str]) -> None:
    """Each part says which it is and links to all parts with their topics, and to the previous and next part."""
    for base in (*SPLIT, TOPIC):
        all_ = parts(found, base)
        for number, at in enumerate(all_, 1):
            assert f"<b>Part {number} of {len(all_)}</b>: " in found[at]
            assert f", part {number} of {len(all_)} · " in found[at].partition("\n---\n")[0]
            assert set(all_) <= {there for there, _ in targets(at, found[at])}
            near = [there for there, _ in targets(at, found[at], r'rel="(?:prev|next)" href="([^"]+)"')]
            wanted = [*all_[max(0, number - 2) : number - 1], *all_[number : number + 1]]
            assert near == wanted * 2  # above and below


def test_links_to_parts_resolve(data: Data, briefing: Briefing, found: dict[str, str]) -> None:
    """All links within a split briefing resolve."""
    ids = anchors(found) | {path: set() for path in briefing_data(Context(data, briefing))}
    for at, page in found.items():
        inside = [one for one in targets(at, page) if one[0].startswith(BASE)]
        assert [one for one in inside if one[0] not in ids or (one[1] and one[1] not in ids[one[0]])] == [], at
        assert inside


def test_matrices_lead_to_the_part_with_the_same_topic(found: dict[str, str]) -> None:
    """A part of one matrix links to the part of the other in which its first topic begins."""
    for base, other in (("matrix/", "matrix/speakers/"), ("matrix/speakers/", "matrix/")):
        topics = {at: re.findall(r'data-topic="([^"]+)"', found[at]) for at in parts(found, other)}
        for at in parts(found, base):
            first = re.findall(r'data-topic="([^"]+)"', found[at])[0]
            wanted = next((there for there, names in topics.items() if first in names), BASE + other)
            assert targets(at, found[at], r'class="other" href="([^"]+)"') == [(wanted, "")]


def test_every_part_offers_every_choice(whole: dict[str, str], found: dict[str, str]) -> None:
    """All parts offer the filters of the whole matrix; each counts its own claims, and together they count all."""
    option = re.compile(r'<option value="([^"]+)">([^<]*) &#40;(\d+)&#41;</option>')
    for base in ("matrix/", "matrix/speakers/"):
        offered = [option.findall(found[at]) for at in parts(found, base)]
        counted: Counter[tuple[str, str]] = Counter()
        for choices in offered:
            assert [choice[:2] for choice in choices] == [choice[:2] for choice in offered[0]]
            counted.update({(value, label): int(n) for value, label, n in choices})
        assert counted == {(value, label): int(n) for value, label, n in option.findall(whole[BASE + base])}


def test_the_overview_shows_some_clashes_and_names_all(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    """The overview shows a few disagreements and shared claims with their words, and leads to every claim."""
    overview = pages(data)[BASE]
    monkeypatch.setattr("synoptic.pages.overview.TOP", 1)
    short = pages(data)[BASE]
    assert (overview.count('class="card clash') > 1, short.count('class="card clash')) == (True, 1)
    led = [{link.value for link in Html(page).links if "topics/" in link.value and "#s-" not in link.value}
           for page in (overview, short)]  # fmt: skip
    assert led[0] == led[1]
    assert {f"topics/{claim.topic}/#{claim.id}" for claim in data.briefing[BRIEFING].claims} <= led[0]


def test_a_part_leads_to_some_of_very_many() -> None:
    """A part links its neighbours, the first and the last, and never more parts than are allowed."""
    for total in (1, 2, paging.LISTED, paging.LISTED + 1, 5000):
        for number in {1, (total + 1) // 2, total}:
            chosen = choose_parts(number, total)
            assert chosen == sorted({*chosen})
            assert {1, total, number} <= {*chosen} <= {*range(1, total + 1)}
            assert len(chosen) <= paging.LISTED
            assert {max(1, number - 1), min(total, number + 1)} <= {*chosen}
            assert total > paging.LISTED or len(chosen) == total
