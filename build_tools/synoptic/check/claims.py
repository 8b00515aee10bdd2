"""Rules: claims and statements are complete; the bottom line is short and fits the verdicts of its claims. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from synoptic.base.problems import Problem
from synoptic.check.rule import shorten
from synoptic.compare.hits import find_language
from synoptic.compare.statements import find_holder
from synoptic.compare.verdicts import decide_verdict
from synoptic.model.records import Statement
from synoptic.model.site import Briefing, Site
from synoptic.text.english import LANGUAGES
from synoptic.text.folding import fold, split_words
from synoptic.text.lost_negation import find_lost_negation
from synoptic.text.silence import find_assertions
from synoptic.text.terms import find_terms, list_stems

#: Words that open a description rather than a name, and those inside a name that are small.
_ARTICLES, _PARTICLES = (
    {"the", "a", "an", "our", "its"},
    {"de", "la", "van", "von", "der", "den", "bin", "al", "di", "du"},
)
_ASKING = ("ask*", "wonder*", "question*", "whether")
_TELLING = 2  # words that a sentence shares with a question and with none of the claims it names
_PLACEHOLDER = re.compile(r"\b(?:TODO|FIXME|TBD|XXX)\b")


def no_statements(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A claim has statements unless it is an open question, and a question has search terms."""
    for claim in briefing.claims:
        if claim.id in briefing.broken:
            continue
        if claim.kind == "question" and not claim.terms:
            yield Problem(claim.place, f'the question "{claim.id}" has no search terms', "add terms: [...]")
        elif claim.kind != "question" and not claim.statements:
            message = f'the claim "{claim.id}" has no statements'
            yield Problem(claim.place, message, "add a statement, or make it kind: question")


def placeholder(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """The text of a claim is written, not a placeholder such as TODO."""
    for claim in briefing.claims:
        if marker := _PLACEHOLDER.search(claim.claim):
            message = f'the claim "{claim.id}" still contains the placeholder "{marker[0]}"'
            yield Problem(claim.place.at("claim"), message, "write in your own words what is claimed")


def note_missing(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A statement that qualifies a claim has a note that says how it limits it."""
    for _, statement in briefing.statements:
        if statement.stance == "qualifies" and statement.note is None:
            place = statement.place.at("stance")
            message = f'"{statement.id}" qualifies the claim but has no note'
            yield Problem(place, message, "add note: with what it limits the claim to")


#: How many words of ours say what a statement is about: at least, at most.
OF_WORDS = (2, 6)


def of_length(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """What a statement is about (`of`) is said in two to six words; a proper name may be one."""
    least, most = OF_WORDS
    for _, statement in briefing.statements:
        number = len(split_words(fold(statement.of or "")))
        named = number == 1 and any(char.isupper() or char.isdigit() for char in statement.of or "")
        if statement.of is not None and not least <= number <= most and not named:
            words = "1 word" if number == 1 else f"{number} words"
            message = f'"{statement.id}" says in {words} what it is about: "{statement.of}"'
            tip = f"write {least} to {most} words, such as fighter jets"
            yield Problem(statement.place.at("of"), message, tip)


def mode_without_speaker(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Only a statement with a speaker has a mode, which says how the source reports that speaker."""
    for _, statement in briefing.statements:
        if statement.mode is not None and statement.speaker is None:
            message = f'"{statement.id}" has the mode "{statement.mode}" but no speaker'
            yield Problem(statement.place.at("mode"), message, "add speaker: or remove mode:")


def untranslated(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A quotation in another language than the briefing has our translation; one in its language has none. A
    translation without the negation of its quotation is a warning, which a reason answers."""
    own = LANGUAGES.get(briefing.language, briefing.language)
    for _, statement in briefing.statements:
        source = briefing.source.get(statement.source)
        foreign = source is not None and find_language(source) != briefing.language
        if source and foreign and statement.translation is None:
            message = f'"{statement.id}" quotes a source in "{source.lang}" without a translation'
            tip = f"add translation: with what it says in {own}, in our own words"
            yield Problem(statement.place, message, tip)
        elif source and statement.translation and foreign:
            negations = [site.vocabulary.markers_of(lang).negations for lang in (source.lang, briefing.language)]
            if word := find_lost_negation(statement.quote, statement.translation, *negations):
                message = f'the translation of "{statement.id}" has no negation for "{word}"'
                message += f': "{shorten(statement.quote)}"; "{shorten(statement.translation)}"'
                tip = "translate it, or add allow: {untranslated: the reason}"
                yield Problem(statement.place.at("quote"), message, tip, level="warning")
        elif source and not foreign and statement.translation is not None:
            message = f'"{statement.id}" translates a quotation that is in {own}'
            yield Problem(statement.place.at("translation"), message, "remove translation:")


def said_of_oneself(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A claim that somebody said, demanded or ruled out something is attributed to whoever reports it, not to them."""
    speakers, saying = site.speakers_of(briefing), site.vocabulary.markers_of("en").saying
    patterns: dict[str, tuple[str, ...]] = {}  # speaker to "Surname said" and the like
    for claim, statement in briefing.statements:
        speaker = speakers.get(statement.speaker or "")
        if speaker is None or speaker.kind == "unnamed":
            continue
        if speaker.id not in patterns:
            surname = split_words(fold(speaker.name))[-1:]  # none if the name is of signs alone
            patterns[speaker.id] = tuple(f"{name} {verb}" for name in surname for verb in saying)
        if find_terms(claim.claim, patterns[speaker.id]):
            message = f'"{statement.id}" names {speaker.name} as the speaker of a claim about what {speaker.name} said'
            tip = "remove speaker:, make what was said the claim, or add allow: {said-of-oneself: the reason}"
            yield Problem(statement.place.at("quote"), message, tip)


def reply_address(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A reply by a named person has the address at which they gave it, so that nobody's words can be made up."""
    people = [split_words(fold(one.name)) for one in site.speakers_of(briefing).values() if one.kind == "person"]
    surnames = {name[-1] for name in people if name}
    for claim in briefing.claims:
        for reply in claim.replies:
            if reply.url is None and (_is_name(reply.by) or surnames & {*split_words(fold(reply.by))}):
                message = f'the reply by "{reply.by}" to the claim "{claim.id}" has no address'
                tip = "add url: with the page on which they reply, or by: with their office alone"
                yield Problem(reply.place.at("by"), message, tip)


def _is_name(words: str) -> bool:
    """Whether words look like a person's name: two in a row with a capital, and no article before them."""
    listed = [word for word in words.split() if word not in _PARTICLES]
    capital = [word[0].isalpha() and not word[0].islower() for word in listed]
    return listed[0].casefold() not in _ARTICLES and any(one and two for one, two in pairwise(capital))


def utterance_alone(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """An utterance has two or more wordings, all from the words or texts of one speaker."""
    utterances: dict[str, list[Statement]] = defaultdict(list)
    for _, statement in briefing.statements:
        if statement.utterance:
            utterances[statement.utterance].append(statement)
    for name, wordings in utterances.items():
        if len(wordings) == 1 and not briefing.broken:
            place, message = wordings[0].place.at("utterance"), f'the utterance "{name}" has only one wording'
            yield Problem(place, message, "add utterance: to its other wording, or remove it here")
        first = find_holder(briefing, wordings[0])
        for statement in wordings:
            if first.startswith("article:") or find_holder(briefing, statement) != first:
                message = f'the wordings of the utterance "{name}" are not all from one speaker'
                tip = "add speaker: to the statement, or remove utterance:"
                yield Problem(statement.place.at("utterance"), message, tip)


MAX_WORDS = 150


def bottom_line_verdict(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """The bottom line calls claims agreed, contested or divided only if that is their verdict."""
    meanings: dict[str, set[str]] = defaultdict(set)
    for term in site.vocabulary.verdicts:
        for word in term.called:
            meanings[word].add(term.id)
    for sentence in briefing.file.bottom_line:
        claims = [briefing.claim[name] for name in sentence.claims if name in briefing.claim]
        verdicts = {decide_verdict(briefing, claim, site.vocabulary) for claim in claims}
        for word, meant in meanings.items():
            hits = find_terms(sentence.text, (word,))
            if verdicts and hits and not verdicts & meant:
                said = word if " " in word else hits[0]
                message = f'the bottom line says "{said}" of claims with the verdict: {", ".join(sorted(verdicts))}'
                tip = "use other words, or add allow: {bottom-line-verdict: the reason}"
                yield Problem(sentence.place.at("text"), message, tip)


def bottom_line_question(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Of a claim of kind `question` the bottom line says only that no article answers it, or who asks it; a sentence
    that names other claims and seems to answer it is a warning."""
    questions = [claim for claim in briefing.claims if claim.kind == "question"]
    for sentence in briefing.file.bottom_line:
        asserted, place = find_assertions(sentence.text), sentence.place.at("text")
        asked = bool(find_terms(sentence.text, _ASKING))
        for i, name in enumerate(sentence.claims):
            claim = briefing.claim.get(name)
            if claim is None or claim.kind != "question":
                continue
            if asserted[min(i, len(asserted) - 1)] and not (claim.statements and asked):
                message = f'the bottom line asserts what "{name}" leaves open: "{shorten(sentence.text)}"'
                yield Problem(place, message, "say that no article says it, or name another claim")
        silent = not find_assertions(re.sub(r"[\[\]]", "", sentence.text))[0]
        known = {*sentence.claims} <= briefing.claim.keys() and not (asked or silent)
        covered = {stem for name in sentence.claims if known for stem in list_stems(briefing.claim[name].claim)}
        for claim in questions if known else ():
            stems = list_stems(claim.claim)
            shared = stems & list_stems(sentence.text)
            if claim.id not in sentence.claims and 2 * len(shared) >= len(stems) and len(shared - covered) >= _TELLING:
                message = f'the bottom line seems to answer the open question "{claim.id}": "{shorten(sentence.text)}"'
                yield Problem(
                    place, message, "name the claim that says so, or say that no article does", level="warning"
                )


def bottom_line_claims(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Every sentence of the bottom line names the claims it sums up, one for each [phrase] if it has any."""
    for sentence in briefing.file.bottom_line:
        phrases = sentence.text.count("[")
        if not sentence.claims and not briefing.broken:
            yield Problem(sentence.place, "a sentence of the bottom line names no claims", "add claims: [...]")
        elif phrases and (phrases != len(sentence.claims) or phrases != sentence.text.count("]")):
            message = f"phrases in brackets: {phrases}, claims: {len(sentence.claims)}"
            tip = "put one [phrase] in brackets for each claim, in the same order"
            yield Problem(sentence.place.at("text"), message, tip)


def bottom_line_length(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """The bottom line has at most 150 words."""
    total = sum(len(split_words(fold(sentence.text))) for sentence in briefing.file.bottom_line)
    if total > MAX_WORDS:
        place = briefing.file.place.at("bottom_line")
        yield Problem(place, f"the bottom line has {total} words", f"cut it to {MAX_WORDS} words at most")
