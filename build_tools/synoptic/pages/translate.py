"""What pages say in another language than English: the ``{% trans %}`` blocks of their templates, translated while a
template is compiled, so that pages pay nothing for it; and the words of the vocabulary."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import TemplateAssertionError
from jinja2.ext import Extension, InternationalizationExtension
from jinja2.lexer import Token, TokenStream

from synoptic.model.site import Site
from synoptic.model.vocabulary import LISTS, Term
from synoptic.pages.foreign import mark_site
from synoptic.text.language import END_ISOLATE, ENGLISH, ISOLATE, current, gettext, isolate, pgettext

#: What Jinja makes of ``{{ name }}`` and of a percent sign in a block.
_PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")
#: Where a value stays as it is: in a tag, or as the content of an element that says the direction, or of code.
_KEPT = re.compile(r"<[^>]*$|<(?:bdi|code|[^<>]* dir=)[^<>]*>[^<]*$")
#: Where a value cannot have an element around it, or is in an element that names its language.
_BARE = re.compile(r"<[^>]*$|<(?:code|desc|option|text|title|[^<>]* lang=)[^<>]*>[^<]*$")
#: Attributes that hold no words.
_NO_WORDS = re.compile(r'<[^>]*\s(?:class|href|id|lang|name|value|[xy][12]?|width|height)="[^"]*$')
#: What readers see of an entry of the vocabulary.
SHOWN = ("label", "plural", "back", "description", "rule")


def translate_site(site: Site) -> Site:
    """The site with the words of its vocabulary in the current language; a word that a site added stays as it is, and
    the words of contributors are marked if they are in another language."""
    return _translate_vocabulary(mark_site(site))


def _translate_vocabulary(site: Site) -> Site:
    if current() == ENGLISH:
        return site
    lists: dict[str, Any] = {
        name: tuple(_translate_term(name, term) for term in getattr(site.vocabulary, name)) for name in LISTS
    }
    return replace(site, vocabulary=site.vocabulary.model_copy(update=lists))


def _translate_term(name: str, term: Term) -> Term:
    said = {field: pgettext(name, text) for field in SHOWN if (text := getattr(term, field))}
    return term.model_copy(update=said)


class Translation(InternationalizationExtension):
    """Jinja's own syntax of ``trans``, but the block becomes text and expressions, as if written in the language that
    is spoken when the template is compiled. What depends on a number is said by ``ngettext`` in a view."""

    def _make_node(
        self,
        singular: str,
        plural: str | None,
        context: str | None,
        variables: dict[str, nodes.Expr],
        plural_expr: nodes.Expr | None,
        vars_referenced: bool,
        num_called_num: bool,
    ) -> nodes.Output:
        """The nodes of a block; its values are encoded like any that a template prints."""
        if plural is not None:
            raise TemplateAssertionError("count in the view, by ngettext", 1)
        message = singular if vars_referenced else singular.replace("%%", "%")
        said = pgettext(context, message) if context else gettext(message)
        return nodes.Output(list(_split(said, variables) if vars_referenced else [nodes.TemplateData(said)]))


def _find_filter(shown: str) -> str:
    """The filter of a value that a template prints after ``shown``; empty if it needs none."""
    if _BARE.search(shown):
        return "" if _NO_WORDS.search(shown) else "bare"
    return "isolate" if current().direction == "rtl" and not _KEPT.search(shown) else ""


class Isolation(Extension):
    """Adds filters to the values that a template prints. ``bare`` takes elements from those in attributes and the like.
    In a language that is written from right to left, ``isolate`` keeps apart each value but for those in attributes, in
    ``code`` and in elements that say a direction."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """The tokens of a template with the filters added."""
        shown, in_message, block, wrapped = "", False, False, ""
        for token in stream:
            if token.type == "data":
                shown += token.value
            elif token.type == "name" and block:
                in_message = token.value == "trans" or (in_message and token.value != "endtrans")
            block = token.type == "block_begin"
            if token.type == "variable_end" and wrapped:
                yield from (Token(token.lineno, *part) for part in (("rparen", ")"), ("pipe", "|"), ("name", wrapped)))
            yield token
            if token.type == "variable_begin":
                wrapped = "" if in_message else _find_filter(shown)
                if wrapped:
                    yield Token(token.lineno, "lparen", "(")


def isolate_printed(value: Any) -> Any:
    """The filter: a text, unless it is markup already or an address that somebody may copy."""
    return isolate(value) if type(value) is str and not value.startswith(("http:", "https:")) else value


def _split(message: str, values: Mapping[str, nodes.Expr]) -> Iterator[nodes.Expr]:
    """The pieces of a message: text, and the values of its placeholders, which a language that is written from right to
    left keeps apart."""
    end, apart = 0, current().direction == "rtl"
    for found in _PLACEHOLDER.finditer(message):
        before = message[: found.start()]
        isolated = apart and found[1] and before.rfind("<") <= before.rfind(">")  # not in an attribute
        yield nodes.TemplateData(message[end : found.start()] + ISOLATE * bool(isolated))
        yield values[found[1]] if found[1] else nodes.TemplateData("%")
        end = found.end()
        if isolated:
            yield nodes.TemplateData(END_ISOLATE)
    yield nodes.TemplateData(message[end:])
