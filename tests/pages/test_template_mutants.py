"""No template forgets to encode: each variable is broken in turn, and each break is found.

A variable is one ``{{ ... }}``. To break it means to print its value as markup, without the filters that encode. The
break is found if hostile text in that variable then changes more of the page than the text itself. Markup and numbers
need no encoding, and their types say so: only the encoder makes markup.
"""

import ast
import importlib
import inspect
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from operator import methodcaller
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jinja2 import Environment, nodes, pass_context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from synoptic.base.problems import Place, Problem
from synoptic.compare.summary import replace_briefings
from synoptic.data import citations
from synoptic.model import paging
from synoptic.model.licence import RESERVED
from synoptic.model.site import Publication, Site
from synoptic.pages import claim_card, dossier, edit_bar, embed, environment, overview, page, problem_panel, unready
from synoptic.pages.answers import topic_views
from synoptic.pages.context import Context
from synoptic.pages.environment import TEMPLATES
from synoptic.pages.foreign import mark_site
from synoptic.pages.render import briefing_data, briefing_pages, change_pages, render_site, speaker_units
from synoptic.site.additions import render_additions
from synoptic.text import encode
from synoptic.text.spoken import Spoken
from tests import hostile_sites, published_files
from tests.pages.test_hostile import HOSTILE

ENCODING = ("name", "slug", "url", "json_data", "json_ld")
TOKEN = "zq7"


@dataclass
class Bench:
    """The templates, instrumented so that each variable can be changed."""

    names: dict[int, str] = field(default_factory=dict)
    kinds: dict[int, set[type]] = field(default_factory=lambda: defaultdict(set))
    checked: dict[int, str] = field(default_factory=dict)
    printed: set[int] = field(default_factory=set)
    #: The variable that holds ``put``, and whether what it prints is taken as it is.
    at: int = -1
    put: str = ""
    raw: bool = False

    def instrumented(self) -> Environment:
        """The program's own environment, each variable passing through ``print``."""
        made: Any = environment.environment_of.__wrapped__("en")
        parse = made._parse
        made._parse = lambda source, name, file: _Instrument(self, name).visit(parse(source, name, file))
        made.filters["_print"] = pass_context(lambda _, value, number, by: self.print(value, number, by))
        return made  # type: ignore[no-any-return]

    def print(self, value: Any, number: int, by: str) -> Any:
        """What a variable prints, with hostile text added if it is the one under test; it may name an encoder."""
        self.printed.add(number)
        self.checked[number] = by or "text"
        self.kinds[number].add(str if by else type(value))
        if number == self.at and (by or type(value) in (str, Spoken)):
            value = {**value, "text": self.put} if by.startswith("json") else value + self.put
            if self.raw:
                script = by.startswith("json")
                return Markup(f"<script>{json.dumps(value, ensure_ascii=False)}</script>" if script else value)
        return getattr(encode, "text" if by == "url" else by)(value) if by else value


class _Instrument(NodeTransformer):
    """Puts a filter around each variable of a template, in place of its encoder if it names one."""

    def __init__(self, bench: Bench, template: str) -> None:
        self.bench, self.template = bench, template

    def visit_Output(self, node: nodes.Output) -> nodes.Output:
        """What prints text and variables."""
        node.nodes = [child if isinstance(child, nodes.TemplateData) else self._filter(child) for child in node.nodes]
        return node

    def _filter(self, value: nodes.Expr) -> nodes.Filter:
        number = nodes.Const(len(self.bench.names))
        self.bench.names[number.value] = f"{self.template}:{value.lineno}: {value}"
        by = value.name if isinstance(value, nodes.Filter) and value.name in ENCODING else ""
        inner = value.node if isinstance(value, nodes.Filter) and by else value
        return nodes.Filter(inner, "_print", [number, nodes.Const(by)], [], None, None)


Make = Callable[[], str]


def in_polish(site: Site) -> Site:
    """The site with its briefings in Polish, of which there is no catalogue: pages are English, words marked."""
    polish = [replace(one, file=one.file.model_copy(update={"language": "pl"})) for one in site.briefings]
    return replace_briefings(site, polish)


def pages(site: Site, monkeypatch: pytest.MonkeyPatch) -> list[Make]:
    """A function for each page of a site, the panel included, that renders it again."""
    made: list[Make] = []
    render = page.render_page

    def noted(one: page.Page) -> str:
        made.append(lambda: render(one))
        return render(one)

    with monkeypatch.context() as patch:
        patch.setattr(page, "render_page", noted)
        patch.setattr(unready, "render_page", noted)
        patch.setattr(overview, "TOP", 99)
        render_site(site, drafts=True, units={"", *speaker_units(site)})
        change_pages(replace(site, publication=Publication("A site")))
        unready.render_unready()
        # as they are, then in words for many articles, then split
        for module, limit, value in (
            (overview, "WORDS", overview.WORDS),
            (overview, "WORDS", 99),
            (paging, "MOST", 100),
        ):
            patch.setattr(module, limit, value)
            for briefing in site.briefings:
                briefing_pages(Context(site, briefing))
        for licence in ("CC-BY-SA-4.0", "CC0-1.0", RESERVED.id):
            guest = replace(site, publication=replace(site.publication, licence=licence, own_site=False))
            briefing_pages(Context(guest, guest.briefing["lamp"]))
        render_site(in_polish(site), drafts=True, units={"", "lamp"})
    found = [Problem(Place(f"briefings/{n}.yml", n, n), f"wrong {n}", "mend it" if n % 2 else "") for n in range(502)]
    panels = (partial(problem_panel.render_panel, some) for some in (found, [found[0].as_warning()]))
    cards = [
        partial(claim_card.render_card, Context(site, briefing), claim)
        for briefing in site.briefings
        for claim in briefing.claims
    ]
    framed: list[Make] = []
    without_address = replace(site, publication=replace(site.publication, site_url=""))
    for context in (Context(one, briefing) for one in (site, without_address) for briefing in one.briefings):
        make = partial(embed.embed_claim, context, room=15_000)
        makes = [partial(make, claim) for claim in context.briefing.claims]
        makes += [partial(embed.embed_answers, context, view, 15_000) for view in topic_views(context).values()]
        makes += [partial(embed.embed_matrix, context, 15_000)]
        framed += [partial(lambda one: one().body, made) for made in makes]
        framed.append(partial(lambda of: "".join(one.body for one in embed.embed_gone(of)), context))
    bars = [partial(edit_bar.render_bar, "harbour-tunnel", port) for port in (8123, None)]
    reserved = replace(site, publication=replace(site.publication, licence=RESERVED.id))
    contexts = (Context(one, briefing) for one in (site, in_polish(site), reserved) for briefing in one.briefings)
    printed = [partial(dossier.render_dossier, context) for context in contexts]
    return [*made, *panels, *cards, *framed, *bars, *printed]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The invented briefings, every branch of every template among them."""
    return hostile_sites.everything(tmp_path_factory.mktemp("everything"))


@pytest.mark.slow
def test_every_mutant_fails(site: Site, monkeypatch: pytest.MonkeyPatch, tell: Callable[[str], None]) -> None:
    """Hostile text in any variable of any template is text; were the variable not encoded, the page would differ."""
    bench = Bench()
    makers = pages(site, monkeypatch)
    templates = bench.instrumented()
    for module in (page, problem_panel, claim_card, edit_bar, embed, dossier):
        monkeypatch.setattr(module, "environment", lambda: templates)
    where: dict[int, tuple[int, Make]] = {}
    for make in makers:
        bench.printed.clear()
        size = len(make())
        for number in bench.printed:
            where[number] = min(where.get(number, (size, make)), (size, make), key=lambda one: one[0])
    assert {path.name for path in TEMPLATES.iterdir()} == {name.split(":")[0] for name in bench.names.values()}
    assert {bench.names[n] for n in bench.names if n not in where} == set(), "no page prints these variables"

    wrong, survivors, mutants = [], [], 0
    for bench.at in sorted(where):
        if not any(issubclass(kind, str) and kind is not Markup for kind in bench.kinds[bench.at]):
            assert bench.kinds[bench.at] <= {Markup, int}, bench.names[bench.at]
            continue
        mutants += 1
        bench.put, bench.raw = TOKEN, False
        plain = published_files.read(where[bench.at][1]())
        bench.put = HOSTILE
        if not is_text(bench, where[bench.at][1], plain):
            wrong.append(bench.names[bench.at])
        bench.raw = True
        if is_text(bench, where[bench.at][1], plain):
            survivors.append(bench.names[bench.at])
    assert wrong == []
    assert survivors == []
    tell(f"{mutants} mutants of {len(where)} variables in {len(makers)} pages, none survived")


def is_text(bench: Bench, make: Make, plain: list[published_files.Event]) -> bool:
    """Whether hostile text in a variable is only text in its page, or is refused by an encoder of names."""
    by = bench.checked[bench.at]
    try:
        page = make()
    except ValueError:
        return by == "name" and not bench.raw
    shown = f"-{encode.slug(HOSTILE)}" if by == "slug" else HOSTILE
    return by != "name" and published_files.found(published_files.read(page)) == published_files.expected(
        plain, lambda text: text.replace(TOKEN, shown)
    )


#: The encoders that the program itself calls, and what each must make harmless.
CALLED = {
    **dict.fromkeys(("text", "escape", "_brace", "_double_brace"), HOSTILE), "_clean": "\x01", "protect": "=",
}  # fmt: skip


def only(part: str, *files: Mapping[str, Any]) -> dict[str, str]:
    """The files with a part of their path."""
    return {path: text for some in files for path, text in some.items() if part in path}


def in_both(site: Site, make: Callable[[Site], Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """What is made of a site, and of its briefings in a language that the pages do not speak."""
    yield make(site)
    yield {f"pl/{path}": text for path, text in make(mark_site(in_polish(site))).items()}


def render_feeds(site: Site) -> Mapping[str, Any]:
    """All files of a site."""
    return render_site(site, drafts=True, units={"", *speaker_units(site)})


def render_last(site: Site) -> Mapping[str, Any]:
    """The pages of the last briefing."""
    return briefing_pages(Context(site, tuple(site.briefings)[-1]))


MADE: dict[str, Callable[[Site], dict[str, str]]] = {
    "site.search": lambda site: render_additions(site).documents,
    "site.permalinks": lambda site: render_additions(site).addresses,
    "pages.feeds": lambda site: only(".xml", *in_both(site, render_feeds)),
    "data.tables": lambda site: only(".csv", *(briefing_data(Context(site, one)) for one in site.briefings)),
    "data.citations": lambda site: {f"{b.slug}.bib": citations.render_bibtex(b) for b in site.briefings},
    "text.encode": lambda site: only("topics/", *in_both(site, render_last)),
}


class Calls(ast.NodeTransformer):
    """Wraps each call of an encoder."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """``text(x)`` as ``_hand(7, text, x)``."""
        self.generic_visit(node)
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called not in CALLED or len(node.args) != 1 or ast.unparse(node.func) == "re.escape":
            return node
        self.lines.append(f"{node.lineno}: {ast.unparse(node)}")
        args: list[ast.expr] = [ast.Constant(len(self.lines) - 1), ast.Constant(called), node.func, node.args[0]]
        return ast.copy_location(ast.Call(ast.Name("_hand", ast.Load()), args, []), node)


@pytest.mark.slow
@pytest.mark.parametrize("name", MADE)
def test_every_call_of_an_encoder_is_needed(
    name: str, site: Site, monkeypatch: pytest.MonkeyPatch, tell: Callable[[str], None]
) -> None:
    """Hostile text at any call of an encoder is text; were the call left out, what is published would differ."""
    module = importlib.import_module(f"synoptic.{name}")
    calls = Calls()
    tree = ast.fix_missing_locations(calls.visit(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))))
    at, put, raw = -1, False, False
    seen: set[int] = set()

    def hand(number: int, called: str, encoder: Callable[[Any], str], value: Any) -> str:
        seen.add(number)
        if number == at:
            more = CALLED[called] if put else "" if called == "_clean" else TOKEN
            value = more + str(value or "") if called == "protect" else f"{value}{more}"
        return str(value) if raw and number == at else encoder(value)

    changed: dict[str, Any] = {}
    exec(compile(tree, str(module.__file__), "exec"), dict(vars(module)), changed)
    monkeypatch.setattr(module, "_hand", hand, raising=False)
    for key, new in changed.items():
        old = inspect.unwrap(getattr(module, key)) if inspect.isfunction(new) or hasattr(new, "__wrapped__") else None
        if old is not None and old.__module__ == module.__name__:
            monkeypatch.setattr(old, "__code__", inspect.unwrap(new).__code__)
    make = MADE[name]

    def shows(plain: dict[str, str], hostile: published_files.Put) -> bool:
        try:
            shown = make(site)
            return all(
                published_files.shape(path, text, hostile) == published_files.shape(path, shown[path], str)
                for path, text in plain.items()
            )
        except (ValueError, ElementTree.ParseError):
            return False

    survivors = []
    for at, line in enumerate(calls.lines):  # noqa: B007 - ``hand`` reads it
        called = line.partition(": ")[2].partition("(")[0].rpartition(".")[2]
        hostile = methodcaller("replace", TOKEN, CALLED[called])
        put, raw = False, False
        plain = make(site)
        put = True
        assert shows(plain, hostile), line
        raw = True
        survivors += [line] if shows(plain, hostile) else []
    assert seen == set(range(len(calls.lines)))
    assert survivors == []
    tell(f"{len(calls.lines)} calls of encoders in {name}.py, each needed")
