/* What a reader's own text may say of a briefing, as compare/guess.py guesses it. Pure. */
import { makeReader, readText } from "./own-text.js";

/* Reads the data of pages/your_article.py once: a function that guesses what paragraphs say. */
export const makeGuesser = data => {
  const reader = makeReader(data.patterns), {pieces} = data, common = new Set(data.common);
  const expand = ([text, , , , terms, names], n) => {
    const own = reader.stemsOf(text), [alike, figures, wordings] = pieces.claims[n];
    return {
      terms: terms.map(reader.splitTerm),
      alike: new Set(alike.map(String)),
      names: names.map(reader.splitName),
      figures: figures.map(reader.splitTerm),
      wordings: wordings.map(([first, ...rest]) => new Set([...first === -1 ? own : [pieces.stems[first]], ...rest.map(stem => pieces.stems[stem])])),
    };
  };
  const claims = data.claims.map(expand), people = pieces.people.map(names => names.map(reader.splitName));

  return blocks => {
    const text = readText(blocks, reader), {folded, spans, sentences, sentenceAt} = text;
    const stems = sentences.map(([a, b]) => reader.stemsOf(folded.slice(a, b))), counts = new Map();
    for (const one of stems) for (const stem of one) counts.set(stem, (counts.get(stem) ?? 0) + 1);
    const known = new Map();
    const weigh = stem => {
      if (!known.has(stem)) known.set(stem, Math.log((sentences.length + 1) / ((counts.get(stem) ?? 0) + 0.5)));
      return known.get(stem);
    };

    /* Sentence's number to the stretches of it that were found, each as its first and last place in the folded text. */
    const marks = (found, at, length, add = () => []) => {
      for (const i of at) {
        const hit = found.get(sentenceAt[i]) ?? {spans: [], terms: []};
        hit.spans.push([spans[i][0], spans[i + length - 1][1]]);
        hit.terms.push(...add());
        found.set(sentenceAt[i], hit);
      }
      return found;
    };
    const rate = ({terms, alike, wordings}) => {
      const found = new Map();
      terms.forEach((patterns, n) => marks(found, text.findTerm(patterns), patterns.length, () => [n]));
      const weights = found.size ? wordings.map(wording => [...wording].map(stem => [stem, weigh(stem)])) : [];
      /* The share of a wording's words that a sentence has; of several that mean something, one is too few. */
      const share = (weighed, inside) => {
        const meaning = weighed.filter(([stem]) => !common.has(stem));
        if (meaning.length > 1 && meaning.filter(([stem]) => inside.has(stem)).length < 2) return 0;
        const sum = some => some.reduce((total, [, weight]) => total + weight, 0);
        return sum(weighed.filter(([stem]) => inside.has(stem))) / sum(weighed);
      };
      for (const [number, hit] of found) {
        const shares = weights.map(weighed => share(weighed, stems[number]));
        const each = [...new Set(hit.terms)], two = each.some((a, n) => each.slice(n + 1).some(b => !alike.has(`${a},${b}`)));
        hit.likeness = Math.max(0, ...shares) * (two ? data.twice : 1);
      }
      return found;
    };
    const named = names => names.reduce((found, name) => marks(found, text.findName(name), name.bare.length), new Map());
    return {
      sentence: number => [sentences[number][0], folded.slice(...sentences[number]).trim()],
      words: spans.length,
      sentences: sentences.length,
      claims: claims.map(claim => {
        const words = rate(claim), figures = new Map();
        for (const patterns of claim.figures) marks(figures, text.findTerm(patterns), patterns.length);
        return {likely: [...words.values()].some(hit => hit.likeness >= data.likely), words, names: named(claim.names), figures};
      }),
      people: people.map(named),
    };
  };
};
