"""Signs that a copy is only the beginning of an article: "Subscribe to continue reading", a sentence without an end."""

import re
from collections.abc import Sequence

from synoptic.model.values import BLOCK_QUOTE
from synoptic.text.quotation_marks import MARKS
from synoptic.text.sentences import count_words, ends_sentence

#: An article with so many words is whole, whatever the page asks for.
WHOLE = 400
LONGEST = 60  # words; longer paragraphs belong to the article
_ENGLISH = (
    r"\b(?:subscribe|sign (?:in|up)|log in|register)\b[^.]{0,60}\bto (?:(?:continue|keep|go on) reading\b"
    r"|(?:continue|read on)\s*[.!\u2026]*$|(?:read|see|unlock) (?:the|this) (?:full|rest|whole|entire|article|story))"
    r"|\bto (?:continue|keep) reading,? (?:please )?(?:subscribe|sign|log|register|create)"
    r"|\bthis (?:article|content|story|post) is (?:only )?(?:for|available to|reserved for|exclusive to) "
    r"(?:our |all )?(?:paying |paid )?(?:subscribers|members)"
    r"|\bto (?:read|unlock) (?:the|this) (?:full |whole |rest of the )?(?:article|story),? "
    r"(?:please )?(?:subscribe|sign|log|register)"
    r"|\byou(?:'|’)?(?: ha)?ve (?:reached|used|read) (?:your|all|the) [^.]{0,40}\bfree (?:articles|stories)"
    r"|\b(?:continue|keep) reading with (?:a|your) (?:subscription|free (?:account|trial))"
)
_GERMAN = (
    r"\bweiterlesen mit\b|\b(?:abo|abonnement|abonnieren|registrieren|anmelden|einloggen|freischalten)\b"
    r"[^.]{0,50}\b(?:weiter(?:zu)?lesen|weiter|freischalten|ganzen (?:artikel|text))\b"
    r"|\bum (?:diesen |den |ganzen |vollständigen |gesamten )*(?:artikel |text |beitrag )?(?:weiter)?"
    r"(?:zu lesen|zulesen)\b[^.]{0,60}\b(?:abo|abonnieren|registrieren|anmelden|melden|einloggen)"
    r"|\b(?:artikel|inhalt|beitrag|text) (?:ist |lesen )?(?:nur |exklusiv )*(?:für|unseren|mit)\b[^.]{0,30}"
    r"\b(?:abonnent\w*|mitglieder\w*|abo|digital-?abo|plus)\b"
    r"|\blesen sie (?:nur )?mit (?:\w+ )?(?:plus|abo|digital-?abo)\b"
    r"|\bexklusiv für (?:unsere )?abonnent|\b(?:jetzt|hier) (?:abonnieren|testen|freischalten) und weiter"
)
_FRENCH = (
    r"\bréservée?s? (?:aux|à nos) (?:abonné|membre)|\babonnez-vous pour (?:lire|continuer|accéder|découvrir)"
    r"|\bil vous reste [\d.,]+\s?% de (?:cet|l'|l’)\s?article"
    r"|\bpour (?:lire|continuer|accéder à) (?:la |votre |cet |l'|l’)?(?:suite|lecture|article)\b[^.]{0,50}"
    r"\b(?:abonnez|connectez|identifiez|inscrivez)"
    r"|\b(?:connectez|identifiez|inscrivez)-vous pour (?:lire|continuer|accéder)"
)
_SPANISH = (
    r"\b(?:suscr[ií]b(?:ete|ase)|reg[ií]str(?:ate|ese)|inicia(?:r)? sesión|hazte (?:socio|suscriptor))\b[^.]{0,40}"
    r"\bpara (?:seguir|continuar|leer|acceder)"
    r"|\bpara (?:seguir|continuar) leyendo\b[^.]{0,60}\b(?:suscr|reg[ií]str|inicia|sesión|cuenta)"
    r"|\b(?:exclusiv[oa]|reservad[oa]|s[oó]lo|disponible) (?:s[oó]lo )?para (?:nuestros )?(?:suscriptores|socios)"
)
_OTHERS = (
    r"\briservato agli abbonati|\bexclusivo para assinantes"
    r"|订阅后?[^。]{0,6}(?:继续|阅读|查看)|登录后?[^。]{0,4}(?:继续)?阅读|付费后?[^。]{0,4}(?:阅读|查看)"
)
_TEASER = re.compile("|".join((_ENGLISH, _GERMAN, _FRENCH, _SPANISH, _OTHERS)), re.IGNORECASE)


def bars_the_rest(paragraph: str) -> bool:
    """Whether a paragraph asks readers to pay or to sign in before they read on."""
    return bool(_TEASER.search(paragraph)) and len(paragraph.split()) <= LONGEST


_MORE = re.compile(
    r"^\W*(?:(?:read|see|show|view) (?:more|on)|continue reading|read the (?:full|whole|rest).*|weiter ?lesen"
    r"|mehr lesen|mehr anzeigen|lire (?:la suite|plus)|voir plus|leer más|seguir leyendo"
    r"|阅读全文|查看更多|展开全文)\W*$",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?:\u2026|\.\.\.|\[\s?(?:\u2026|\.\.\.)\s?\])\W*$")
_LEAST = 8  # words of a paragraph that may end in the middle of a sentence; shorter ones are lines of another kind


def find_doubt(blocks: Sequence[str], kinds: Sequence[str], *, prose: bool) -> str:
    """Why a copy that nothing bars may still be only a beginning, as a clause; "" if nothing says so.

    Only in ``prose`` does a paragraph without a full stop mean something: not in a list or among links.
    """
    if blocks and _MORE.match(blocks[-1]):
        return f'it ends with "{blocks[-1]}"'
    whole = [
        block
        for block, kind in zip(blocks, kinds, strict=True)
        if kind in ("body", BLOCK_QUOTE) and count_words(block) >= _LEAST
    ]
    last = blocks[-1] if blocks else ""
    if not whole or count_words(" ".join(whole)) >= 3 * WHOLE or kinds[-1] not in ("body", "caption"):
        return ""
    if _CUT.search(last):
        return f'it ends with "{last[-40:].strip()}"'
    ended = [ends_sentence(block.rstrip(f"{MARKS})] ")) for block in whole if block != last]
    if (
        prose
        and count_words(last) >= _LEAST
        and not ends_sentence(last.rstrip(f"{MARKS})] "))
        and sum(ended) * 2 >= len(ended) > 0
    ):
        return f'it ends in the middle of a sentence, "{last[-40:].strip()}"'
    return ""
