"""All rules in the order in which they are published, and the checks that apply them. Pure.

To add a rule, write it in the file of its subject and list it here; give it an example in examples.yml and a case in
tests/cases.

If articles are available (``Briefing.texts``), the rules on quotations, searches and wording read them; otherwise they
rely on the lock.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from synoptic.base.problems import Place, Problem, sort_problems, suggest_nearest
from synoptic.check import (
    addresses,
    claims,
    context,
    declared,
    ids,
    outline,
    proofs,
    quotations,
    readings,
    sources,
    telling,
    topics,
    wording,
)
from synoptic.check.coverage import list_excusable
from synoptic.check.rule import Rule, report_duplicate, report_shared_identities, report_unknown_word, rule_id
from synoptic.model.records import Sentence, Statement
from synoptic.model.site import Briefing, Site

RULES: tuple[Rule, ...] = (
    declared.unknown_word, declared.unknown_source, declared.unknown_speaker, declared.unnamed_shared,
    declared.unknown_topic, declared.unknown_claim, declared.unknown_statement, declared.figure_unquoted,
    declared.figure_unit, declared.date_unquoted, declared.undated,
    topics.unanswered_topic, topics.answer_length, topics.unknown_answer, topics.answer_without_claim,
    topics.lead_twice,
    ids.duplicate_id, ids.not_registered, ids.id_gone, ids.was_wrong, ids.page_twice,
    declared.no_markers, declared.empty, declared.label_missing, declared.label_of_id,
    addresses.same_as, addresses.archived,
    claims.no_statements, claims.placeholder, claims.note_missing, claims.of_length,
    claims.mode_without_speaker, claims.untranslated, claims.said_of_oneself, claims.reply_address,
    claims.bottom_line_verdict, claims.bottom_line_question, claims.bottom_line_claims, claims.bottom_line_length,
    sources.lock_missing, sources.text_changed, sources.paragraph_outside, proofs.signature, proofs.unsigned,
    quotations.quotation, quotations.bracket, quotations.left_out,
    context.out_of_context, context.too_strong, quotations.too_short, quotations.over_length,
    quotations.over_limit, quotations.over_budget, quotations.not_speech, quotations.fragment, quotations.overused,
    sources.no_terms, sources.searched,
    sources.compared, sources.origin_undeclared,
    claims.utterance_alone, telling.parallels, telling.headline_of, telling.telling,
    sources.hit_unanswered, sources.needless_pass,
    outline.gist, outline.unaccounted,
    readings.read_by_another, readings.read_answers, readings.read_before,
    wording.own_words, wording.mixed_scripts,
)  # fmt: skip

#: Rules without a function of their own: their ids and sentences. Loading reports all but the last, which is below.
OTHER_RULES = {
    "file": "A briefing contains only the files that the format names: regular files in UTF-8, none of them empty.",
    "yaml": "A file is plain YAML: mappings, lists and text; no anchors, tags, repeated keys or invisible characters.",
    "key": "An object has every key that it needs and no unknown one.",
    "value": "A value fits its key: an id, a date, a number, a web address or text that is not empty.",
    "signers": "A line of `briefings/signers` names who may sign, each person with a key of their own.",
    "needless-exception": "An exception is made only to a rule that allows one, and removed when it is not needed.",
}

#: Rules to which a statement or a sentence of the bottom line may make an exception: ``allow: {rule: reason}``.
EXCEPTIONS = {
    "left-out": "statement",
    "out-of-context": "statement",
    "too-strong": "statement",
    "fragment": "statement",
    "overused": "statement",
    "over-length": "statement",
    "said-of-oneself": "statement",
    "untranslated": "statement",
    "bottom-line-verdict": "sentence of the bottom line",
}
#: Advice (``coverage``) that a statement may answer in the same way.
ANSWERED_ADVICE = dict.fromkeys(("no-relation", "few-statements", "half-quoted", "half-scoped"), "statement")


def check(site: Site) -> list[Problem]:
    """Every problem of ``site``, in order of place; the problems of a draft are warnings."""
    problems = [problem for briefing in site.briefings for problem in check_briefing(briefing, site)]
    return sort_problems([*problems, *check_shared(site)])


def check_briefing(briefing: Briefing, site: Site, shown: Callable[[Rule], Briefing] | None = None) -> list[Problem]:
    """Every problem of one briefing, each with the id of its rule. ``shown`` gives what a rule sees of it, if not all:
    whoever knows that locks are right need not have them compared with the texts."""
    problems = [
        problem if problem.rule else replace(problem, rule=rule_id(rule))
        for rule in RULES
        for problem in rule(shown(rule) if shown else briefing, site)
    ]
    remaining = _apply_exceptions(briefing, problems)
    return sort_problems(problem.as_warning() if briefing.draft else problem for problem in remaining)


def check_shared(site: Site) -> Iterator[Problem]:
    """Every problem of the files that all briefings share."""
    first_places: dict[str, Place] = {}
    for speaker in site.speakers:
        yield from report_unknown_word(site, "speaker_kinds", speaker.kind, "speaker kind", speaker.place, "kind")
        if speaker.kind == "unnamed":
            message = f'"{speaker.id}" is unnamed, and an unnamed speaker belongs to one source'
            yield Problem(speaker.place, message, "move it to speakers: in the file of that source", "unnamed-shared")
        if speaker.id in first_places:
            yield report_duplicate(speaker.id, speaker.place, first_places[speaker.id], "duplicate-id")
        first_places.setdefault(speaker.id, speaker.place)
    yield from report_shared_identities(site.speakers)


def _apply_exceptions(briefing: Briefing, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems that no ``allow`` answers, and one for each exception that is unknown or not needed."""
    sentences = briefing.file.bottom_line
    judged = {statement.place for statement, _, _ in briefing.checked.values()}
    judged = set() if briefing.broken else judged | {sentence.place for sentence in sentences}
    allowing: tuple[tuple[Statement | Sentence, Place, str, str], ...] = (
        *((s, s.place.at("quote"), "statement", f'"{s.id}"') for _, s in briefing.statements),
        *((s, s.place.at("text"), "sentence of the bottom line", "the sentence") for s in sentences),
    )
    problems = list(problems)
    found = {(problem.rule, problem.place) for problem in problems} | list_excusable(briefing)
    answered, known = set(), EXCEPTIONS | ANSWERED_ADVICE
    for item, place, kind, name in allowing:
        for rule in item.allow:
            at = item.place.at("allow", rule)
            if known.get(rule) != kind:
                fitting = [name for name, subject in known.items() if subject == kind]
                message = f'the rule "{rule}" allows no exceptions in a {kind}'
                yield Problem(at, message, suggest_nearest(rule, fitting), "needless-exception")
            elif (rule, place) in found:
                answered.add((rule, place))
            elif item.place in judged:
                message = f'{name} no longer needs its exception to "{rule}"'
                yield Problem(at, message, "remove it", "needless-exception", remove=at)
    yield from (problem for problem in problems if (problem.rule, problem.place) not in answered)
