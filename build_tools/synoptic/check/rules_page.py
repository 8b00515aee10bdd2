"""The page for contributors that lists the rules: rules_head.md, then each rule with its example in examples.yml."""

from dataclasses import dataclass
from importlib import resources

import yaml

from synoptic.check.registry import EXCEPTIONS, OTHER_RULES, RULES
from synoptic.check.report import ANNOTATIONS
from synoptic.check.rule import rule_id, rule_sentence
from synoptic.model.vocabulary import Quoting
from synoptic.text.english import join_words

#: Where the page is committed.
PAGE = "docs/contribute/rules.md"


@dataclass(frozen=True)
class Example:
    """A right and a wrong snippet, to replace ``at`` in a file of the invented briefings in tests/project. ``relock``
    says whether the locks must be written again before the check."""

    file: str
    good: str
    bad: str
    at: str
    relock: bool = False


def list_rules() -> dict[str, str]:
    """The id and sentence of every rule, in the published order, with the program's own limits."""
    return OTHER_RULES | {rule_id(rule): rule_sentence(rule, Quoting()) for rule in RULES}


def read_examples() -> dict[str, Example]:
    """The examples of examples.yml by the ids of their rules."""
    examples = yaml.safe_load(_read("examples.yml"))
    return {name: Example(**{"at": fields["good"], **fields}) for name, fields in examples.items()}


def render_page() -> str:
    """The page, in Markdown."""
    examples = read_examples()
    subjects = " or ".join(dict.fromkeys(EXCEPTIONS.values()))
    names = join_words([f"`{name}`" for name in EXCEPTIONS], "or")
    head = _read("rules_head.md").replace("{EXCEPTIONS}", names).replace("{SUBJECTS}", subjects)
    rules = (_render_rule(name, sentence, examples[name]) for name, sentence in list_rules().items())
    return head.replace("{ANNOTATIONS}", str(ANNOTATIONS)) + "".join(rules)


def _render_rule(name: str, sentence: str, example: Example) -> str:
    exception = ""
    if subject := EXCEPTIONS.get(name):
        exception = f" A {subject} may make an exception, with a reason: `allow: {{{name}: ...}}`."
    bad = example.bad if len(example.bad) <= 240 else example.bad[:200] + " ..."
    return (
        f"\n### {name}\n\n{sentence}{exception}\n\n"
        f"```yaml\n# right, in {example.file}\n{example.good}\n```\n\n```yaml\n# wrong\n{bad}\n```\n"
    )


def _read(name: str) -> str:
    """A file of this package; the program may be installed."""
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
