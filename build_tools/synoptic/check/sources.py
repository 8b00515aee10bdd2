"""Rules: every source is locked, searched for every term, and compared with the others. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from synoptic.base.problems import Place, Problem
from synoptic.check.quotations import check_copy
from synoptic.check.rule import get_readable_lock, shorten
from synoptic.compare.hits import find_hits, find_likely, list_unlikely, rate_hits
from synoptic.compare.lock import list_shared_runs
from synoptic.compare.quotations import count_shared_words, list_quotations
from synoptic.compare.statements import find_holder, find_origin
from synoptic.model.lock import SharedRun
from synoptic.model.records import Claim, Source
from synoptic.model.site import Briefing, Site
from synoptic.model.values import Span
from synoptic.text.english import join_words
from synoptic.text.match import Text

_MOST_LEFT = 20  # words of a shared run that may be quoted as nobody's, if the rest is one speaker's
_SENTENCES = 3  # with a search term, in one message


def lock_missing(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Every source has a lock that names who checked it and when."""
    tip = f"whoever has the article runs: synoptic lock {briefing.slug} --by NAME"
    for source in briefing.sources:
        if f"lock:{source.id}" in briefing.broken:
            continue
        lock = briefing.locks.get(source.id)
        if lock is None:
            yield Problem(source.place, f'the source "{source.id}" has no lock', tip)
        elif not (lock.checked_by and lock.checked_on):
            yield Problem(source.place, f'the lock of "{source.id}" does not say who checked it and when', tip)


def text_changed(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """An article's text is the one that was locked, with the same number of words; a changed text is a new source. If
    the locked text is not among those at hand, the closest is named and tried: a quotation that it lacks is an error,
    another copy with all of them a warning."""
    for source in briefing.sources:
        lock, text = briefing.locks.get(source.id), briefing.texts.get(source.id)
        if lock and text and (lock.words, lock.blocks) != (len(text.spans), len(text.blocks)):
            message = (
                f'the lock of "{source.id}" records {lock.words} words in {lock.blocks} paragraphs, '
                f"but the text has {len(text.spans)} in {len(text.blocks)}"
            )
            yield Problem(source.place, message, f"run: synoptic lock {briefing.slug}")
        if sha := briefing.changed.get(source.id):
            message = f'the text of "{source.id}" in articles/ is not the one that was locked (SHA-256 {sha[:12]}...)'
            yield Problem(source.place, message, "restore the old text, or ingest the new one as another source")
    for name, (file, text) in briefing.closest.items():
        yield from _try_closest(briefing, briefing.source[name], file, text, site)


def _try_closest(briefing: Briefing, source: Source, file: str, text: Text, site: Site) -> Iterator[Problem]:
    """Report that a lock names a text that is not there, and what the closest of those that are there lacks."""
    missing = [replace(problem, rule="") for problem in check_copy(briefing, source, text, site)]
    total, sha = len(list_quotations(briefing, source.id)), briefing.locks[source.id].sha256[:12]
    message = (
        f'the text that the lock of "{source.id}" names (SHA-256 {sha}...) is not at hand; the closest is {file}, '
        f"which has {total - len(missing)} of its {total} quotations"
    )
    tip = f"ask for the copy that was checked, or lock this one: synoptic lock {briefing.slug} --by NAME"
    yield Problem(source.place, message, tip, level="error" if missing else "warning")
    yield from missing


def paragraph_outside(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Every paragraph whose kind a source gives (`paragraphs`) is in its text, by the number that the lock records."""
    for source in briefing.sources:
        lock = get_readable_lock(briefing, source.id)
        for number, kind in source.paragraphs.items():
            if lock is not None and number > lock.blocks:
                message = f'"{source.id}" calls paragraph {number} a {kind}, but its text has {lock.blocks} paragraphs'
                yield Problem(
                    source.place.at("paragraphs", str(number)), message, "give the number that ingest printed"
                )


def no_terms(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A claim has search terms: without them, "not mentioned" has no basis."""
    for claim in briefing.claims:
        if claim.id in briefing.broken:
            continue
        if not claim.terms and claim.kind != "question":
            yield Problem(claim.place, f'the claim "{claim.id}" has no search terms', "add terms: [...]")
        elif claim.terms and all(term.is_name for term in claim.terms):
            message = f'all search terms of "{claim.id}" are names'
            yield Problem(
                claim.place.at("terms"), message, "add a word or phrase of the claim: a name alone asks nothing"
            )


def searched(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """The lock of every source records the hits of every search term; they match the text if it is available. One that
    the lock wrongly calls unlikely to be a statement is a warning."""
    command = f"synoptic lock {briefing.slug}"
    locks = {s.id: lock for s in briefing.sources if (lock := briefing.locks.get(s.id)) and lock.checked_by}
    texts = {source: text for source in locks if (text := briefing.texts.get(source))}
    for claim in briefing.claims:
        for i, term in enumerate(claim.terms if claim.id not in briefing.broken else ()):
            if missing := [source for source, lock in locks.items() if lock.hits_of(term) is None]:
                sources = ", ".join(f'"{source}"' for source in missing)
                message = f'the search for "{term.term}" is missing from the lock of {sources}'
                yield Problem(claim.place.at("terms", i), message, f"whoever has the text runs: {command}")
            for source, text in texts.items():
                locked, search = locks[source].hits_of(term), text.search_name if term.is_name else text.search
                if locked is not None and search(term.term) != locked:
                    message = f'the hits of "{term.term}" in the lock of "{source}" do not match the text'
                    yield Problem(claim.place.at("terms", i), message, f"run: {command}")
    yield from _find_hidden(briefing, command)


def _find_hidden(briefing: Briefing, command: str) -> Iterator[Problem]:
    """Report likely hits that a lock calls unlikely, so that nobody is asked about them."""
    for source in briefing.sources:
        lock, text = briefing.locks.get(source.id), briefing.texts.get(source.id)
        if lock is None or text is None or lock.unlikely is None:
            continue
        today = list_unlikely(briefing, source, text, lock.quotes)
        for claim in briefing.claims:
            hits, answered = set(find_hits(briefing, source.id, claim) or ()), _list_answered(claim)
            hidden = hits & {*lock.unlikely.get(claim.id, ())} - {*today.get(claim.id, ())}
            if hidden and source.id not in answered and claim.id not in briefing.broken:
                paragraphs = join_words([str(number) for number in sorted(hidden)])
                which = f"paragraph{'s' * (len(hidden) > 1)} {paragraphs}"
                message = f'the lock of "{source.id}" calls {which} unlikely for "{claim.id}"'
                tip = f"it may state the claim now; run: {command}"
                yield Problem(claim.place.at("terms"), message, tip, level="warning")


def hit_unanswered(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A sentence that most likely states a claim, by its search terms and the words of claim and quotations, is quoted,
    or its source has a `passed_over` with a reason. Where no quotation is in the article's language, the sentence has
    two different terms. Names (`mode: name`), headlines and open questions never ask; readers see that other places
    with a term were not examined."""
    for claim in briefing.claims:
        answered = _list_answered(claim)
        unread = claim.id in briefing.broken or not all(entry.each for entry in claim.passed_over)
        if unread or not answered <= briefing.source.keys():
            continue
        for source in briefing.sources:
            if source.id not in answered and (hits := find_likely(briefing, source.id, claim)):
                lock, asking = briefing.locks[source.id], [term for term in claim.terms if not term.is_name]
                terms = ", ".join(f'"{term.term}"' for term in asking if {*(lock.hits_of(term) or ())} & {*hits})
                where = f"paragraph{'s' * (len(hits) > 1)} {', '.join(map(str, hits))}"
                message = f'search terms of "{claim.id}" occur in "{source.id}", {where}: {terms}'
                text = briefing.texts.get(source.id)
                found = rate_hits(briefing, claim, source, text) if text else ()
                sentences = [f'"{shorten(hit.sentence)}"' for hit in found if hit.block in hits][:_SENTENCES]
                message += f"; likeliest first: {', '.join(sentences)}" if sentences else ""
                tip = f"add a statement, or passed_over: [{{source: {source.id}, reason: ...}}]"
                yield Problem(claim.place.at("terms"), message, tip)


def _list_answered(claim: Claim) -> set[str]:
    """The sources with a statement on a claim, or passed over."""
    return {statement.source for statement in claim.statements} | {entry.source for entry in claim.passes}


def needless_pass(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A `passed_over` names, once, a source that has a hit but no statement."""
    for claim in briefing.claims:
        speaking = {statement.source for statement in claim.statements}
        times = Counter(entry.source for entry in claim.passes)
        earlier: set[tuple[str, str]] = set()
        for entry in claim.passes:
            repeated = (entry.source, entry.reason) in earlier
            earlier.add((entry.source, entry.reason))
            remove: Place | None = entry.place
            if entry.source in speaking:
                why = "it has a statement on this claim"
            elif find_hits(briefing, entry.source, claim) == ():
                why = "no search term occurs in its text, headlines and captions aside"
            elif times[entry.source] > 1:
                why, remove = "it is passed over twice", entry.place if repeated else None
            else:
                continue
            message = f'"{entry.source}" need not be passed over: {why}'
            yield Problem(entry.place.at("source"), message, "remove this entry", remove=remove)


def compared(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """The text of every source is compared with every other, and the lock records the long runs they share."""
    command = f"synoptic lock {briefing.slug}"
    locks = briefing.locks
    for source in briefing.sources:
        lock, text = get_readable_lock(briefing, source.id), briefing.texts.get(source.id)
        if lock is None or not lock.checked_by:
            continue
        known = [s.id for s in briefing.sources if s.id not in locks or locks[s.id].checked_by]
        others = [name for name in known if name != source.id and f"lock:{name}" not in briefing.broken]
        if missing := [other for other in others if other not in lock.compared]:
            names = ", ".join(f'"{name}"' for name in missing[:3])
            more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
            message = f'"{source.id}" was not compared with {names}{more}'
            yield Problem(source.place, message, f"whoever has the texts runs: {command}")
        for other in others:
            other_text = briefing.texts.get(other)
            if text is None or other_text is None or other in missing:
                continue
            pair, locked = (source, text, briefing.source[other], other_text), _places(lock.shared, other)
            telling, possible = _places(list_shared_runs(*pair)), _places(list_shared_runs(*pair, names=True))
            if not telling <= locked <= possible:  # older locks name runs of names, too
                message = f'the runs shared with "{other}" in the lock of "{source.id}" do not match the texts'
                yield Problem(source.place, message, f"run: {command}")


def _places(runs: Iterable[SharedRun], other: str = "") -> set[tuple[object, ...]]:
    """The runs shared with a source, or all of them, without their places in the lock."""
    return {(run.source, run.block, run.words, run.theirs) for run in runs if other in ("", run.source)}


def _is_of_speaker(briefing: Briefing, source: Source, run: SharedRun) -> bool:
    """Whether both sources quote most of a shared run as the words of one speaker, or as one utterance."""
    ours, theirs = _find_voices(briefing, source.id, run.words), _find_voices(briefing, run.source, run.theirs)
    length = run.words[1] - run.words[0] + 1
    left = min((length - min(len(ours[voice]), len(theirs[voice])) for voice in ours.keys() & theirs), default=length)
    return 2 * left <= length and left < _MOST_LEFT


def _find_voices(briefing: Briefing, source: str, words: Span) -> dict[str, set[int]]:
    """The speakers and utterances that a source's statements quote within a range of words, each with these words."""
    found: dict[str, set[int]] = {}
    for _, statement in briefing.carried.get(source, ()):
        entry = briefing.locked(statement)
        quoted = {word for first, last in entry.words for word in range(first, last + 1)} if entry else set()
        for voice in (find_holder(briefing, statement), f"utterance:{statement.utterance or ''}"):
            if not voice.startswith("article:") and voice != "utterance:":
                found.setdefault(voice, set()).update(quoted & {*range(words[0], words[1] + 1)})
    return found


def origin_undeclared(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Sources that share long runs of words have one `origin`, or are `independent` for a stated reason. A run that is
    part of a title, or mostly of proper names, does not count; nor does one that both quote, for the most part, as the
    words of one speaker or as one `utterance`."""
    for source in briefing.sources:
        lock = briefing.locks.get(source.id)
        if lock is None:
            continue
        partners = dict.fromkeys(run.source for run in lock.shared)
        telling = {run.source for run in lock.shared if not _is_of_speaker(briefing, source, run)}
        for name in partners:
            other = briefing.source.get(name)
            if other is None or source.id > name or find_origin(briefing, source.id) == find_origin(briefing, name):
                continue
            if name in telling and name not in source.independent and source.id not in other.independent:
                number = count_shared_words(briefing, source.id, name)
                run = max(
                    (run for run in lock.shared if run.source == name and not _is_of_speaker(briefing, source, run)),
                    key=lambda run: run.words[1] - run.words[0],
                )
                text = briefing.texts.get(source.id)
                shown = f': "{shorten(text.wording(*run.words))}"' if text else ""
                message = (
                    f'"{source.id}" and "{name}" share {number} words in long runs but have different origins; '
                    f'the longest is in paragraph {run.block} of "{source.id}"{shown}'
                )
                tip = "give both the same origin:, or add independent: {" + name + ": the reason}"
                yield Problem(source.place, message, tip)
        for name in source.independent:
            place, other = source.place.at("independent", name), briefing.source.get(name)
            pair = f'"{source.id}" is declared independent of "{name}"'
            if name not in partners:
                yield Problem(place, f"{pair}, but they share no long run", "remove it", remove=place)
            elif find_origin(briefing, source.id) == find_origin(briefing, name):
                yield Problem(place, f"{pair}, but they have the same origin", "remove origin: or independent:")
            elif other is not None and source.id in other.independent and source.id > name:
                yield Problem(place, f"{pair}, and the other way round", "one reason is enough; remove one of the two")
