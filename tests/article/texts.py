"""Invented texts of each kind, a source of each for the commands, and a claim about them."""

MARKDOWN = """\
---
title: The ferry stops
authors:
  - Pat Example
  - {name: Sam Pattern}
date: {created: 2031-03-03, updated: 2031-04-01}
lang: en-GB
license: CC BY 4.0
canonical_url: https://harbour.example/ferry
---
<!-- an editor's remark -->
# The ferry *stops* in June

The town says that its [ferry](https://hidden.example/target "hint")
stops for good[^1], and that `no boats` are __left__. It gave no reason. :wave:

## Why now
The mayor was [asked twice][minutes].
- A bridge is planned
- The quay is ~~sold~~
  and wrapped

1. First step.
2. Second step.

> “We have no boats left,” said
> the mayor.

!!! note "A remark of the town"
    This box speaks, too.

![The ferry at its quay](ferry.jpg)

| Year | Price |
| ---- | ----- |
| 2030 | 12    |

```sh
row --hard

row --harder
```

[^1]: The note at the foot.
"""

THREAD = """\
# The ferry does not stop

boatswain · description · 2031-03-03
**What happens**
It sails on in June.
Nobody told the crew.

harbour-master · comment · 2031-03-05
That is wrong: it stops.
> It sails on in June.
- No boats are left.
"""

PAGE = """\
<!DOCTYPE html>
<html lang="fr"><head><meta charset="{charset}"><title>Le bac s'arrête | La Gazette inventée</title>
<link rel="canonical" href="https://gazette.example/2031/bac">
<meta property="og:site_name" content="La Gazette inventée"><meta name="author" content="Jean Dupont">
<meta property="article:published_time" content="2031-03-12T08:00:00Z">
<link rel="license" href="https://creativecommons.org/licenses/by/4.0/"></head>
<body><nav><ul><li><a href="/">Accueil</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Le bac s'arrête en juin</h1>
<p>Le bac du port <a href="https://hidden.example/">inventé</a> cessera de <em>circuler</em> en juin, a dit la ville
lundi. Elle n'a donné aucune raison à cette décision, que personne n'attendait avant l'automne prochain.</p>
<h2>Pourquoi maintenant</h2>
<p>« Nous n'avons plus de bateaux », a dit la maire de la ville.<br>Elle n'a rien ajouté dans cet article inventé.</p>
<ul><li>Un pont est prévu</li><li>Le quai sera vendu à la fin de l'année</li></ul>
</article><footer>Tous droits réservés</footer><script>fetch("https://hidden.example/")</script></body></html>
"""

FRENCH = """\
Le bac s'arrête en juin
Par Jean Dupont
Publié le 1er août 2031
« Nous n'avons plus de bateaux », a dit la maire. Elle n'a rien ajouté.
Éditeur : ceci est le corps du texte, et rien d'autre ne s'y trouve.
"""

CHINESE = """\
渡轮六月停航
作者：张三
2031年3月12日
来源：虚构日报
镇政府周一表示，渡轮将永久停航。没有说明理由。
“我们没有船了。”镇长说。
"""

SOURCES = {
    ".txt": ("Ferry stops\nBy Pat Example\nThe town says that its ferry stops for good in June. Nobody was asked.\n",
             "its ferry stops for good in June"),
    ".md": (MARKDOWN, "its ferry stops for good, and that no boats are left"),
    ".html": (PAGE.format(charset="utf-8"), "cessera de circuler en juin, a dit la ville lundi"),
}  # fmt: skip

CLAIM = """\
- id: ferry-stops
  claim: The ferry stops in June.
  kind: event
  terms: [ferry, bac]
  statements:
    - id: s-ferry
      source: ferry
      stance: asserts
      quote: {quote}
"""
