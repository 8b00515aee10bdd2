"""Reads a saved mail (.eml): its text, and what its head states."""

import email
import email.policy
from dataclasses import replace
from email.message import EmailMessage
from email.utils import parseaddr

from build_tools.article.article import Article
from build_tools.article.dates import find_day
from build_tools.article.plain_text import read_plain_text
from build_tools.article.web_page import read_web_page
from build_tools.base.problems import Refused
from build_tools.model.values import UNKNOWN


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
    html = body.get_content_type() == "text/html"
    article = read_web_page(content) if html else read_plain_text(f"{subject}\n\n{content}" if subject else content)
    note = f"{attached} attached file{'s are' if attached > 1 else ' is'} left out"
    return replace(
        article,
        title=subject or article.title,
        author=parseaddr(sender)[0] or UNKNOWN,
        published=find_day(date) or UNKNOWN,
        notes=(*article.notes, *([note] if attached else [])),
    )
