"""What `suggest` counts and lists of a source."""

from dataclasses import replace

import pytest

from synoptic.model.records import SearchTerm
from synoptic.model.site import Site
from synoptic.suggest import draft as suggest
from synoptic.suggest import listing
from synoptic.text.match import Text


@pytest.mark.parametrize(
    ("kinds", "outline", "told", "bare"),
    [
        ({1: "headline", 2: "deck", 3: "bullet"}, {}, "covered: 0 of 3 body paragraphs", [4, 5, 6]),
        ({1: "headline"}, {"2": "A gist.", "4-6": "Another."}, "covered: 4 of 5 body paragraphs", [3]),
        ({1: "headline", 2: "heading"}, {"3-6": "A gist."}, "covered: 4 of 4 body paragraphs", []),
        (dict.fromkeys(range(1, 7), "caption"), {}, "covered: 0 of 0 body paragraphs", []),
    ],
)
def test_only_body_is_counted(
    kinds: dict[int, str], outline: dict[str, str], told: str, bare: list[int], site: Site
) -> None:
    """A paragraph counts if it is body, is covered by a gist, and no other is listed as bare."""
    (briefing,) = [b for b in site.briefings if b.slug == "harbour-tunnel"]
    text = Text(tuple(f"Paragraph {word} of the article is here." for word in "one two three four five six".split()))
    source = briefing.source["wire"].model_copy(update={"paragraphs": kinds, "outline": outline})
    changed = replace(briefing, claims=(), sources=(source,), texts={"wire": text})
    found = suggest.suggest(changed, site)
    assert [s.paragraph for s in found if s.kind == "paragraph"] == bare
    assert told in listing.render_text(changed, [source], found, site.vocabulary)


def test_terms_are_listed_with_their_paragraphs(site: Site) -> None:
    """Each term of each claim stands there with the paragraphs that have it, or with "nowhere"."""
    (briefing,) = [b for b in site.briefings if b.slug == "harbour-tunnel"]
    source = briefing.source["wire"]
    text = Text(("A tunnel opens.", "Nobody came.", "The Tunnel is long, and Tunnel Ltd is poor."))
    claim = briefing.claims[0].model_copy(
        update={
            "terms": tuple(
                SearchTerm(term=t, mode=m) for t, m in (("tunnel", "word"), ("Tunnel", "name"), ("x", "word"))
            )
        }
    )
    changed = replace(briefing, claims=(claim,), sources=(source,), texts={"wire": text})
    assert listing.render_terms(changed, [source]).splitlines() == [
        claim.id, '  "tunnel": wire \u00b61, 3', '  "Tunnel" (name): wire \u00b63', '  "x": nowhere',
    ]  # fmt: skip


def test_a_table_is_one(site: Site) -> None:
    """A table of a thousand rows counts as one paragraph, and is one line of those that are bare."""
    (briefing,) = [b for b in site.briefings if b.slug == "harbour-tunnel"]
    text = Text(("A tunnel opens.", *(f"Night {number} | loud" for number in range(1000)), "Nobody came."))
    source = briefing.source["wire"].model_copy(update={"paragraphs": {}, "outline": {}})
    changed = replace(briefing, claims=(), sources=(source,), texts={"wire": text})
    found = suggest.suggest(changed, site)
    lines = listing.render_text(changed, [source], found, site.vocabulary).splitlines()
    assert lines[0].startswith("wire: covered: 0 of 3 body paragraphs")
    assert [line.split("  ")[-1] for line in lines if "\u00b62-" in line] == [
        "\u00b62-1001 1000 rows of a table: Night 0 | loud"
    ]
    assert not any("\u00b63 " in line and "body" in line for line in lines)
    told = source.model_copy(update={"outline": {"2-1001": "The nights were loud."}})
    assert suggest.count_covered(changed, told, site.vocabulary, text.blocks) == (1, 3)
