"""The command line: ``python -m build_tools COMMAND``. Reads arguments, calls the pure parts, writes, reports.

Exit codes: 0 all is well (warnings allowed), 1 problems were found or a command could not do its work, 2 the
command was not understood.
Of ``diff``: 0 compared, 1 only with --exit-code: there are changes, 2 could not be compared.
"""

from __future__ import annotations

import argparse
import datetime
import gc
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from build_tools.article import blocks
from build_tools.article import read as document
from build_tools.authoring import layout, scaffold, schema
from build_tools.base.cache import FOLDER, NO_CACHE, Cache, without_gc
from build_tools.base.errors import Refused
from build_tools.base.problems import Problem, filter_problems, make_printable, sort_problems, to_one_line
from build_tools.base.progress import progress
from build_tools.base.write import create_folder, write_file, write_tree
from build_tools.check import report, rules_page
from build_tools.check.against import check_copy, measure_likeness
from build_tools.check.registry import check, check_briefing
from build_tools.compare import ids, lock
from build_tools.compare.statements import quotations_of
from build_tools.data import json_api
from build_tools.history import log, revisions
from build_tools.history import report as diff_report
from build_tools.load.files import Disk, Tree
from build_tools.load.git import GitFault, Repository
from build_tools.load.load import BASE, MAX_TEXT, Loading, article_folders, kept_text, load, sha256, written_files
from build_tools.model.briefing import UNREADABLE, Briefing
from build_tools.model.change import Comparison
from build_tools.model.lock import Lock, Register
from build_tools.model.records import Source
from build_tools.model.site import Site
from build_tools.model.values import LANGUAGE, UNKNOWN, id_fault, is_url
from build_tools.pages import briefing_pages, render
from build_tools.site import pagefind, permalinks, preview, search, swap
from build_tools.site.freshness import Standing
from build_tools.site.generated_files import write_generated
from build_tools.site.guard import guard_site
from build_tools.text.english import plural
from build_tools.text.match import Text
from build_tools.text.unicode import remove_unfit


class NotCompared(Refused):
    """Why two revisions cannot be compared."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code=2)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Out: the exit code."""
    parser = _parser()
    options = parser.parse_args(argv)
    root = Path(options.root)
    if not (root / "briefings").is_dir():
        parser.error(
            f"there is no folder briefings in {root.resolve()}; run this in the project's folder, or give --root"
        )
    try:
        with without_gc():  # what a command makes it needs to its end
            code = int(options.run(root, options))
        sys.stdout.flush()
        return code
    except Refused as refusal:
        print(make_printable(f"{refusal}"), file=sys.stderr)
        return refusal.code
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing is left to be written at the end
        return 0
    except OSError as error:
        print(make_printable(f"{error.filename or 'a file'}: {error.strerror or error}"), file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m build_tools", description="Comparative briefings from YAML.")
    parser.add_argument("--root", default=".", help="the project's folder (default: this one)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    new = commands.add_parser("new", help="begin a briefing as a draft")
    new.add_argument("slug", help="its folder name: small letters, digits, hyphens")
    new.set_defaults(run=_new)

    ingest = commands.add_parser("ingest", help="begin a source from an article: text, Markdown or HTML")
    ingest.add_argument("file", type=Path, help="the article: .txt (one paragraph a line), .md or .html")
    ingest.add_argument("--briefing", required=True, metavar="SLUG")
    ingest.add_argument("--id", help="the source's id (default: from its title)")
    ingest.add_argument("--lang", type=_language, help="its language (default: as it declares, else en)")
    ingest.set_defaults(run=_ingest)

    suggesting = commands.add_parser("suggest", help="propose what no statement of a briefing covers yet")
    suggesting.add_argument("--briefing", required=True, metavar="SLUG")
    suggesting.add_argument("--source", metavar="ID", help="one source (default: all whose texts are at hand)")
    suggesting.add_argument("--format", choices=("text", "yaml", "json"), default="text", help="default: text")
    suggesting.set_defaults(run=_suggest)

    locking = commands.add_parser("lock", help="check every quotation against the texts at hand and record it")
    locking.add_argument("slug", nargs="?", help="one briefing (default: all)")
    locking.add_argument("--by", metavar="NAME", help="who checks (default: the name Git knows)")
    locking.set_defaults(run=_lock)

    checking = commands.add_parser("check", help="find everything that is wrong")
    checking.add_argument("slug", nargs="?", help="one briefing (default: all)")
    checking.add_argument(
        "--against", type=Path, metavar="FILE", help="try the quotations on your own copy of an article"
    )
    checking.add_argument("--source", metavar="ID", help="with --against: whose copy it is (default: the likest)")
    checking.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help="text, JSON, or GitHub's annotations"
    )
    checking.add_argument("--fix", action="store_true", help="first mend what has one right answer, and say so")
    checking.set_defaults(run=_check)

    formatting = commands.add_parser("fmt", help="put the YAML that people write into its one canonical form")
    formatting.add_argument("slugs", nargs="*", metavar="SLUG", help="some briefings (default: all, and the speakers)")
    formatting.add_argument("--check", action="store_true", help="change nothing; exit 1 where something would change")
    formatting.set_defaults(run=_fmt)

    describing = commands.add_parser("schema", help="write the JSON Schemas by which editors complete and underline")
    describing.add_argument("--out", type=Path, metavar="DIR", help=f"default: {schema.FOLDER}")
    describing.set_defaults(run=_schema)

    listing = commands.add_parser("rules", help="write the page that lists every rule with its examples")
    listing.add_argument("--out", type=Path, metavar="FILE", help=f"default: {rules_page.PAGE}")
    listing.set_defaults(run=_rules)

    diffing = commands.add_parser("diff", help="what changed in meaning between two Git revisions")
    diffing.add_argument("base", help="a branch, tag or commit")
    diffing.add_argument("head", nargs="?", help="another one (default: the files as they are now)")
    diffing.add_argument("--format", choices=("text", "markdown", "json"), default="text", help="default: text")
    diffing.add_argument("--briefing", metavar="SLUG", help="one briefing (default: all, and what they share)")
    diffing.add_argument("--merge-base", action="store_true", help="compare with where HEAD parted from BASE")
    diffing.add_argument("--exit-code", action="store_true", help="end with 1 where anything changed in meaning")
    diffing.set_defaults(run=_diff)

    exporting = commands.add_parser("export", help="write the data of all briefings, as the site publishes it")
    exporting.add_argument("--out", type=Path, required=True, metavar="DIR")
    exporting.set_defaults(run=_export)

    previewing = commands.add_parser("preview", help="build a stranger's briefings with this checkout's own program")
    previewing.add_argument(
        "--data", type=Path, required=True, metavar="PATH", help="a folder briefings, or a checkout that holds one"
    )
    previewing.add_argument("--check", action="store_true", help="only check and build; serve nothing")
    previewing.add_argument("--site-dir", type=Path, metavar="DIR", help="keep the built site in a new folder")
    previewing.add_argument("--port", type=_port, default=0, help="where to serve it (default: any free port)")
    previewing.add_argument(
        "--base", type=Path, default=preview.HOME, metavar="PATH", help="what to compare with (default: this checkout)"
    )
    previewing.add_argument("--format", choices=("text", "github"), default="text", help="default: text")
    previewing.set_defaults(run=_preview)

    rendering = commands.add_parser("render", help="write the pages under docs/ for MkDocs or any other builder")
    rendering.set_defaults(run=_render)

    publishing = commands.add_parser("site", help="build the site aside and put it into site/ in one step")
    publishing.set_defaults(run=_publish)

    indexing = commands.add_parser(
        "index", help="make the search index of a site that another builder than MkDocs built"
    )
    indexing.add_argument("site", type=Path, metavar="SITE_DIR", help="the built site's folder")
    indexing.set_defaults(run=_index)
    redirecting = commands.add_parser(
        "redirects", help="add the claims' permanent addresses to a built site (MkDocs does so itself)"
    )
    redirecting.add_argument("site", type=Path, metavar="SITE_DIR", help="the built site's folder")
    redirecting.set_defaults(run=_redirects)
    guarding = commands.add_parser(
        "guard", help="put the policy into every page of a built site and look for what no page may hold (the same)"
    )
    guarding.add_argument("site", type=Path, metavar="SITE_DIR", help="the built site's folder")
    guarding.set_defaults(run=_guard)
    return parser


def _language(value: str) -> str:
    if not re.fullmatch(LANGUAGE, value):
        raise argparse.ArgumentTypeError(f'"{value}" is no language tag, as en or fr-CA')
    return value


def _port(value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value) < 65536):
        raise argparse.ArgumentTypeError(f'"{value}" is no port: a number from 0 (any) to 65535')
    return int(value)


def _load(root: Path, results: Cache = NO_CACHE) -> tuple[Site, list[Problem]]:
    site, problems = load(root, article_folders(os.environ), partial(progress, "reading"), results)
    if site is None:
        raise Refused("\n".join(str(p) for p in sort_problems(problems)))
    return site, problems


def _briefing(site: Site, problems: Sequence[Problem], slug: str) -> Briefing:
    found = next((b for b in site.briefings if b.slug == slug), None)
    if found is None:
        mine = [str(p) for p in problems if p.place.path.startswith(f"briefings/{slug}/")]
        known = ", ".join(b.slug for b in site.briefings) or "none yet"
        raise Refused("\n".join([*mine, f'there is no readable briefing "{slug}" (known: {known})']))
    return found


def _report(problems: Sequence[Problem], what: str) -> int:
    """Say the problems: in groups on a terminal, else a line each. Out: the exit code."""
    if sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        print(report.render_groups(problems, what, colour=not os.environ.get("NO_COLOR")), end="")
    else:
        print(report.render_lines(problems, what), end="")
    return _code(problems)


def _code(problems: Sequence[Problem]) -> int:
    return int(any(p.level == "error" for p in problems))


def _report_as(form: str, problems: Sequence[Problem], what: str, texts: dict[str, int], fixed: Sequence[str]) -> int:
    """The same in the format that was asked for, and what was fixed."""
    if form == "json":
        print(report.render_json(problems, texts, fixed), end="")
        return _code(problems)
    for line in fixed:
        print(to_one_line(line))
    if form == "text":
        return _report(problems, what)
    told, rest = report.render_github(problems, what)
    print(told, end="")
    if rest and (summary := os.environ.get("GITHUB_STEP_SUMMARY")):
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(rest)
    elif rest:  # not on GitHub: nobody may miss them
        print(report.render_lines(problems, what), end="")
    return _code(problems)


def _new(root: Path, options: argparse.Namespace) -> int:
    if fault := id_fault(options.slug):
        raise Refused(f'the name "{options.slug}" {fault}')
    folder = root / "briefings" / options.slug
    if folder.exists():
        raise Refused(f"briefings/{options.slug} is there already; nothing was changed")
    with create_folder(folder, root) as part:  # one left in briefings/ would be taken for a briefing
        for name, content in scaffold.briefing_files(options.slug).items():
            write_file(part / name, content)
        for name in ("sources", "claims"):
            (part / name).mkdir()
    print(f"briefings/{options.slug}/ is a draft now. Next:")
    print(f"  python -m build_tools ingest FILE --briefing {options.slug}    (for each article)")
    return 0


def _article(path: Path) -> tuple[bytes, blocks.Article]:
    """An article's bytes, and the article: a regular file of moderate size, of a kind that can be read."""
    if not path.is_file() or path.stat().st_size > MAX_TEXT:
        raise Refused(f"{path}: not a file, or larger than {MAX_TEXT:,} bytes")
    data = path.read_bytes()
    try:
        return data, document.read(data, path.suffix)
    except document.Unreadable as fault:
        raise Refused(f"{path}: {fault}") from None


def _clean(read: blocks.Article) -> blocks.Article:
    """What an article states of itself, without invisible characters, and nothing too long to be a title."""

    def fit(value: str, otherwise: str = UNKNOWN) -> str:
        shown = " ".join(remove_unfit(" ".join(value.split())).split())
        return shown if 0 < len(shown) <= 500 else otherwise

    return replace(
        read,
        title=fit(read.title),
        author=fit(read.author),
        outlet=fit(read.outlet),
        url=read.url if is_url(read.url) else "",
        licence=fit(read.licence, ""),
    )


def _ingest(root: Path, options: argparse.Namespace) -> int:
    path: Path = options.file
    site, problems = _load(root)
    briefing = _briefing(site, problems, options.briefing)
    data, found = _article(path)
    if fault := document.stub(found, path.suffix):
        raise Refused(f"{path}: {fault}")
    text, read = Text(found.blocks), _clean(found)
    name = options.id or scaffold.source_id(read, path.stem)
    if fault := id_fault(name):
        raise Refused(f'the id "{name}" {fault}; give another with --id')
    sha = sha256(data)
    twin = next((n for n, found in briefing.locks.items() if found.sha256 == sha), None)
    if twin is not None and twin != name and options.id is None:
        name = twin
    if twin not in (None, name):
        raise Refused(f'this text is the source "{twin}" already; nothing was changed')
    folder = root / "briefings" / briefing.slug
    known, source = briefing.locks.get(name), folder / "sources" / f"{name}.yml"
    if known is not None and known.sha256 != sha:
        if options.id is None:
            raise Refused(f'the id "{name}" is taken by another text; give this one its own with --id')
        raise Refused(
            f'the source "{name}" was locked from another text; nothing was changed.\n'
            f"A changed text is a new source: ingest it with --id {name}-2, and say in about: how the two differ."
        )
    begun = scaffold.source_file(read, options.lang or "")
    if known is None and source.exists() and source.read_bytes() != begun.encode():
        raise Refused(
            f"{source.relative_to(root)} is there without a lock; run: python -m build_tools lock {briefing.slug}"
        )
    changed = write_file(folder / "articles" / f"{name}{path.suffix.lower()}", data)
    if known is None:
        changed |= write_file(source, begun)
        fresh = Lock(sha256=sha, words=len(text.spans), blocks=len(text.blocks))
        changed |= write_file(source.with_suffix(".lock"), lock.dump(fresh))
    print(f"{source.relative_to(root).as_posix()}: {'written' if changed else 'nothing to change'}")
    if known is not None:
        return 0
    for number, (kind, block) in enumerate(zip(read.kinds, read.blocks, strict=True), 1):
        print(make_printable(f"  {number:3} {kind:<13} {block[:60]}"))
    for key in ("title", "author", "outlet", "published", "url", "lang", "licence"):
        print(make_printable(f"  {key}: {getattr(read, key) or 'not stated'}"))
    print(
        f"Mend a wrong kind in that file. Then write claims, and: python -m build_tools lock {briefing.slug} --by NAME"
    )
    from build_tools.suggest import draft  # slow to load, and two commands need it

    touched = draft.touched_blocks(briefing, name)
    print(
        f"covered: {len(touched)} of {len(text.blocks)} paragraphs; "
        f"next: python -m build_tools suggest --briefing {briefing.slug} --source {name}"
    )
    return 0


def _suggest(root: Path, options: argparse.Namespace) -> int:
    from build_tools.suggest import draft  # as above

    site, problems = _load(root)
    briefing = _briefing(site, problems, options.briefing)
    if options.source is not None and options.source not in briefing.source:
        known = ", ".join(briefing.source) or "none yet"
        raise Refused(f'there is no source "{options.source}" in {briefing.slug} (known: {known})')
    chosen = [s for s in briefing.sources if options.source in (None, s.id)]
    missing = [s.id for s in chosen if s.id not in briefing.texts]
    if missing:
        where = f"briefings/{briefing.slug}/articles/, or in a folder that SYNOPTIC_ARTICLES names"
        tip = f"put it, unaltered, into {where}"
        told = f"the text of {', '.join(missing)} is not at hand; {tip}"
        if len(missing) == len(chosen):
            raise Refused(told)
        print(make_printable(told), file=sys.stderr)
    chosen = [s for s in chosen if s.id in briefing.texts]

    found = [one for s in chosen for one in draft.suggest(briefing, s, site)]
    if options.format == "json":
        print(draft.as_json(found), end="")
    elif options.format == "yaml":
        print(draft.as_yaml(briefing, site, found), end="")
    else:
        print(make_printable(draft.as_text(briefing, chosen, found)), end="")
    return 0


def _lock(root: Path, options: argparse.Namespace) -> int:
    site, problems = _load(root)
    chosen = [_briefing(site, problems, options.slug)] if options.slug else list(site.briefings)
    found = filter_problems(problems, options.slug)
    today = datetime.date.today().isoformat()
    for loaded in progress("locking", chosen):
        briefing, shas = _with_kept_texts(root, loaded)
        if UNREADABLE in briefing.broken:
            print(f"{briefing.slug}: a file of it cannot be read; its locks were left as they were")
            continue
        fresh: dict[str, Lock] = {}
        for source in briefing.sources:
            old, text = briefing.locks.get(source.id), briefing.texts.get(source.id)
            sha = shas.get(source.id) or (old.sha256 if old else "")
            if text is None:
                print(f"{briefing.slug}/{source.id}: its text is not at hand; left as it was")
                continue
            made = lock.make(briefing, source, text, sha, site.vocabulary)
            unchanged = old is not None and old.checked_by and lock.content(made) == lock.content(old)
            by = (old.checked_by if old and unchanged else options.by or _git_name(root)) or ""
            if not by:
                raise Refused("say who checks: python -m build_tools lock --by NAME")
            fresh[source.id] = lock.sign(made, old, by, today)
            changed = write_file(
                root / "briefings" / briefing.slug / "sources" / f"{source.id}.lock",
                lock.dump(fresh[source.id]),
            )
            if options.by and unchanged and options.by != by:
                print(make_printable(f"{briefing.slug}/{source.id}: nothing changed, so {by} stays its checker"))
            signed = f"checked by {fresh[source.id].checked_by} on {fresh[source.id].checked_on}"
            print(
                make_printable(
                    f"{briefing.slug}/{source.id}: {plural(len(made.quotes), 'quotation')}, "
                    f"{signed}{'' if changed else ' (unchanged)'}"
                )
            )
        after = replace(briefing, locks={**briefing.locks, **fresh})
        if not briefing.draft:
            known = ids.make(after, _published(root, briefing))
            if write_file(root / "briefings" / briefing.slug / ids.FILE, ids.dump(known)):
                print(f"{briefing.slug}/{ids.FILE}: {sum(len(getattr(known, s)) for s in ids.SORTS)} ids")
        found.extend(p for p in check_briefing(after, site) if p.rule in ("quotation", "left-out", "searched"))
    return _report(sort_problems(found), "lock")


def _with_kept_texts(root: Path, briefing: Briefing) -> tuple[Briefing, dict[str, str]]:
    """The briefing with the texts that its folder keeps and no lock names yet, and their SHA-256 by source."""
    shas: dict[str, str] = {}
    texts = dict(briefing.texts)
    for source in briefing.sources:
        old, kept = briefing.locks.get(source.id), kept_text(root / "briefings" / briefing.slug, source.id)
        if source.id not in texts and kept and (old is None or sha256(kept.read_bytes()) == old.sha256):
            data, read = _article(kept)  # says why, where it cannot be read
            shas[source.id], texts[source.id] = sha256(data), Text(read.blocks)
    return replace(briefing, texts=texts), shas


def _published(root: Path, briefing: Briefing) -> Register | None:
    """The register as it was committed last, so that an id which nobody else has seen is not kept; without Git, the
    one on disk."""
    try:
        with Repository(root) as repository:
            tree = repository.revision(repository.commit("HEAD"))
            if not tree.names(BASE):  # a project that this repository does not keep
                return briefing.register
            found = Loading(tree).briefing(briefing.slug) if tree.kind(BASE / briefing.slug) == "folder" else None
    except GitFault:
        return briefing.register
    return found.register if found else None


def _git_name(root: Path) -> str:
    """The name Git would sign with, or nothing."""
    try:
        asked = subprocess.run(["git", "config", "user.name"], cwd=root, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return asked.stdout.strip()


def _check(root: Path, options: argparse.Namespace) -> int:
    if options.against and options.fix:
        raise Refused("--fix mends the briefings and --against tries a copy of an article: give one of them")
    if options.against:
        return _check_against(*_load(root), options)
    if options.slug and (id_fault(options.slug) or not (root / "briefings" / options.slug).is_dir()):
        _briefing(*_load(root), options.slug)
    fixed = _fix(root, options.slug) if options.fix else []
    site, problems = load(root, article_folders(os.environ), partial(progress, "reading"))
    found = filter_problems(sort_problems([*problems, *(check(site) if site else ())]), options.slug)
    at_hand, of = (
        (sum(len(b.texts) for b in site.briefings), sum(len(b.sources) for b in site.briefings)) if site else (0, 0)
    )
    what = f"check ({at_hand} of {of} texts at hand)"
    return _report_as(options.format, found, what, {"at_hand": at_hand, "of": of}, fixed)


def _fix(root: Path, slug: str | None) -> list[str]:
    """Mend what has one right answer: take out what is not needed any more, and lay out the files. Out: what was
    done, a line each. What taking one thing out makes needless in turn is taken out as well."""
    done: list[str] = []
    for _ in range(5):
        site, problems = load(root, article_folders(os.environ))
        found = [p for p in sort_problems([*problems, *(check(site) if site else ())]) if p.remove]
        changed = False
        for path in written_files(root, [slug] if slug else []):
            shown, data = path.relative_to(root).as_posix(), path.read_bytes()
            mine = [p for p in found if p.remove and p.remove.path == shown]
            places = frozenset((p.remove.line, p.remove.column) for p in mine if p.remove)
            try:
                laid_out, made = layout.canonical(data, shown), layout.canonical(data, shown, places)
            except layout.Unformattable:
                continue  # check says why
            if write_file(path, made):
                changed = True
                done += [f"{shown}:{p.place.line}:{p.place.column}: removed: {p.message}" for p in mine]
                done += [f"{shown}: put into its canonical form"] if laid_out.encode() != data else []
        if not changed:
            break
    return done


def _check_against(site: Site, problems: Sequence[Problem], options: argparse.Namespace) -> int:
    path: Path = options.against
    text = Text(_article(path)[1].blocks)
    chosen = [_briefing(site, problems, options.slug)] if options.slug else site.briefings
    pairs: list[tuple[Briefing, Source]] = [(b, s) for b in chosen for s in b.sources if options.source in (None, s.id)]
    if not pairs:
        known = ", ".join(s.id for b in chosen for s in b.sources) or "none yet"
        raise Refused(f'there is no source "{options.source or ""}" (known: {known})')
    briefing, source = max(pairs, key=lambda pair: measure_likeness(text, *pair))
    if options.source is None and measure_likeness(text, briefing, source) == 0:
        raise Refused(f"{path}: no quotation stands in it; name the source it is a copy of with --source ID")
    total = len(quotations_of(briefing, source.id))
    found = check_copy(briefing, source, text, site)
    print(
        make_printable(
            f"{path} as a copy of {briefing.slug}/{source.id}: {total - len(found)} of {total} quotations stand in it"
        )
    )
    return _report_as(options.format, found, "check --against", {"at_hand": 1, "of": 1}, ())


def _fmt(root: Path, options: argparse.Namespace) -> int:
    for slug in options.slugs:
        if id_fault(slug) or not (root / "briefings" / slug).is_dir():
            raise Refused(f'there is no briefing "{slug}"; nothing was changed')
    found: list[Problem] = []
    changed = 0
    for path in written_files(root, options.slugs):
        shown, data = path.relative_to(root).as_posix(), path.read_bytes()
        try:
            made = layout.canonical(data, shown)
        except layout.Unformattable as fault:
            found.extend(fault.problems)
            continue
        if made.encode() != data:
            changed += 1
            print(f"{shown}: {'is not in its canonical form' if options.check else 'put into its canonical form'}")
            if not options.check:
                write_file(path, made)
    if options.check and changed:
        print("run: python -m build_tools fmt")
    return _report(sort_problems(found), f"fmt ({changed} {'to change' if options.check else 'changed'})") or int(
        options.check and changed > 0
    )


def _schema(root: Path, options: argparse.Namespace) -> int:
    site, _ = _load(root)
    folders = ((options.out, options.out / "data")) if options.out else (root / schema.FOLDER, root / schema.DATA)
    kinds = (schema.files(site.vocabulary), schema.data_files(site.vocabulary))
    made = [(folder / name, text) for folder, files in zip(folders, kinds, strict=True) for name, text in files.items()]
    changed = sum(write_file(path, text) for path, text in made)
    print(f"{len(made)} schemas, {changed} changed")
    return 0


def _rules(root: Path, options: argparse.Namespace) -> int:
    path = options.out or root / rules_page.PAGE
    changed = write_file(path, rules_page.render_page())
    print(f"{len(rules_page.list_rules())} rules{'' if changed else ', unchanged'}")
    return 0


def _diff(root: Path, options: argparse.Namespace) -> int:
    try:
        with Repository(root) as repository:
            found, compared = _compared(root, options, repository)
    except GitFault as fault:
        raise NotCompared(str(fault)) from None
    shown = {"text": diff_report.text, "markdown": diff_report.markdown, "json": diff_report.as_json}[options.format]
    for piece in shown(found, compared):
        print(piece, end="")
    return int(bool(options.exit_code and (found.changes or found.skipped)))


def _compared(
    root: Path, options: argparse.Namespace, repository: Repository
) -> tuple[Comparison, diff_report.Compared]:
    base = repository.commit(options.base)
    head = repository.commit(options.head or "HEAD")
    if options.merge_base:
        base = repository.fork(base, head)
    authors = dict(repository.authors(base, head))
    before = repository.revision(base)
    after: Tree = repository.revision(head) if options.head else Disk(root)
    if not options.head:
        for path, names in revisions.find_uncommitted(repository, root).items():
            authors[path] = authors.get(path, frozenset()) | names
    slug = options.briefing
    if slug is not None and all(tree.kind(BASE / slug) != "folder" for tree in (before, after)):
        raise NotCompared(f'there is no briefing "{slug}" on either side')
    notes = ("This clone is shallow: who wrote what is known only as far as it reaches.",) if repository.shallow else ()
    found = revisions.compare_trees(before, after, authors, slug, partial(progress, "comparing"))
    return found, diff_report.Compared(options.base, base, options.head or "", head if options.head else "", notes)


def _export(root: Path, options: argparse.Namespace) -> int:
    site, problems = _load(root)
    site = log.told(site, root)

    def put(files: Mapping[str, str | bytes]) -> int:
        for name, content in files.items():
            write_file(options.out / name, content)
        return len(files)

    each = progress("exporting", site.briefings)  # never all at once
    count = put(json_api.site_files(site)) + sum(put(briefing_pages.briefing_data(site, briefing)) for briefing in each)
    print(f"{options.out}: {count} files; begin with {options.out / 'api/v1/index.json'}")
    errors = [p for p in problems if p.level == "error"]
    return _report(errors, "export") if errors else 0


def _render(root: Path, options: argparse.Namespace) -> int:
    results = Cache(root / FOLDER / "made")
    site, problems = _load(root, results)
    site = log.told(site, root)
    each = partial(progress, "rendering")
    standing = Standing(root / "docs", results)
    made, stay, found = render.pages_by_briefing(
        site, problems, drafts=False, each=each, results=results, stands=standing.there
    )
    if any(problem.level == "error" for problem in found):  # nothing is written, as by a build
        results.save()
    else:
        changed = write_generated(root / "docs", made, stay, standing.note)
        print(f"{plural(changed, 'file')} changed")
        results.prune()
    return _report(found, "render")


def _redirects(root: Path, options: argparse.Namespace) -> int:
    if not (options.site / "index.html").is_file():
        raise Refused(f"{options.site} holds no built site: there is no index.html in it; nothing was written")
    site, _ = _load(root)
    pages = permalinks.render_permalinks(site)
    changed = write_tree(options.site / permalinks.FOLDER, pages)
    print(f"{len(pages)} permanent addresses, {changed} changed")
    return 0


def _publish(root: Path, options: argparse.Namespace) -> int:
    if root.resolve() != preview.HOME:
        raise Refused(f"building runs what lies in the folder; for a stranger's there is preview. Ours: {preview.HOME}")
    try:
        swap.publish(root)
    except KeyboardInterrupt:
        print("stopped; the site is the one before", file=sys.stderr)
        return 130
    print(f"built: {root / swap.SITE}")
    return 0


def _guard(root: Path, options: argparse.Namespace) -> int:
    _, found = guard_site(options.site)
    return _report([replace(p, place=replace(p.place, path=f"{options.site}/{p.place.path}")) for p in found], "guard")


def _preview(root: Path, options: argparse.Namespace) -> int:
    if root.resolve() != preview.HOME:
        raise Refused(f"all but the data comes from the program's own checkout: run preview in {preview.HOME}")
    into: Path | None = options.site_dir
    if into is not None and os.path.lexists(into):
        raise Refused(f"{into} is there already; nothing was changed")
    taken = preview.take(options.data)
    if taken.refused:
        return _report_as(options.format, sort_problems(taken.refused), "preview: nothing was built", {}, ())
    try:
        with preview.fresh_folder() as fresh:
            return _previewed(taken, fresh, into, options)
    except KeyboardInterrupt:
        print("stopped; nothing was left behind", file=sys.stderr)
        return 130


def _previewed(taken: preview.Taken, fresh: Path, into: Path | None, options: argparse.Namespace) -> int:
    """Check, build and show what was taken, in a folder that goes afterwards."""
    theirs, ours, built = fresh / "theirs", fresh / "ours", fresh / "site"
    preview.settle(taken, theirs)
    print(f"taken: {len(taken.files)} files")
    for line in taken.left:
        print(f"left aside: {to_one_line(line)}")
    sys.stdout.flush()
    if code := main(["--root", str(theirs), "check", *(["--format", "github"] if options.format == "github" else [])]):
        return code
    swap.build_site(theirs, built)
    known = preview.take(options.base)
    if not known.files:
        return _report_as(options.format, sort_problems(known.refused), "preview: nothing to compare with", {}, ())
    preview.settle(known, ours)
    pages = preview.changed_pages(_pages(ours), _pages(theirs))
    if into is not None:
        preview.keep(built, into)
        print(f"built: {into}")
    told = os.environ.get("GITHUB_STEP_SUMMARY")
    if options.format == "github" and told:
        with Path(told).open("a", encoding="utf-8") as file:
            file.write(preview.summary(pages, _load(theirs)[0].publication.site_url))

    def show(address: str) -> None:
        print(preview.listing(pages, address))
        if address:
            print(f"served at {address} until you press Ctrl-C", flush=True)

    if options.check:
        show("")
    else:
        try:
            gc.enable()  # a server lives long
            preview.serve(built, options.port, show)
        except OSError as error:
            raise Refused(f"port {options.port} cannot be used: {error.strerror}") from None
    return 0


def _pages(root: Path) -> dict[str, str | bytes]:
    """Every generated file of a project, as it is published."""
    site, problems = load(root)
    return render.site_pages(site, problems, drafts=False)[0] if site else {}


def _index(root: Path, options: argparse.Namespace) -> int:
    if not (options.site / "index.html").is_file():
        raise Refused(f"{options.site}: there is no built site (no index.html)")
    site, _ = _load(root)
    documents = search.render_documents(site)
    changed = pagefind.write_index(documents, options.site)
    print(f"{options.site / pagefind.FOLDER}: {len(documents)} records, {changed} files changed")
    return 0
