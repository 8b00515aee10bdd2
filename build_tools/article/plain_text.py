"""Reads a plain text, one paragraph a line."""

from build_tools.article.article import Article, Metadata, describe_article
from build_tools.article.kinds import BULLET, kinds_of_lines


def split_paragraphs(text: str) -> tuple[str, ...]:
    """The lines of a text that are not empty, bullets without their signs."""
    return tuple(BULLET.sub("", line) or line for line in _split_lines(text))


def read_plain_text(text: str) -> Article:
    """The article in a plain text, with what its lines state."""
    blocks = split_paragraphs(text)
    return describe_article(blocks, kinds_of_lines(_split_lines(text), blocks), Metadata())


def _split_lines(text: str) -> list[str]:
    return [line.strip() for line in text.lstrip("\ufeff").splitlines() if line.strip()]
