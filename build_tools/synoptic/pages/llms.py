"""llms.txt, which tells programs that read a site where to begin (https://llmstxt.org). Pure."""

from collections.abc import Container, Iterator

from synoptic.model.site import Site
from synoptic.text.encode import text
from synoptic.text.language import gettext
from synoptic.text.twin import FILE, make_twin

PATH = "llms.txt"


def render_llms(site: Site, paths: Container[str]) -> str:
    """The file as text, in the language that is spoken: what the site is, how to quote from it, and where its briefings
    and its data are. Addresses are full if the site has one. ``paths`` are those of all files in the site."""
    return "\n".join(_lines(site, paths)) + "\n"


def _lines(site: Site, paths: Container[str]) -> Iterator[str]:
    home = site.publication.home
    yield f"# {_plain(site.publication.name)}\n"
    yield f"> {gettext('Several articles, one story: who said what, in their own words.')}\n"
    yield (
        gettext("Each quotation was compared word for word with a copy of the article.")
        + " "
        + gettext("A claim is a sentence in our own words. Below it: who says so, in which article, in which words.")
        + "\n"
    )
    for rule in (
        gettext("Name both the person who says something and the article that reports it."),
        gettext(
            "Quote only the words after “>”. Words in square brackets may be ours; "
            "backslashes are not part of the text."
        ),
        gettext("Cite the article and the briefing, with the permanent link of the claim."),
        gettext("That a claim is here does not make it true: we only show who says it."),
        gettext("Every page has a version in Markdown: add “index.md” to its address."),
    ):
        yield f"- {rule}"
    if listed := [one for one in site.summaries.values() if one.listed]:
        yield f"\n## {gettext('Briefings')}\n"
        for one in listed:
            base = f"{home}briefings/{one.slug}/"
            yield f"- [{_plain(one.title)}]({base}{FILE}): {_plain(one.question)} [JSON]({base}briefing.json)"
    yield f"\n## {gettext('Data')}\n"
    for path, about in (
        ("api/v1/index.json", gettext("every briefing, with the paths of its files")),
        ("api/v1/speakers.json", gettext("every named speaker, and the briefings that quote them")),
        (f"data/{FILE}", gettext("what each file contains")),
        ("ask.py", gettext("an example in Python: who said what?")),
        ("schema/proposals.schema.json", gettext("the form of claims that a program proposes and an editor judges")),
        (f"method/{FILE}", gettext("how a briefing is made, and what a tick means")),
    ):
        if path in paths:
            yield f"- [{path}]({home}{path}): {about}"


def _plain(words: str) -> str:
    """Words of people as one line of Markdown that shows them."""
    return make_twin(f"<p>{text(' '.join(words.split()))}</p>", 0, encoded=True).strip()
