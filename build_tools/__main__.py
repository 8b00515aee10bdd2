"""The command line: ``python -m build_tools COMMAND``. Reads arguments, calls the pure parts, writes, reports.

Exit codes: 0 all is well (warnings allowed), 1 problems were found, 2 the command was not understood.
"""

from __future__ import annotations

import argparse
import datetime
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from build_tools import article, document, export, lock, preview, render, scaffold, suggest
from build_tools.check import against, check, check_briefing, likeness
from build_tools.load import MAX_TEXT, article_folders, kept_text, load, sha256
from build_tools.match import Text
from build_tools.model import LANGUAGE, UNKNOWN, UNREADABLE, Briefing, Lock, Site, Source, id_fault, is_url
from build_tools.problems import Problem, count, in_order, one_line, printable
from build_tools.strictyaml import unwelcome
from build_tools.write import write, write_pages


class Refused(Exception):
    """Why a command does not go on: a sentence, and what to do."""


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
        code = int(options.run(root, options))
        sys.stdout.flush()
        return code
    except Refused as refusal:
        print(printable(f"{refusal}"), file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing is left to be written at the end
        return 0
    except OSError as error:
        print(printable(f"{error.filename or 'a file'}: {error.strerror or error}"), file=sys.stderr)
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
    checking.set_defaults(run=_check)

    exporting = commands.add_parser("export", help="write each briefing as JSON")
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
    return parser


def _language(value: str) -> str:
    if not re.fullmatch(LANGUAGE, value):
        raise argparse.ArgumentTypeError(f'"{value}" is no language tag, as en or fr-CA')
    return value


def _port(value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value) < 65536):
        raise argparse.ArgumentTypeError(f'"{value}" is no port: a number from 0 (any) to 65535')
    return int(value)


def _load(root: Path) -> tuple[Site, list[Problem]]:
    site, problems = load(root, article_folders(os.environ))
    if site is None:
        raise Refused("\n".join(str(p) for p in in_order(problems)))
    return site, problems


def _briefing(site: Site, problems: Sequence[Problem], slug: str) -> Briefing:
    found = next((b for b in site.briefings if b.slug == slug), None)
    if found is None:
        mine = [str(p) for p in problems if p.place.path.startswith(f"briefings/{slug}/")]
        known = ", ".join(b.slug for b in site.briefings) or "none yet"
        raise Refused("\n".join([*mine, f'there is no readable briefing "{slug}" (known: {known})']))
    return found


def _about(problems: Sequence[Problem], slug: str | None) -> list[Problem]:
    """The problems of one briefing and of the files that all share (of all briefings, without a slug)."""
    own = f"briefings/{slug}/"
    return [p for p in problems if slug is None or p.place.path.startswith(own) or p.place.path.count("/") < 2]


def _report(problems: Sequence[Problem], what: str) -> int:
    for problem in problems:
        print(problem)
    print(f"{what}: {count(problems)}")
    return int(any(p.level == "error" for p in problems))


def _new(root: Path, options: argparse.Namespace) -> int:
    if fault := id_fault(options.slug):
        raise Refused(f'the name "{options.slug}" {fault}')
    folder = root / "briefings" / options.slug
    if folder.exists():
        raise Refused(f"briefings/{options.slug} is there already; nothing was changed")
    for name, content in scaffold.briefing_files(options.slug).items():
        write(folder / name, content)
    print(f"briefings/{options.slug}/ is a draft now. Next:")
    print(f"  python -m build_tools ingest FILE --briefing {options.slug}    (for each article)")
    return 0


def _article(path: Path) -> tuple[bytes, article.Article]:
    """An article's bytes, and the article: a regular file of moderate size, of a kind that can be read."""
    if not path.is_file() or path.stat().st_size > MAX_TEXT:
        raise Refused(f"{path}: not a file, or larger than {MAX_TEXT:,} bytes")
    data = path.read_bytes()
    try:
        return data, document.read(data, path.suffix)
    except document.Unreadable as fault:
        raise Refused(f"{path}: {fault}") from None


def _clean(read: article.Article) -> article.Article:
    """What an article states of itself, without invisible characters, and nothing too long to be a title."""

    def fit(value: str, otherwise: str = UNKNOWN) -> str:
        shown = "".join(c for c in " ".join(value.split()) if not unwelcome(c))
        return shown if 0 < len(shown) <= 500 and not unwelcome(shown) else otherwise

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
    if known is None and source.exists():
        raise Refused(
            f"{source.relative_to(root)} is there without a lock; run: python -m build_tools lock {briefing.slug}"
        )
    changed = write(folder / "articles" / f"{name}{path.suffix.lower()}", data)
    if known is None:
        changed |= write(source, scaffold.source_file(read, options.lang or ""))
        fresh = Lock(sha256=sha, words=len(text.spans), blocks=len(text.blocks))
        changed |= write(source.with_suffix(".lock"), lock.dump(fresh))
    print(f"{source.relative_to(root).as_posix()}: {'written' if changed else 'nothing to change'}")
    if known is not None:
        return 0
    for number, (kind, block) in enumerate(zip(read.kinds, read.blocks, strict=True), 1):
        print(printable(f"  {number:3} {kind:<13} {block[:60]}"))
    for key in ("title", "author", "outlet", "published", "url", "lang", "licence"):
        print(printable(f"  {key}: {getattr(read, key) or 'not stated'}"))
    print(
        f"Mend a wrong kind in that file. Then write claims, and: python -m build_tools lock {briefing.slug} --by NAME"
    )
    touched = suggest.touched_blocks(briefing, name)
    print(
        f"covered: {len(touched)} of {len(text.blocks)} paragraphs; "
        f"next: python -m build_tools suggest --briefing {briefing.slug} --source {name}"
    )
    return 0


def _suggest(root: Path, options: argparse.Namespace) -> int:
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
        print(printable(told), file=sys.stderr)
    chosen = [s for s in chosen if s.id in briefing.texts]
    found = [one for s in chosen for one in suggest.suggest(briefing, s, site)]
    if options.format == "json":
        print(suggest.as_json(found), end="")
    elif options.format == "yaml":
        print(suggest.as_yaml(briefing, site, found), end="")
    else:
        print(printable(suggest.as_text(briefing, chosen, found)), end="")
    return 0


def _lock(root: Path, options: argparse.Namespace) -> int:
    site, problems = _load(root)
    chosen = [_briefing(site, problems, options.slug)] if options.slug else list(site.briefings)
    found = _about(problems, options.slug)
    today = datetime.date.today().isoformat()
    for briefing in chosen:
        if UNREADABLE in briefing.broken:
            print(f"{briefing.slug}: a file of it cannot be read; its locks were left as they were")
            continue
        fresh: dict[str, Lock] = {}
        for source in briefing.sources:
            old, text = briefing.locks.get(source.id), briefing.texts.get(source.id)
            sha = old.sha256 if old else ""
            kept = kept_text(root / "briefings" / briefing.slug, source.id)
            if text is None and kept and (old is None or sha256(kept.read_bytes()) == sha):
                data, read = _article(kept)  # says why, where it cannot be read
                sha, text = sha256(data), Text(read.blocks)
            if text is None:
                print(f"{briefing.slug}/{source.id}: its text is not at hand; left as it was")
                continue
            made = lock.make(briefing, source, text, sha, site.vocabulary)
            unchanged = old is not None and old.checked_by and lock.content(made) == lock.content(old)
            by = (old.checked_by if old and unchanged else options.by or _git_name(root)) or ""
            if not by:
                raise Refused("say who checks: python -m build_tools lock --by NAME")
            fresh[source.id] = lock.sign(made, old, by, today)
            changed = write(
                root / "briefings" / briefing.slug / "sources" / f"{source.id}.lock",
                lock.dump(fresh[source.id]),
            )
            if options.by and unchanged and options.by != by:
                print(printable(f"{briefing.slug}/{source.id}: nothing changed, so {by} stays its checker"))
            signed = f"checked by {fresh[source.id].checked_by} on {fresh[source.id].checked_on}"
            print(
                printable(
                    f"{briefing.slug}/{source.id}: {len(made.quotes)} quotations, "
                    f"{signed}{'' if changed else ' (unchanged)'}"
                )
            )
        after = _relocked(briefing, fresh)
        found.extend(p for p in check_briefing(after, site) if p.rule in ("quotation", "left-out", "searched"))
    return _report(in_order(found), "lock")


def _relocked(briefing: Briefing, fresh: dict[str, Lock]) -> Briefing:
    fields = {name: getattr(briefing, name) for name in Briefing.__dataclass_fields__}
    return Briefing(**{**fields, "locks": {**briefing.locks, **fresh}})


def _git_name(root: Path) -> str:
    """The name Git would sign with, or nothing."""
    try:
        asked = subprocess.run(["git", "config", "user.name"], cwd=root, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return asked.stdout.strip()


def _check(root: Path, options: argparse.Namespace) -> int:
    site, problems = _load(root)
    if options.against:
        return _check_against(site, problems, options)
    found = in_order([*problems, *check(site)])
    if options.slug:
        if not (root / "briefings" / options.slug).is_dir():
            _briefing(site, problems, options.slug)
        found = _about(found, options.slug)
    texts = sum(len(b.texts) for b in site.briefings)
    return _report(found, f"check ({texts} of {sum(len(b.sources) for b in site.briefings)} texts at hand)")


def _check_against(site: Site, problems: Sequence[Problem], options: argparse.Namespace) -> int:
    path: Path = options.against
    text = Text(_article(path)[1].blocks)
    chosen = [_briefing(site, problems, options.slug)] if options.slug else site.briefings
    pairs: list[tuple[Briefing, Source]] = [(b, s) for b in chosen for s in b.sources if options.source in (None, s.id)]
    if not pairs:
        known = ", ".join(s.id for b in chosen for s in b.sources) or "none yet"
        raise Refused(f'there is no source "{options.source or ""}" (known: {known})')
    briefing, source = max(pairs, key=lambda pair: likeness(text, *pair))
    if options.source is None and likeness(text, briefing, source) == 0:
        raise Refused(f"{path}: no quotation stands in it; name the source it is a copy of with --source ID")
    total = len(list(lock.quotations_of(briefing, source.id)))
    found = against(briefing, source, text, site)
    print(
        printable(
            f"{path} as a copy of {briefing.slug}/{source.id}: {total - len(found)} of {total} quotations stand in it"
        )
    )
    return _report(found, "check --against")


def _export(root: Path, options: argparse.Namespace) -> int:
    site, problems = _load(root)
    for briefing in site.briefings:
        path = options.out / briefing.slug / "briefing.json"
        write(path, export.briefing_json(site, briefing))
        if briefing.figures:
            write(path.with_name("figures.csv"), export.figures_csv(briefing))
        print(path)
    errors = [p for p in problems if p.level == "error"]
    return _report(errors, "export") if errors else 0


def _render(root: Path, options: argparse.Namespace) -> int:
    site, problems = _load(root)
    pages, kept, found = render.site_pages(site, problems, drafts=True)
    changed = write_pages(root / "docs", pages, kept)
    print(f"{len(pages)} files, {changed} changed")
    return _report(found, "render")


def _preview(root: Path, options: argparse.Namespace) -> int:
    if root.resolve() != preview.HOME:
        raise Refused(f"all but the data comes from the program's own checkout: run preview in {preview.HOME}")
    into: Path | None = options.site_dir
    if into is not None and os.path.lexists(into):
        raise Refused(f"{into} is there already; nothing was changed")
    taken = preview.take(options.data)
    if taken.refused:
        return _report(in_order(taken.refused), "preview: nothing was built")
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
        print(f"left aside: {one_line(line)}")
    sys.stdout.flush()
    if code := main(["--root", str(theirs), "check", *(["--format", "github"] if options.format == "github" else [])]):
        return code
    if fault := preview.build(theirs, built):
        raise Refused(fault)
    known = preview.take(options.base)
    if not known.files:
        return _report(in_order(known.refused), "preview: nothing to compare with")
    preview.settle(known, ours)
    pages = preview.changed_pages(_pages(ours), _pages(theirs))
    if into is not None:
        preview.keep(built, into)
        print(f"built: {into}")
    report = os.environ.get("GITHUB_STEP_SUMMARY")
    if options.format == "github" and report:
        with Path(report).open("a", encoding="utf-8") as file:
            file.write(preview.summary(pages, _load(theirs)[0].publication.site_url))

    def show(address: str) -> None:
        print(preview.listing(pages, address))
        if address:
            print(f"served at {address} until you press Ctrl-C", flush=True)

    if options.check:
        show("")
    else:
        try:
            preview.serve(built, options.port, show)
        except OSError as error:
            raise Refused(f"port {options.port} cannot be used: {error.strerror}") from None
    return 0


def _pages(root: Path) -> dict[str, str]:
    """Every generated file of a project, as it is published."""
    site, problems = load(root)
    return render.site_pages(site, problems, drafts=False)[0] if site else {}


if __name__ == "__main__":
    sys.exit(main())
