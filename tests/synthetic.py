"""Writes synthetic but realistic briefings to measure with: named and unnamed speakers, three languages, quotations
within the budget, relations, searches, events and real locks. Equal arguments give equal files.
"""

import random
import subprocess
import sys
from pathlib import Path

import yaml

from tests.yaml_files import read_yaml

#: How many briefings; each has 50 claims (S: 60) in 5 topics, 5 sources, about 120 statements.
SIZES = {"S": 1, "M": 20, "L": 200}
TOPICS, SOURCES = 5, 5
#: One very large briefing, whose pages are split. A quarter of its cells hold a statement.
LARGE = {"claims": 500, "topics": 20, "sources": 20}
#: One briefing of many articles, whose pages are not.
MANY = {"claims": 60, "sources": 15}
_DATA = read_yaml(Path(__file__).with_suffix(".yml"))
WORDS, MARKS = {lang: words.split() for lang, words in _DATA["words"].items()}, _DATA["marks"]
GIVEN, FAMILY, KINDS, HOW = (_DATA[name].split() for name in ("given", "family", "kinds", "how"))


def coined(number: int) -> str:
    """An invented word for a number: search terms find it and nothing else."""
    letters = "bdfgklmnprstvz"
    out = ""
    for _ in range(4):
        number, rest = divmod(number, len(letters) * 5)
        out += letters[rest // 5] + "aeiou"[rest % 5]
    return out


def write(
    root: Path, briefings: int, claims: int = 50, seed: int = 7, *, topics: int = TOPICS, sources: int = SOURCES
) -> None:
    """The same as ``write_with_texts`` without the articles, which a clone lacks."""
    write_with_texts(root, briefings, claims, seed, topics=topics, sources=sources)
    for text in (root / "briefings").glob("*/articles/*"):
        text.unlink()


def write_with_texts(
    root: Path, briefings: int, claims: int = 50, seed: int = 7, *, topics: int = TOPICS, sources: int = SOURCES
) -> None:
    """Write synthetic briefings (story-000, ...) with their articles and locks under ``root``/briefings, which has the
    program's vocabulary already. Other speakers stay.

    Each has ``claims`` claims in ``topics`` topics by ``sources`` sources (a multiple of five).
    """
    rng = random.Random(seed)
    people = [
        {"id": f"speaker-{n}", "name": f"{rng.choice(GIVEN)} {rng.choice(FAMILY)} {coined(n + 5_000_000).title()}",
         "kind": rng.choice(("person", "person", "organisation")), "role": f"speaks for {coined(n + 6_000_000)}"}
        for n in range(sources * briefings)
    ]  # fmt: skip
    base = root / "briefings"
    path = base / "speakers.yml"
    known = read_yaml(path) if path.exists() else []
    _dump(path, [*(one for one in known if not one["id"].startswith("speaker-")), *people])
    for number in range(briefings):
        _briefing(base / f"story-{number:03}", number, claims, topics, sources, rng, people)
    command = [sys.executable, "-m", "synoptic", "--root", str(root), "lock", "--by", "The benchmark"]
    subprocess.run(command, check=False, capture_output=True, cwd=Path(__file__).parents[1])


def _dump(path: Path, data: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=10**6)
    path.write_text(text, encoding="utf-8")


def _briefing(
    folder: Path, number: int, count: int, parts: int, papers: int, rng: random.Random, people: list[dict[str, str]]
) -> None:
    langs = ["en", "en", "en", rng.choice(["en", "fr"]), rng.choice(["en", "de"])] * (papers // SOURCES)
    sources = [f"paper-{n}" for n in range(papers)]
    said: dict[str, list[str]] = {name: [] for name in sources}
    known = rng.sample(people, min(max(8, papers), len(people)))
    topics: dict[str, list[dict[str, object]]] = {f"topic-{n}": [] for n in range(parts)}
    ids: list[str] = []
    statements: list[dict[str, object]] = []
    for n in range(count):
        word = coined(number * 1000 + n)
        claim: dict[str, object] = {
            "id": f"claim-{n}",
            "claim": f"The {word} was {rng.choice(('closed', 'opened', 'planned', 'paid for'))} by the council.",
            "kind": rng.choice(KINDS),
            "terms": [f"{word}*", coined(number * 1000 + n + 500)],
        }
        mine = []
        for source in rng.sample(sources, rng.choice((1, 2, 2, 3, 4)) * max(1, papers // 10)):
            lang = langs[sources.index(source)]
            words = rng.choices(WORDS[lang], k=8)
            words[rng.randrange(1, 7)] = word
            quote = " ".join(words)
            who = rng.random()
            statement: dict[str, object] = {"id": f"s-{n}-{source}", "source": source}
            if who < 0.45:
                person = rng.choice(known)
                statement["speaker"] = person["id"]
                said[source].append(f"{person['name']} said {MARKS[lang].format(quote)} that day.")
            elif who < 0.6:
                statement["speaker"] = f"{source}-insiders"
                said[source].append(f"Insiders said {MARKS[lang].format(quote)} that day.")
            else:
                said[source].append(f"{quote}.")
            statement["stance"] = rng.choice(("asserts", "asserts", "asserts", "denies", "qualifies", "questions"))
            statement["quote"] = quote
            if lang != "en":
                statement["translation"] = f"What was said of {word}"
            if statement["stance"] == "qualifies":
                statement["note"] = "Only of the northern side."
            mine.append(statement)
        claim["statements"] = mine
        if n % 3 == 2:
            claim["relations"] = [
                {"to": rng.choice(ids), "how": rng.choice(HOW), "why": "Both speak of one place.", "real": "false"}
            ]
        ids.append(str(claim["id"]))
        statements += mine
        topics[f"topic-{n % parts}"].append(claim)
    for name, claims in topics.items():
        claims[0]["answer"] = "one"
        _dump(folder / "claims" / f"{name}.yml", claims)
    days = {
        source: _source(folder, source, lang, said[source], rng, number)
        for source, lang in zip(sources, langs, strict=True)
    }
    _dump(folder / "events.yml", [
        {"id": f"event-{n}", "what": f"Day {n} of the works", "statements": [one["id"]],
         "when": days[str(one["source"])]}
        for n, one in enumerate(rng.sample(statements, 4))
    ])  # fmt: skip
    _dump(folder / "briefing.yml", {
        "title": f"The story of {coined(number * 1000)}",
        "question": f"Who said what about {coined(number * 1000)}, and who pays for it?",
        "status": "published",
        "topics": [
            {"id": name, "title": f"Part {n + 1} of the story", "question": f"What is part {n + 1} about?",
             "answers": [{"id": "one", "text": "The works"}]}
            for n, name in enumerate(topics)
        ],
        "editors": [{"name": "The benchmark", "affiliation": "none"}],
        "bottom_line": [{"text": "Several papers tell of [one place], each in its own way.", "claims": ["claim-0"]}],
    })  # fmt: skip


def _source(folder: Path, name: str, lang: str, said: list[str], rng: random.Random, number: int) -> str:
    """Write a source and its text; the day on which it appeared."""
    paper = name.rpartition("-")[2]
    title = f"{coined(number * 10 + int(paper) + 700_000).title()} and the works"
    blocks = [title]
    for sentence in said:
        filler = [" ".join(rng.choices(WORDS[lang], k=11)).capitalize() + "." for _ in range(3)]
        blocks.append(" ".join([*filler[:2], sentence, filler[2]]))
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    (folder / "articles" / f"{name}.txt").write_text("\n".join(blocks) + "\n", encoding="utf-8")
    day = f"2031-03-{rng.randrange(1, 28):02}"
    _dump(folder / "sources" / f"{name}.yml", {
        "title": title, "label": f"Paper {paper}", "outlet": f"Paper {paper}", "author": "Staff",
        "published": day, "url": f"https://example.org/{number}/{name}",
        "lang": lang, "genre": "news", "paragraphs": {1: "headline"},
        "speakers": [{"id": f"{name}-insiders", "name": "insiders", "kind": "unnamed"}],
    })  # fmt: skip
    return day
