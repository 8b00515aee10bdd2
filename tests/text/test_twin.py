"""The Markdown twin of a page: what becomes of its HTML, and that words of people stay words."""

import html
import re
from pathlib import Path

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from synoptic.site.audit import find_text_faults
from synoptic.text.encode import text
from synoptic.text.twin import make_twin
from synoptic.text.unicode import describe_unfit
from tests.text.test_encode import HOSTILE
from tests.yaml_files import read_yaml

CASES = read_yaml(Path(__file__).with_name("twins.yml"))["cases"]
READERS = MarkdownIt("commonmark").enable(["table", "strikethrough"])
#: Places in our pages for words of people; between the first pair of braces they are shown, in the others they lead.
PLACES = (
    "<p>{}</p>", "<ul><li>{}</li></ul>", "<blockquote><p><span lang='en'>{}</span></p></blockquote>", "<h2>{}</h2>",
    '<table><tr><td>{}</td></tr><tr><td><a href="x/">{}</a></td></tr></table>', "<dl><dt>{}</dt><dd>{}</dd></dl>",
    '<p><a href="https&#58;&#47;&#47;x&#46;example&#47;{}">{}</a></p>', "<p><code>{}</code></p>",
)  # fmt: skip
LINES = st.text().map(lambda words: " ".join(words.split())).filter(lambda line: not describe_unfit(line))


@pytest.mark.parametrize("name", CASES)
def test_page_has_its_twin(name: str) -> None:
    """Each kind of element becomes what Markdown has for it, or nothing; links lead to twins where there are any."""
    case = CASES[name]
    assert make_twin(case["page"], 2, encoded=True) == case["twin"] + "\n"


@given(LINES)
def test_words_of_people_are_shown_as_they_are(line: str) -> None:
    """Whatever somebody typed, a reader of the twin sees just that: no link, heading, item or element of theirs."""
    twin = make_twin(f"<p>x</p><p>{text(line)}</p>", 0, encoded=True)
    shown = READERS.render(twin).removeprefix("<p>x</p>\n")
    assert html.unescape(shown) == (f"<p>{line}</p>\n" if line else "")


@pytest.mark.parametrize("place", PLACES)
def test_hostile_words_are_inert_in_every_place(place: str) -> None:
    """Hostile words bring no element, whichever program reads the twin, and the audit has nothing to say."""
    calm, hostile = (
        make_twin(place.replace("{}", str(text(words))), 0, encoded=True)
        for words in (
            "calm words",
            f"{HOSTILE} ``` | ](javascript:c) [d]: javascript:e ~~~ <https://f.example> &#60;b>",
        )
    )
    for render in (READERS.render, lambda twin: markdown.markdown(twin, extensions=["tables", "attr_list"])):
        kinds = [re.findall(r"<[a-z0-9]+", render(twin)) for twin in (calm, hostile)]
        assert kinds[0] == kinds[1], hostile
    assert [*find_text_faults("index.md", hostile)] == []


def test_words_that_are_not_encoded_are_text_too() -> None:
    """What MkDocs made of a page of people keeps signs of Markdown in its text, which the twin shows as they are."""
    twin = make_twin("<p>a * b_c_ [d] `e` ~f~ &lt;g&gt; &amp;lt; R&amp;D {h}</p>", 0, encoded=False)
    assert READERS.render(twin) == "<p>a * b_c_ [d] `e` ~f~ &lt;g&gt; &amp;lt; R&amp;D {h}</p>\n"


@pytest.mark.parametrize(
    "twin",
    ["a <b>c", "[a](javascript:b)", "[a](<JavaScript:b>)", "\\\\<b>", "[a]: data:b", "a <!-- b", "[a](//b.example)"],
)
def test_audit_finds_what_no_twin_may_contain(twin: str) -> None:
    """HTML, and links to what no link may lead to, are found with their line."""
    faults = [*find_text_faults("briefings/a/index.md", f"# A\n\n{twin}\n")]
    assert [(fault.place.path, fault.place.line) for fault in faults] == [("briefings/a/index.md", 3)]


@pytest.mark.parametrize("twin", ["`<b>`", "```\n<b>\n```", "a \\](javascript:b)", "[a](https://b.example) &lt;c"])
def test_audit_passes_code_and_text(twin: str) -> None:
    """In code nothing means anything, and escaped signs mean nothing either."""
    assert [*find_text_faults("index.md", f"{twin}\n")] == []
