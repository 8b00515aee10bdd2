"""Reads a saved mail (.eml), or one pasted as text: its words, and what its head states."""

import email
import email.policy
import re
from dataclasses import replace
from email.message import EmailMessage
from email.utils import parseaddr

from synoptic.article.article import Article
from synoptic.article.dates import find_day
from synoptic.article.kinds import MAIL_LINE
from synoptic.article.plain_text import read_plain_text
from synoptic.article.web_page import read_web_page
from synoptic.base.problems import Refused
from synoptic.model.values import UNKNOWN

#: Lines that only a mail's source has; mail programs do not show them.
_SOURCE_LINE = re.compile(
    r"(?:Return-Path|Received|Message-ID|MIME-Version|Content-Type|Content-Transfer-Encoding|Delivered-To"
    r"|DKIM-Signature|X-[\w-]+): ",
    re.IGNORECASE,
)
_HEADER = re.compile(r"[A-Za-z][\w-]*:(?:\s|$)|[ \t]+\S|From \S+@\S+ ")


def read_mail(data: bytes) -> Article:
    """The text of a mail, its subject as headline. Attachments are left out. Raises Refused."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        subject, sender, date = (" ".join(str(message[key] or "").split()) for key in ("subject", "from", "date"))
        body = message.get_body(("plain", "html"))
        content = "" if body is None else body.get_content()
        attached = sum(1 for _ in message.iter_attachments()) if message.is_multipart() else 0
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError):
        raise Refused("it is a broken mail; save its words as plain text (.txt)") from None
    if body is None or not content.strip():
        raise Refused("there is no text in this mail; save the words of what is attached as .txt")
    if body.get_content_type() == "text/html":
        article = read_web_page(content)
        if subject and subject not in article.blocks[:5]:
            article = replace(article, blocks=(subject, *article.blocks), kinds=("headline", *article.kinds))
    else:
        article = read_plain_text(f"{subject}\n\n{content}" if subject else content)
    note = f"{attached} attached file{'s are' if attached > 1 else ' is'} left out"
    return replace(
        article,
        title=subject or article.title,
        author=parseaddr(sender)[0] or UNKNOWN,
        published=find_day(date) or UNKNOWN,
        notes=(*article.notes, *([note] if attached else [])),
    )


def is_mail_source(text: str) -> bool:
    """Whether a text begins as the source of a mail does, with the lines that programs write for each other."""
    head = text.lstrip("\ufeff\r\n ").replace("\r\n", "\n").partition("\n\n")[0].split("\n")
    wanted = re.compile(r"(?:From|Subject|Date): ", re.IGNORECASE)
    return all(map(_HEADER.match, head)) and any(map(_SOURCE_LINE.match, head)) and any(map(wanted.match, head))


def read_pasted_mail(text: str) -> Article | None:
    """The article of a mail that was copied with the lines that a mail program shows above it; None if it is none."""
    lines = text.lstrip("\ufeff\r\n ").splitlines()
    count = next((n for n, line in enumerate(lines) if not MAIL_LINE.match(line.strip())), len(lines))
    stated = [match for line in lines[:count] if (match := MAIL_LINE.match(line.strip()))]

    def first(kind: str) -> str:
        return next((" ".join(match["value"].split()) for match in stated if match[kind]), "")

    if not (first("sender") and (first("subject") or first("date"))):
        return None
    subject, body = first("subject"), "\n".join(lines[count:])
    article = read_plain_text(f"{subject}\n\n{body}" if subject else body)
    return replace(
        article,
        title=subject or article.title,
        author=parseaddr(first("sender"))[0] or re.sub(r"\s*[<\[].*", "", first("sender")) or UNKNOWN,
        published=find_day(first("date")) or UNKNOWN,
    )
