"""What the history says in English of locks and of looks at pages, as messages. The history is read before a language
is chosen; the change log says it again in its own."""

from synoptic.compare.watched import ANSWERS
from synoptic.text.language import gettext_noop, ngettext_noop
from synoptic.text.retell import Message

#: What ``history.diff`` says of a lock or a look, whole or in parts.
SUMMARIES: tuple[Message, ...] = (
    *ANSWERS.values(),
    # For translators: the number of the answer of a web server, for example "the page was gone (404)".
    gettext_noop("the page was gone (%(status)s)"),
    gettext_noop("the saved copy was gone (%(status)s)"),
    gettext_noop("the page could not be read (%(status)s)"),
    gettext_noop("the saved copy could not be read (%(status)s)"),
    gettext_noop("the page was behind a wall: one has to sign in or to pay (%(status)s)"),
    gettext_noop("the saved copy was behind a wall: one has to sign in or to pay (%(status)s)"),
    gettext_noop("the page no longer had any quotation"),
    gettext_noop("the saved copy no longer had any quotation"),
    ngettext_noop("the page still had its one quotation", "the page still had all %(num)s quotations"),
    ngettext_noop("the saved copy still had its one quotation", "the saved copy still had all %(num)s quotations"),
    ngettext_noop(
        "the page still had %(there)s of %(num)s quotation", "the page still had %(there)s of %(num)s quotations"
    ),
    ngettext_noop(
        "the saved copy still had %(there)s of %(num)s quotation",
        "the saved copy still had %(there)s of %(num)s quotations",
    ),
    ngettext_noop("%(there)s of %(num)s quotation could be seen", "%(there)s of %(num)s quotations could be seen"),
    ngettext_noop("%(num)s had other words", "%(num)s had other words"),
    ngettext_noop("%(num)s was gone", "%(num)s were gone"),
    ngettext_noop("%(num)s quotation added", "%(num)s quotations added"),
    ngettext_noop("%(num)s quotation removed", "%(num)s quotations removed"),
    ngettext_noop("%(num)s quotation altered", "%(num)s quotations altered"),
    ngettext_noop("%(num)s search term added", "%(num)s search terms added"),
    ngettext_noop("%(num)s search term removed", "%(num)s search terms removed"),
    ngettext_noop("%(num)s search result altered", "%(num)s search results altered"),
    # For translators: what follows is said of the lock of an article.
    gettext_noop("it shares other passages with other sources"),
    gettext_noop("it was compared with other sources"),
    gettext_noop("other people count as readers of a quotation"),
    gettext_noop("other facts of how it tells its story"),
    gettext_noop("other hits count as unlikely"),
    gettext_noop("other words turn its quotations"),
    gettext_noop("its text has another length"),
    gettext_noop("nothing but who checked it and when"),
)
#: What it says of a lock before and after a change.
LOCK_WORDS: tuple[Message, ...] = (
    gettext_noop("paragraphs none"),
    gettext_noop("paragraphs %(numbers)s"),
    gettext_noop("checked by %(name)s on %(day)s"),
    gettext_noop("paragraph %(number)s"),
    gettext_noop("words %(first)s to %(last)s"),
    gettext_noop("%(first)s to %(last)s"),
    gettext_noop("brackets of ours %(numbers)s"),
    gettext_noop("inside quotation marks"),
    gettext_noop("outside quotation marks"),
    gettext_noop("a whole sentence"),
    gettext_noop("beside it nothing"),
    gettext_noop("beside it %(words)s"),
)
