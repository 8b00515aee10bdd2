"""Asks a Synoptic site who said what, over its static JSON. Standard library only.

    python ask.py https://briefings.example/ "Ada Quill" tunnel

The site is an address or the folder of a built site. Words after the name must all occur in the claim or the quotation.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import urlopen


def read(site: str, path: str) -> dict:
    """A JSON file of the site by its path there."""
    if site.startswith(("http://", "https://")):
        with urlopen(urljoin(site.rstrip("/") + "/", path), timeout=30) as answer:
            return json.load(answer)
    return json.loads((Path(site) / path).read_text(encoding="utf-8"))


def find_speakers(speakers: list, name: str) -> set:
    """The ids of the speakers whose name, or another name of theirs, has ``name`` in it."""
    wanted = name.casefold()
    return {one["id"] for one in speakers if any(wanted in n.casefold() for n in (one["name"], *one["also"]))}


def ask(site: str, name: str, words: list) -> Iterator[dict]:
    """Each statement that somebody of that name holds, with its claim, article and permanent address."""
    for briefing in read(site, "api/v1/index.json")["briefings"]:
        files = briefing["files"]
        speakers = find_speakers(read(site, files["speakers"])["speakers"], name)
        if not speakers:
            continue
        sources = {one["id"]: one for one in read(site, files["sources"])["sources"]}
        for claim in read(site, files["claims"])["claims"]:
            for statement in claim["statements"]:
                text = f"{claim['text']} {statement['quote']}".casefold()
                if statement["holder"] in speakers and all(word.casefold() in text for word in words):
                    source = sources[statement["source"]]
                    own = {key: statement[key] for key in ("id", "stance", "mode", "quote")}
                    article = {"article": source["label"], "published": source["published"]}
                    yield {**own, **article, "claim": claim["text"], "path": claim["path"]}


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("usage: python ask.py SITE NAME [WORD...]")
    found = list(ask(sys.argv[1], sys.argv[2], sys.argv[3:]))
    for one in found:
        print(f"{one['stance']}: {one['claim']}\n  {one['path']}")
        print(f'  "{one["quote"]}" ({one["article"]}, {one["published"]}; {one["mode"]})')
    print(f"{len(found)} statements. No statement does not prove silence: each claim's silences say what was searched.")
