"""Rules: signatures and time stamps in locks fit, and there are as many as a briefing demands. Pure."""

from collections.abc import Iterator

from synoptic.base.problems import Problem
from synoptic.compare.proofs import (
    SIGNERS,
    count_people,
    find_signed,
    is_rest_signed,
    read_key_kind,
    read_signing_key,
)  # fmt: skip
from synoptic.model.proof import Proof, Verified
from synoptic.model.site import Briefing, Site
from synoptic.text.english import plural


def signature(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A signature or time stamp in a lock fits what the lock says, the name and the day; the key is in
    `briefings/signers`, the authority in `authorities.pem` beside it. One that cannot be verified here is a warning."""
    unverified: dict[str, set[str]] = {}
    strangers: dict[tuple[str, str], list[Proof]] = {}
    for source, results in briefing.verified.items():
        for proof in briefing.locks[source].proofs:
            result = results[proof.name]
            if result.signature == "does not fit" and SIGNERS in result.why:
                strangers.setdefault((proof.name, read_signing_key(proof.ssh or "")), []).append(proof)
            else:
                yield from _report_misfit(briefing, source, proof, result)
            for state, why in ((result.signature, result.why), (result.stamp, result.stamp_why)):
                if state == "not verified":
                    unverified.setdefault(why, set()).add(source)
    for (name, key), proofs in strangers.items():
        why = f"{SIGNERS} does not have that key under that name ({plural(len(proofs), 'signature')} in all)"
        tip = f'if the key is theirs, its line there is: "{name}" {read_key_kind(key)} {key}'
        yield Problem(proofs[0].place, f'the signature of "{name}" does not fit: {why}', tip)
    for why, sources in unverified.items():
        message = f"{why}; locks that have one: {len(sources)}"
        yield Problem(briefing.file.place, message, "install it and check again", level="warning")


def _report_misfit(briefing: Briefing, source: str, proof: Proof, result: Verified) -> Iterator[Problem]:
    """The problems of one proof by a known key, or with a time stamp alone."""
    command = f"synoptic lock {briefing.slug}/{source} --by"
    again = f'only they can renew it: {command} "{proof.name}" --sign; or remove the entry'
    if result.signature == "does not fit":
        yield Problem(proof.place, f'the signature of "{proof.name}" does not fit: {result.why}', again)
    if result.signature == "none" and result.why:
        yield Problem(proof.place, f'the time stamp for "{proof.name}" does not fit: {result.why}', again)
    elif result.stamp == "does not fit" and result.stamp_why != result.why:
        tip = f'remove it, or fetch another: {command} "{proof.name}" --stamp'
        yield Problem(proof.place, f'the time stamp for "{proof.name}" does not fit: {result.stamp_why}', tip)


def unsigned(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """As many people as `briefing.yml` demands (`signatures`) have signed each quotation, each with a key of their
    own, and one of them the rest of the lock. If none are demanded, a lock that changed since is a warning."""
    demanded = briefing.file.signatures
    tip = f"a reader signs: synoptic lock {briefing.slug}/SOURCE --by NAME --sign"
    for source, lock in briefing.locks.items():
        for entry in lock.quotes if demanded else ():
            found = count_people(find_signed(briefing, source, entry))
            if found < demanded:
                message = f'"{entry.statement}" was signed by {found or "nobody"}; the briefing demands {demanded}'
                yield Problem(entry.place, message, tip)
        if is_rest_signed(briefing, source):
            continue
        fitting = {name for name, result in briefing.verified.get(source, {}).items() if result.signature == "fits"}
        if demanded or any(proof.rest and proof.name in fitting for proof in lock.proofs):
            message = f'nobody has signed the searches and counts in the lock of "{source}" as they are now'
            yield Problem(lock.place, message, tip, level="error" if demanded else "warning")
