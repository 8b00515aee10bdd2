"""Pages: views through templates into Markdown files, by path under ``docs/``. Pure but for reading the templates.

A page is Markdown headings with our own ids, and HTML blocks for the rest.
"""

from __future__ import annotations

import functools
import hashlib
import marshal
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import BaseLoader, Environment, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef

from build_tools.base.cache import NO_CACHE, Cache, Keeper, anew, digest, parts, read_files
from build_tools.base.problems import Problem, count, in_order, one_line
from build_tools.base.progress import Each
from build_tools.check.registry import RULES, check_briefing, check_shared
from build_tools.check.rule import rule_id, rule_sentence
from build_tools.compare import ids
from build_tools.compare.summary import credited_speakers, crediting, related_briefings
from build_tools.data import archive, json_api
from build_tools.data import json_ld as linked
from build_tools.model import paging
from build_tools.model.briefing import Briefing
from build_tools.model.history import sheets
from build_tools.model.records import Speaker
from build_tools.model.site import Site
from build_tools.pages import changelog, disagreements, feeds, figures, matrix, receipts, sources, timeline, wordings
from build_tools.pages import source as source_page
from build_tools.pages import speaker as across
from build_tools.pages import topic as topics
from build_tools.pages.briefing import BriefingView, Link, Page, SpeakerView
from build_tools.text.encode import address, finalize, front_matter, json_ld, name, placed, relative, slug, text
from build_tools.text.match import FOLDS

Files = dict[str, str | bytes]
Made = TypeVar("Made")
_TEMPLATES = Path(__file__).with_name("templates")
#: The word lists that the Method page explains.
EXPLAINED = (
    ("Stances", "stances"),
    ("Kinds of claim", "kinds"),
    ("Modes", "modes"),
    ("Silences", "silences"),
)
#: The settings of a page that needs the whole width.
_WIDE: Mapping[str, Any] = {"hide": ["navigation", "toc"]}
#: More than one empty line.
_GAP = re.compile("\n\n\n+")
#: Problems in the panel, at most.
PANEL = 500
#: Rules of reading. What they find is missing from its page, even from a draft's, where it is a warning.
UNREAD = frozenset({"yaml", "file", "key", "value"})


class _Code(CodeGenerator):
    """What a template becomes: all that it prints passes ``finalize``, which Jinja would escape a second time; an
    attribute is that of the object and nothing else, and what is called is called as Python does, macros, too."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        # the two that nearly everything is are told apart here: a function less for each of them
        self.write("(value if (kind := type(value := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(f")) is Markup else environment.text(value) if kind is str else {finalize.src}value))")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802, FBT
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            self.fail("a template calls with arguments that it writes out", node.lineno)
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        if macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs:
            self.fail("a macro names what it is given", macro_ref.node.lineno)
        names = [argument.name for argument in macro_ref.node.args]
        given = "".join(f"{name}=missing, " for name in names)
        self.write(f"(lambda {given}macro=macro: macro({', '.join(names)}))")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        super().return_buffer_contents(frame)  # what a macro gives is markup, and nobody makes it so afterwards


class _Templates(Environment):
    code_generator_class = _Code
    text = staticmethod(text)


@functools.cache
def _environment() -> Environment:
    made = _Templates(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters = {
        "name": name,
        "slug": slug,
        "url": text,
        "json_ld": json_ld,
        "length": len,
        "capitalize": lambda value: value[:1].upper() + value[1:],
    }
    return made


class _Compiled(BaseLoader):
    """All templates as Python, as they were kept."""

    def __init__(self, results: Cache) -> None:
        self._code = results.get_or_make((b"templates",), _compiled)

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> Template:
        """A template by its name."""
        code = marshal.loads(self._code[name])  # noqa: S302 - our own, see ``kept``
        return Template.from_code(environment, code, globals or {})


def _compiled() -> dict[str, bytes]:
    return {
        path.name: marshal.dumps(_environment().compile(path.read_text(encoding="utf-8"), path.name, str(path)))
        for path in sorted(_TEMPLATES.glob("*.j2"))
    }


def _page(here: str, template: str, title: str, description: str, settings: Mapping[str, Any], **views: Any) -> str:
    front = front_matter(title, description, **settings)
    out = placed(_environment().get_template(template).render(front=front, **views), _level(here))
    return _GAP.sub("\n\n", out).strip("\n") + "\n"


def _level(here: str) -> str:
    """A page's address as far as those in it depend on it: of a page of a briefing only how deep it lies there."""
    folders = here.split("/")
    return "/".join([*folders[:2], *("x" for _ in folders[2:-1]), *folders[2:][-1:]])


def site_pages(
    site: Site, problems: Iterable[Problem], *, drafts: bool, results: Cache = NO_CACHE
) -> tuple[Files, frozenset[str], list[Problem]]:
    """Every generated file, by its path under docs/, all at once; the rest as for ``pages_by_briefing``."""
    made, stay, found = pages_by_briefing(site, problems, drafts=drafts, results=results)
    return {path: content for _, files in made for path, content in files.items()}, stay, found


def pages_by_briefing(
    site: Site,
    problems: Iterable[Problem],
    *,
    drafts: bool,
    each: Each = iter,
    results: Cache = NO_CACHE,
    stands: Callable[[str, str], bool] = lambda slug, made_of: False,
) -> tuple[Iterator[tuple[str, Files]], frozenset[str], list[Problem]]:
    """The generated files, briefing by briefing, each made when it is asked for.

    In: the site and what loading found; whether the home page names drafts and examples (it does where
    nobody but the editor sees it); what the list of briefings is passed through; results of earlier runs; whether
    the files of a briefing stand already as they are made from this.
    Out: slug and files by their path under docs/, then ``speakers/`` with the id and files of each named speaker, at
    last under "" those that belong to none; the briefings and speakers whose files are to be left: they stand, or have
    errors; all problems, those of the checks included.
    """
    if results is not NO_CACHE:
        _environment().loader = _Compiled(results)
    made_of = makings(site)
    found = in_order([*problems, *checked(site, made_of, results)])
    errors = [p for p in found if p.level == "error"]
    stay = {p.briefing for p in errors if p.briefing}
    if not all(p.briefing for p in errors):
        stay = set(site.summaries)
    stay |= {slug for slug in site.summaries if slug not in stay and stands(slug, made_of[slug])}
    speakers = {f"{across.INDEX}{one.id}": one for one in credited_speakers(site)}
    stay |= {unit for unit, one in speakers.items() if stands(unit, _making(site, one, made_of))}

    def made() -> Iterator[tuple[str, Files]]:
        pages: dict[str, Page] = {}
        for one in each([one for one in site.summaries if one not in stay]):
            page = pages[one] = Page(site, site.briefing[one])
            yield one, briefing_files(page)
            page.keep_said()
        for unit, speaker in speakers.items():
            if unit not in stay:
                yield unit, dict(speaker_files(site, speaker, pages))
        yield "", dict(common_files(site, drafts=drafts, kept=keeper(made_of, results)))

    return made(), frozenset(stay), found


def checked(site: Site, made_of: Mapping[str, str], results: Cache) -> Iterator[Problem]:
    """What ``check`` finds, of briefings that were checked before as it was found then."""
    for one in site.summaries:
        yield from results.get_or_make(parts("check", made_of[one]), functools.partial(_checked, site, one))
    yield from check_shared(site)


def _checked(site: Site, slug: str) -> list[Problem]:
    return check_briefing(site.briefing[slug], site)


def briefing_files(page: Page) -> Files:
    """All pages and data of one briefing, by path."""
    return {**_pages(page), **briefing_data(page.site, page.briefing)}


def makings(site: Site) -> dict[str, str]:
    """By briefing, all that its problems, pages and data are made from, as a hash: its own files and those of the
    briefings that it is related to, the words, the speakers, which briefings there are, the settings, the past. Under
    "" the same of all that they have in common."""
    record, slugs = site.record, sorted(site.summaries)
    lines = [(speaker, str(speaker.place)) for speaker in site.speakers]  # a problem may name one
    shared = digest(
        parts(sorted(site.files.items()), lines, site.publication, slugs)
        if record is None
        else parts(
            sorted(site.files.items()), lines, site.publication, slugs, record.since, record.unread,
            [change for entry in record.entries for change in entry.changes if not change.briefing],
        )
    )  # fmt: skip
    own, beside = site.briefing.made_of, related_briefings(site)  # type: ignore[attr-defined]
    made = {
        slug: digest(parts(
            slug, shared, own[slug], [own[other] for other in sorted(beside[slug])],
            site.commits.get(slug), record.of(slug) if record else None,
        ))
        for slug in site.summaries
    }  # fmt: skip
    return made | {"": digest(parts(shared, sorted(made.items()), record.entries if record else None))}


def keeper(made_of: Mapping[str, str], results: Cache) -> Keeper:
    """What keeps results under what the briefings were made of. In: that, by id; where they are kept."""

    def kept(what: str, of: Iterable[str], make: Callable[[], Made], *more: Any) -> Made:
        return results.get_or_make(parts(what, [(slug, made_of[slug]) for slug in of], *more), make)

    return kept


def common_files(site: Site, *, drafts: bool, kept: Keeper = anew) -> dict[str, str]:
    """The pages, feeds and data that belong to no briefing and no speaker, by path; ``drafts`` as for
    ``pages_by_briefing``. In, too: what passes on what was made before of the same briefings."""
    views = [
        (one.listed, kept("head", [slug], functools.partial(_head, site, slug))) for slug, one in site.summaries.items()
    ]
    files = {"index.md": home(site, views, drafts=drafts), "method.md": method(site, views)}
    return {**files, **speaker_list(site), **change_pages(site), **json_api.site_files(site, kept)}


def _head(site: Site, slug: str) -> BriefingView:
    return Page(site, site.briefing[slug]).briefing_view()


def home(site: Site, views: Sequence[tuple[bool, BriefingView]], *, drafts: bool) -> str:
    """The home page: the list of briefings. In: each briefing, and whether it is listed."""
    description = "Comparative briefings: who said what, in their own words."
    return _page(
        "", "home.md.j2", "Who said what?", description, _settings(site, None),
        changes=relative("", changelog.INDEX) if site.record and site.record.entries else None,
        briefings=[v for listed, v in views if listed],
        unlisted=[v for listed, v in views if not listed] if drafts else [],
    )  # fmt: skip


def method(site: Site, views: Sequence[tuple[bool, BriefingView]]) -> str:
    """The Method page: the vocabulary, the rules and the table that the program itself uses; who edits what."""
    words = site.vocabulary
    rules = [(rule_id(rule), rule_sentence(rule)) for rule in RULES]
    folds = [
        (title, " ".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in chars), to or "nothing")
        for title, chars, to in FOLDS
    ]
    return _page(
        "method/", "method.md.j2", "Method", "How a briefing is made, and what a tick means.", {"hide": ["navigation"]},
        lists=[(title, getattr(words, key)) for title, key in EXPLAINED],
        verdicts=words.verdicts, folds=folds, rules=rules,
        history=relative("method/", changelog.INDEX) if site.record and site.record.entries else None,
        reach=changelog.reach(site.record) if site.record else "", feeds=feeds.there(site, None),
        briefings=[v for listed, v in views if listed],
    )  # fmt: skip


def speaker_list(site: Site) -> dict[str, str]:
    """The list of the named speakers of the published briefings, and what stands at their old addresses, by path."""
    everyone = [across.one(site, speaker, whole=False) for speaker in credited_speakers(site)]
    most_first = sorted(everyone, key=lambda k: (-k.statements, k.speaker.name))
    what = "Every named speaker of the briefings, and everything credited to them."
    listed = _page(across.INDEX, "site_speakers.md.j2", "Speakers", what, _WIDE, speakers=most_first)
    files = {f"{across.INDEX}index.md": listed}
    for known in everyone:
        for old in known.speaker.was:
            was = across.path_of(old)
            files[f"{was}index.md"] = _page(was, "moved.md.j2", known.speaker.name, "Moved.", _WIDE, old=old, k=known)
    return files


def every_speaker(site: Site, kept: Keeper = anew) -> dict[str, str]:
    """The files of all named speakers, by path. In: what passes on what was made before of the same briefings."""
    files: dict[str, str] = {}
    templates = digest(read_files(_TEMPLATES))  # a server goes on when one is another
    for speaker in credited_speakers(site):
        make, fed = functools.partial(speaker_files, site, speaker), feeds.of_speaker(site, speaker.id)
        files |= kept("speaker", crediting(site, speaker.id), make, speaker.id, fed, templates)
    return files


def speaker_files(site: Site, speaker: Speaker, pages: Mapping[str, Page] | None = None) -> dict[str, str]:
    """The page of a named speaker whom a published briefing carries, with its feed, by path. In, too: views of
    briefings, where there are any already."""
    here, fed = across.path_of(speaker.id), feeds.of_speaker(site, speaker.id)
    known = across.one(site, speaker, whole=True, pages=pages)
    about = f"{speaker.name}: {known.statements} statements, with the articles that carry them."
    settings = {**_WIDE, **({"feed": next(iter(fed))} if fed else {})}
    files = dict(fed)
    of = len(parts := list(across.parts(known)))
    for number, (part, turn) in enumerate(parts, 1):
        at = paging.address(here, number)
        feed = relative(at, settings["feed"]) if fed else None
        title = _part(speaker.name, number, of)
        files[f"{at}index.md"] = _page(
            at, "site_speaker.md.j2", title, about, settings, k=part, feed=feed, t=turn, index=address(across.INDEX)
        )
    return files


def _making(site: Site, speaker: Speaker, made_of: Mapping[str, str]) -> str:
    """All that a speaker's files are made from, as a hash."""
    return digest(
        parts(speaker.id, [made_of[slug] for slug in crediting(site, speaker.id)], feeds.of_speaker(site, speaker.id))
    )


def panel(problems: Sequence[Problem]) -> str:
    """The panel of problems that a browser shows while the site is served; open where something must be mended."""
    found = [str(problem) for problem in problems]
    return _environment().get_template("panel.html.j2").render(
        problems=[
            (p.place, one_line(p.place.path), one_line(p.message), one_line(p.tip), p.level == "warning")
            for p in problems[:PANEL]
        ],
        more=len(problems[PANEL:]),
        total=count(problems),
        errors=any(p.level == "error" for p in problems),
        open=any(p.level == "error" or p.rule in UNREAD for p in problems),
        state=hashlib.sha256("\n".join(found).encode()).hexdigest()[:16],
    )  # fmt: skip


def unready() -> str:
    """What stands, while the site is served, at the address of a page that could never be made."""
    settings = {**_WIDE, "search": {"exclude": True}}
    return _page("", "unready.md.j2", "Not made yet", "A file that this page is made of has a mistake.", settings)


def change_pages(site: Site, briefing: Briefing | None = None) -> dict[str, str]:
    """The change log of a briefing, or of the site, on as many pages as it takes, and its feed; none without a
    history."""
    record = site.record
    entries = (record.of(briefing.slug) if briefing else record.entries) if record else ()
    if not record or not entries:
        return {}
    base = f"briefings/{briefing.slug}/{changelog.INDEX}" if briefing else changelog.INDEX
    settings = _settings(site, briefing)
    files = dict(feeds.of_briefing(site, briefing) if briefing else feeds.of_site(site))
    for number in range(len(sheets(entries)) + 1):
        here = f"{base}{number}/" if number else base
        what = f"What changed{f', page {number}' if number else ''}"
        files[f"{here}index.md"] = _page(
            here,
            "changelog.md.j2",
            f"{what} · {briefing.file.title}" if briefing else f"{what} on this site",
            "Every change of meaning since publication, with the words before and after.",
            settings,
            b=Page(site, briefing).briefing_view("Changes") if briefing else None,
            log=changelog.log(site, record, entries, here, base, number),
            feed=relative(here, settings["feed"]) if "feed" in settings else None,
        )
    return files


def _settings(site: Site, briefing: Briefing | None) -> dict[str, Any]:
    """The settings of a page of a briefing (None: of the site): what is not listed no search engine should list, and
    what is has its feed."""
    settings = {**_WIDE}
    if briefing and not briefing.listed:
        settings |= {"robots": "noindex"}
    elif feeds.there(site, briefing):
        settings |= {
            "feed": f"briefings/{briefing.slug}/{feeds.FILE}" if briefing else f"{changelog.INDEX}{feeds.FILE}"
        }
    return settings


def briefing_data(site: Site, briefing: Briefing) -> dict[str, str | bytes]:
    """All data of one briefing, by its path in the site."""
    base = f"briefings/{briefing.slug}/"
    return {
        **json_api.briefing_files(site, briefing),
        f"{base}annotations.jsonld": linked.annotated(site, briefing),
        f"{base}{briefing.slug}.zip": archive.zipped(site, briefing),
    }


def briefing_pages(site: Site, briefing: Briefing) -> dict[str, str]:
    """The pages of one briefing."""
    return _pages(Page(site, briefing))


def _pages(page: Page) -> dict[str, str]:
    site, briefing, base = page.site, page.briefing, page.base
    settings = _settings(site, briefing)
    title = briefing.file.title
    files: dict[str, str] = {}

    def add(path: str, template: str, part: str, heading: str, *, whole: bool = False, **views: Any) -> None:
        here = base if path == "index" else f"{base}{path.removesuffix('/index')}/"
        files[f"{here}index.md"] = _page(
            here,
            template,
            title if path == "index" else f"{heading} · {title}",
            briefing.file.question if path == "index" else f"{heading}. {briefing.file.question}",
            settings,
            b=page.briefing_view(part, whole=whole),
            **views,
        )

    def add_parts(at: str, template: str, part: str, heading: str, parts: Iterable[Any], **views: Any) -> None:
        of = len(parts := list(parts))
        for number, one in enumerate(parts, 1):
            shown = _part(heading, number, of)
            path = paging.address(at, number).removesuffix("/")
            add(path, template, part, shown, m=one, **views)

    add("index", "overview.md.j2", "Overview", title, whole=True)
    for by, heading in (("source", "Who said what"), ("speaker", "Who said what, by speaker")):
        add_parts(matrix.BASES[by], "matrix.md.j2", "Matrix", heading, matrix.parts(page, by))
    add("topics/index", "topics.md.j2", "Topics", "Topics", whole=True)
    add("sources/index", "sources.md.j2", "Sources", "Sources", whole=True, voices=sources.voices(page))
    add_parts(disagreements.BASE, "disagreements.md.j2", "Disagreements", "Disagreements", disagreements.parts(page))
    add("speakers/index", "speakers.md.j2", "Speakers", "Speakers", groups=_groups(page))
    for speaker in page.speakers_said():
        said = across.within(page, speaker)
        add_parts(f"speakers/{speaker.id}/", "speaker.md.j2", "Speakers", speaker.name, said, v=speaker)
    if briefing.events:
        add("timeline", "timeline.md.j2", "Timeline", "Timeline", t=timeline.timeline(page))
    if briefing.figures:
        add("figures", "figures.md.j2", "Figures", "Figures",
            measures=figures.figures(page), parts=figures.exactness(page))  # fmt: skip
    if any(statement.utterance for _, statement in briefing.statements):
        add("wordings", "wordings.md.j2", "Wordings", "Wordings", utterances=wordings.wordings(page))
    for number, topic in enumerate(briefing.file.topics):
        add_parts(f"topics/{topic.id}/", "topic.md.j2", "Topics", topic.title, topics.parts(page, number))
    for source in briefing.sources:
        add(
            f"sources/{source.id}", "source.md.j2", "Sources", source.name,
            s=page.source_whole(source), h=source_page.hanging(page, source), m=source_page.text_map(page, source),
            ld=linked.article(site, briefing, source, f"{base}sources/{source.id}/"),
        )  # fmt: skip
        add(
            f"receipts/{source.id}", "receipts.md.j2", "Sources", f"Receipts: {source.name}",
            receipts=receipts.receipts(page, source), s=page.source(source),
        )  # fmt: skip
    add("data", "data.md.j2", "Data", "Data", groups=_downloads(briefing),
        ld=linked.dataset(site, briefing, f"{base}data/"))  # fmt: skip
    if ids.moved(briefing, site):
        add("gone", "gone.md.j2", "", "What moved or is gone", gone=changelog.explained(page),
            what="What moved or is gone", one=False)  # fmt: skip
    for one in ids.moved(briefing, site):
        for path in _old_addresses(one):
            if f"{base}{path}/index.md" not in files:
                what = "Moved" if one.now else "Gone"
                add(path, "gone.md.j2", "", what, gone=changelog.explained(page, one), what=what, one=True)
    return files | change_pages(site, briefing)


def _part(title: str, number: int, of: int) -> str:
    return f"{title}, part {number} of {of}" if of > 1 else title


def _old_addresses(one: ids.Moved) -> tuple[str, ...]:
    """The pages that something had which is no more; claims and statements are parts of pages."""
    folders = {"source": ("sources", "receipts"), "topic": ("topics",), "speaker": ("speakers",)}
    return tuple(f"{folder}/{one.old}" for folder in folders.get(one.subject, ()))


def _downloads(briefing: Briefing) -> Sequence[tuple[str, str, Sequence[tuple[Link, str]]]]:
    """The files of the briefing's data in the groups of the page Data: title, anchor, link and use of each."""
    found = json_api.offered(briefing)
    groups = (
        ("For a spreadsheet", "tables", ".csv"),
        ("For programs", "json", ".json"),
        ("For citation programs", "citations", (".bib", ".csl.json")),
        ("For annotation programs", "annotations", ".jsonld"),
        ("To build it again", "zip", ".zip"),
    )
    shown = []
    for title, anchor, ends in groups:
        mine = [(path, use) for _, path, use in found if path.endswith(ends)]
        if ends == ".json":
            mine = [(path, use) for path, use in mine if not path.endswith(".csl.json")]
        links = [(Link(path.rpartition("/")[2], address(path)), use) for path, use in mine]
        shown.append((title, anchor, links))
    return shown


def _groups(page: Page) -> Sequence[tuple[str, str, Sequence[SpeakerView]]]:
    found = page.speakers_said()
    return (
        ("Named", "named", [v for v in found if not v.unnamed]),
        ("Unnamed", "unnamed", [v for v in found if v.unnamed]),
    )
