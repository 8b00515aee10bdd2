"""Writes what ``watch`` found: a look into ``sources/<id>.watch.yml``, the address of a saved copy into the source."""

from pathlib import Path

import yaml

from synoptic.authoring import layout
from synoptic.authoring.append import refuse_problem
from synoptic.authoring.versions import tidy
from synoptic.base.problems import PLACE, Refused
from synoptic.base.write import refuse_link, write_file
from synoptic.load.yaml_guard import parse
from synoptic.model.addresses import read_archive_day
from synoptic.model.watch import Look, Watch

_MOST = 100  # looks; the oldest are left out
_HEAD = "# Written by `synoptic watch`: what the article's addresses gave, and never any words of them.\n"


def is_news(watch: Watch | None, look: Look) -> bool:
    """Whether a look found something else than the last one at the same address."""
    last = watch.last(look.at) if watch else None
    return last is None or _result(last) != _result(look)


def add_look(watch: Watch | None, look: Look) -> Watch:
    """A record with one more look; one that found the same as the last only changes that one's day."""
    looks = list(watch.looks) if watch else []
    last = watch.last(look.at) if watch else None
    if last and not is_news(watch, look):
        looks.remove(last)
        look = look.model_copy(update={"first": last.first, "day": max(last.day, look.day)})
    return Watch(looks=tuple([*looks, look][-_MOST:]))


def _result(look: Look) -> tuple[object, ...]:
    found = (look.quotations, look.there, look.changed, look.gone)
    return look.address, look.answer, look.status, *found


def write_watch(root: Path, slug: str, source: str, watch: Watch) -> bool:
    """Write the record of a source; whether the file changed."""
    shown = f"briefings/{slug}/sources/{source}.watch.yml"
    rows = [_HEAD, "looks:\n"]
    for look in watch.looks:
        fields = look.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        rows += [f"{'- ' if not n else '  '}{key}: {_flow(value)}\n" for n, (key, value) in enumerate(fields.items())]
    return write_file(root / shown, layout.format_yaml("".join(rows).encode(), shown))


def _flow(value: object) -> str:
    """A value of a look: ids, days, numbers and addresses, none of which holds a quotation mark."""
    if isinstance(value, list):
        return f"[{', '.join(value)}]"
    return f'"{value}"' if isinstance(value, str) else f"{value}"


def add_archive(root: Path, slug: str, source: str, address: str, day: str) -> None:
    """Write the address of a copy that was saved on ``day`` into a source, below the address of its page, and the day
    if the address does not state it. Raises Refused, in one sentence, if the file leaves no safe place for it."""
    shown = f"briefings/{slug}/sources/{source}.yml"
    path = root / shown
    refuse_link(path)
    data = path.read_bytes()
    tree = parse(data, shown)
    if tree.problems:
        raise refuse_problem(tree.problems[0])
    lines = data.decode("utf-8-sig").split("\n")
    row, end = tree.value[PLACE].at("url").line, "\r" if "\r\n" in lines[0] + "\n" else ""
    added = {"archive": address} | ({} if read_archive_day(address) is not None else {"archived": day})
    lines[row:row] = [f'{key}: "{value}"{end}' for key, value in added.items()]
    new = ("\ufeff" if data.startswith(b"\xef\xbb\xbf") else "") + "\n".join(lines)
    again = parse(new.encode(), shown)
    if again.problems or {**_load(data), **added} != _load(new.encode()):
        raise Refused(f"{shown}: nothing was changed, as its layout leaves no safe place; add archive: {address}")
    write_file(path, tidy(data, new.encode(), shown))


def _load(data: bytes) -> dict[str, object]:
    loaded: dict[str, object] = yaml.load(data, yaml.CBaseLoader)  # noqa: S506 - it makes nothing but texts
    return loaded
