"""Why a signature or a time stamp does not fit, as ``compare.proofs`` and ``load`` say it in English, since a lock is
verified before a language is chosen. Receipts say it again in the language of the page."""

from synoptic.text.language import gettext_noop

#: What a time stamp that proves nothing is.
STAMPS = (gettext_noop("does not fit"), gettext_noop("not verified"))
#: Why a signature or a time stamp does not fit.
MISFITS = (
    gettext_noop("the lock no longer names them as a reader"),
    gettext_noop("it is for a check on %(day)s, but the lock says %(other)s"),
    gettext_noop('it does not cover the entry of "%(entry)s" and %(number)s more'),
    gettext_noop('it does not cover the entry of "%(entry)s"'),
    gettext_noop("it is not an SSH signature"),
    gettext_noop("briefings/signers has no key of that name"),
    gettext_noop("the key that signed is not the one in briefings/signers"),
    gettext_noop("that key may sign only %(limits)s"),
    gettext_noop("the lock, the name or the day is not what was signed"),
    gettext_noop("briefings/authorities.pem has no certificate of an authority"),
    gettext_noop("it is for another lock, name, day or signature"),
    gettext_noop("no authority in briefings/authorities.pem made it (%(error)s)"),
    gettext_noop("it cannot be read as the answer of a time-stamping server"),
    gettext_noop("it was made on %(made)s, before the check on %(day)s"),
)
