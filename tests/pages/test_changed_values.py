"""What the history keeps as ids, dates and fixed words is told in the words of a page."""

import pytest

from synoptic.base.problems import Place
from synoptic.load.catalogue import find_language
from synoptic.load.vocabulary import base_vocabulary
from synoptic.model.change import Change
from synoptic.model.site import Site
from synoptic.pages.changed_values import read_value
from synoptic.pages.translate import translate_site
from synoptic.text.language import speaking


@pytest.mark.parametrize(
    ("kind", "values", "text", "english", "german"),
    [
        ("verdict-changed", {}, "one voice", "one voice", "Nur eine Stimme"),
        ("verdict-changed", {}, "one source", "one source", "one source"),
        ("silence-changed", {}, "passed over", "passed over", "übergangen"),
        ("claim-kind", {}, "event", "event", "Ereignis"),
        ("statement-stance", {}, "denies", "denies", "bestreitet"),
        ("briefing-status", {}, "draft", "draft", "Entwurf"),
        ("briefing-language", {}, "fr", "French", "Französisch"),
        ("source-changed", {"field": "genre"}, "opinion", "opinion piece", "Meinungsbeitrag"),
        ("source-changed", {"field": "published"}, "2031-03-12", "12 March 2031", "12. März 2031"),
        ("source-changed", {"field": "published"}, "unknown", "no date stated", "ohne Datum"),
        ("source-changed", {"field": "author"}, "unknown", "not stated", "nicht angegeben"),
        ("source-changed", {"field": "author"}, "2031-03-12", "2031-03-12", "2031-03-12"),
        ("source-changed", {"field": "kinds of paragraph"}, "1: headline; 17: body", "1: headline; 17: body",
         "1: Überschrift; 17: Haupttext"),
        ("statement-changed", {"field": "lead"}, "yes", "yes", "ja"),
        ("statement-changed", {"field": "of"}, "yes", "yes", "yes"),
        ("statement-changed", {"field": "allow"}, "out-of-context: It is.", "It is.", "It is."),
        ("event-added", {}, "A bridge opens. · 2031-03", "A bridge opens. · March 2031", "A bridge opens. · März 2031"),
        ("figure-added", {}, "Cost · about · 1.9", "Cost · about · 1.9", "Cost · about · 1.9"),
        ("terms-changed", {}, "tariff*; Lee (name)", "tariff*; Lee (as a name)", "tariff*; Lee (als Name)"),
        ("relation-changed", {}, "contradicts (no real contradiction)",
         "contradicts (they differ only in scope or time)",
         "widerspricht (sie unterscheiden sich nur in Umfang oder Zeit)"),
        ("vocabulary-label", {"field": "label", "list": "verdicts"}, "Shared", "Shared", "Übereinstimmend"),
        ("lock-changed", {}, "checked by Ann Lee on 2031-03-12", "checked by Ann Lee on 2031-03-12",
         "geprüft von Ann Lee am 12. März 2031"),
        ("statement-moved", {}, "closing: It closes.", "It closes.", "It closes."),
        ("gone-added", {}, "Told twice. See other-claim.", "Told twice.", "Told twice."),
        ("rest-added", {}, "mode: direct · of: the bridge · note: Two sums · at once. · cut: yes",
         "the bridge · Two sums · at once.", "the bridge · Two sums · at once."),
        ("claim-reworded", {}, "one voice", "one voice", "one voice"),
    ],
)  # fmt: skip
def test_a_value_is_told_in_words(kind: str, values: dict[str, str], text: str, english: str, german: str) -> None:
    """Ids of the vocabulary, dates, languages and the program's own words are told in the language of the page; a word
    that is in no list any more, and what a contributor typed, stay as they are."""
    change = Change(kind, "x", Place("a.yml", 1, 1), before=text, values=tuple(values.items()))
    for tag, told in (("en", english), ("de", german)):
        with speaking(find_language(tag)):
            site = translate_site(Site(vocabulary=base_vocabulary()))
            assert read_value(site.vocabulary, change, text) == told
