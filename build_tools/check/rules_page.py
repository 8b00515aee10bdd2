"""The page for contributors that lists the rules, each with the right and the wrong example of examples.yml."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

import yaml

from build_tools.check.registry import EXCEPTIONS, OTHER_RULES, RULES
from build_tools.check.report import ANNOTATIONS
from build_tools.check.rule import rule_id, rule_sentence

#: Where the page is committed.
PAGE = "docs/contribute/rules.md"

_HEAD = f"""\
# The rules, and how check reports them

<!-- Written by `python -m build_tools rules`: change the rule in build_tools/check.py, not this page. -->

```console
$ .venv/bin/python -m build_tools check                   # all briefings
$ .venv/bin/python -m build_tools check harbour-tunnel    # one of them, and what all share
$ .venv/bin/python -m build_tools check --fix             # first mend what has one right answer
$ .venv/bin/python -m build_tools fmt                     # only the layout: one canonical form, comments kept
```

On a terminal the problems stand in groups, by file; in a pipe each has one line, and its tip another:

```text
path:line:column: error: what is wrong, with the value [rule]
    tip: what to do
```

`NO_COLOR` switches colours off.

| exit code | of `check`, and of the other commands |
|---|---|
| 0 | all is well; there may be warnings, as every problem of a draft is one |
| 1 | there are errors, or the command could not do its work (it says why) |
| 2 | the command was not understood |

## Formats

`--format json` prints one object. Keys may be added; none is renamed or taken away while `version` stays 1.

```json
{{
  "version": 1,
  "errors": 1,
  "warnings": 0,
  "texts": {{"at_hand": 5, "of": 5}},
  "fixed": [],
  "problems": [
    {{
      "path": "briefings/harbour-tunnel/claims/cost.yml",
      "line": 7,
      "column": 43,
      "level": "error",
      "rule": "quotation",
      "message": "what is wrong, with the value",
      "tip": "what to do, or empty"
    }}
  ]
}}
```

`line` and `column` count from 1, `level` is `error` or `warning`, `rule` is one of the ids below (`against` for a
quotation that `--against` did not find), `texts` says how many of the articles' texts were at hand, `fixed` what
`--fix` did.

`--format github` prints the first {ANNOTATIONS} problems, errors first, as annotations of GitHub, which shows no more
of one step, and writes the others as a table into the step's summary (the file that `GITHUB_STEP_SUMMARY` names).

## What `--fix` mends

Only what has one right answer; each change is printed.

- The layout: every file gets its canonical form (as by `fmt`), with its comments.
- An exception that is not needed any more is taken out: of `allow`, `passed_over` or `independent`.
- A key that repeats what the file's name says already is taken out.

It never changes a quotation, an id or a sentence of yours.

## Exceptions

Each stands in the YAML with its reason, and is an error itself once it is not needed.

| exception | in a | gives the reason why | once needless |
|---|---|---|---|
| `allow: {{rule: reason}}` | statement | it breaks {{EXCEPTIONS}} on purpose | `needless-exception` |
| `passed_over: [{{source, reason}}]` | claim | a source with a search term says nothing of it | `needless-pass` |
| `independent: {{source: reason}}` | source | two that share a long run are two origins | `origin-undeclared` |

## The rules

Each with a right and a wrong piece of an invented briefing; the tests try every one of them.
"""


@dataclass(frozen=True)
class Example:
    """A right and a wrong snippet, to replace ``at`` in a file of the invented briefings in tests/project.

    ``relock`` says whether the locks must be written again before the check.
    """

    file: str
    good: str
    bad: str
    at: str
    relock: bool = False


@dataclass(frozen=True)
class ListedRule:
    """A rule as the page lists it."""

    id: str
    sentence: str
    example: Example


def list_rules() -> list[ListedRule]:
    """Every rule in the published order, with its sentence and example."""
    examples = read_examples()
    sentences = OTHER_RULES | {rule_id(rule): rule_sentence(rule) for rule in RULES}
    return [ListedRule(name, sentence, examples[name]) for name, sentence in sentences.items()]


def read_examples() -> dict[str, Example]:
    """The examples of examples.yml by the ids of their rules."""
    text = resources.files(__package__).joinpath("examples.yml").read_text(encoding="utf-8")
    return {name: Example(**{"at": fields["good"], **fields}) for name, fields in yaml.safe_load(text).items()}


def render_page() -> str:
    """The page, in Markdown."""
    names = " or ".join(f"`{name}`" for name in EXCEPTIONS)
    return _HEAD.replace("{EXCEPTIONS}", names) + "".join(map(_render_rule, list_rules()))


def _render_rule(rule: ListedRule) -> str:
    example, exception = rule.example, ""
    if rule.id in EXCEPTIONS:
        exception = f" An exception can be made, with a reason: `allow: {{{rule.id}: ...}}`."
    bad = example.bad if len(example.bad) <= 240 else example.bad[:200] + " ..."
    return (
        f"\n### {rule.id}\n\n{rule.sentence}{exception}\n\n"
        f"```yaml\n# right, in {example.file}\n{example.good}\n```\n\n```yaml\n# wrong\n{bad}\n```\n"
    )
