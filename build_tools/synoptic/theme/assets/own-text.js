/* Reads a text as text/folding.py, text/terms.py and text/sentences.py do: folded words, search terms, sentences. Pure.
   Patterns and folds come from there as data; tests hold both sides to the same cases. */

const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const SPACES = new RegExp(`[${SPACE}]+`, "u"), IS_SPACE = new RegExp(`[${SPACE}]`, "u"), SOFT = new RegExp(`\u00ad[${SPACE}]+`, "gu");
const STEM = 5, SHORTEST = 3; // letters

/* Python's casefold: what is the same in capitals is the same. */
const lowered = new Map();
const casefold = char => {
  if (/[ı\u13a0-\u13f5]/u.test(char)) return char;
  if (/[\u13f8-\u13fd\uab70-\uabbf]/u.test(char)) return char.toUpperCase();
  return char.toLowerCase().toUpperCase().toLowerCase().replaceAll("ς", "σ");
};
export const lower = text => text.replace(/[A-Z]|[^ -~]/gu, char => {
  if (!lowered.has(char)) lowered.set(char, casefold(char));
  return lowered.get(char);
});

/* The reader of texts with these patterns (see text/script_patterns.py). */
export const makeReader = patterns => {
  const find = Object.fromEntries(Object.entries(patterns).filter(([, source]) => typeof source === "string")
    .map(([name, source]) => [name, new RegExp(source, /^(?:speech|count|month|opener)$/.test(name) ? "uy" : "u")]));
  const every = name => new RegExp(patterns[name], "gu"), hidden = every("hidden"), word = every("word"), cjk = every("cjk"), stop = every("stop");
  const starred = new RegExp(`\\*?${patterns.word}(?:'?\\*)?`, "gu");
  const folds = new Map(patterns.folds.flatMap(([characters, to]) => [...characters].map(char => [char, to ?? char.normalize("NFKC")])));

  const compose = text => text.replace(hidden, (hit, gone) => gone ? "" : hit).replace(SOFT, "").normalize("NFC");
  const fold = text => [...compose(text)].map(char => folds.get(char) ?? char).join("").split(SPACES).filter(Boolean).join(" ");

  /* A paragraph folded, and the original character behind each of its own. */
  const foldBlock = block => {
    let folded = "", origin = "", space = true;
    for (const char of compose(block)) {
      const out = IS_SPACE.test(char) ? " " : folds.get(char) ?? char;
      if (out === " " && space) continue;
      folded += out;
      origin += out === " " || out === char ? out : char.repeat(out.length);
      if (out) space = out === " ";
    }
    return space ? [folded.slice(0, -1), origin.slice(0, -1)] : [folded, origin];
  };
  /* Paragraphs as one text, and where each begins. */
  const foldBlocks = blocks => {
    const all = blocks.map(foldBlock).filter(([folded]) => folded), starts = [];
    let at = 0;
    for (const [folded] of all) {
      starts.push(at);
      at += folded.length + 1;
    }
    return {folded: all.map(([folded]) => folded).join(" "), origin: all.map(([, origin]) => origin).join(" "), starts};
  };

  /* Start and end of each word; of Chinese, Japanese and Korean of each sign. */
  const spansOf = text => {
    const spans = [], parts = find.cjk.test(text);
    for (const hit of text.matchAll(word)) {
      const end = hit.index + hit[0].length;
      let rest = hit.index;
      for (const sign of parts ? hit[0].matchAll(cjk) : []) {
        const at = hit.index + sign.index;
        if (rest < at) spans.push([rest, at]);
        rest = at + sign[0].length;
        spans.push([at, rest]);
      }
      if (rest < end) spans.push([rest, end]);
    }
    return spans;
  };
  const wordsOf = text => spansOf(text).map(([a, b]) => text.slice(a, b));

  const splitTerm = term => [...lower(fold(term)).matchAll(starred)].flatMap(([part]) => find.cjk.test(part) ? wordsOf(part) : [part]);
  const bare = part => part.replace(/'s$/, "");
  const splitName = name => {
    const words = wordsOf(fold(name));
    return {first: words[0], bare: words.map(bare)};
  };

  const stemsOf = text => {
    const words = wordsOf(lower(fold(text))), stems = new Set();
    words.forEach((one, i) => {
      if (i && find.cjk.test(words[i - 1][0]) && find.cjk.test(one[0])) stems.add(words[i - 1] + one);
      const signs = [...one];
      if (signs.length >= SHORTEST) stems.add([...one.replace(/'s$/, "").replace(/s$/, "")].slice(0, STEM).join(""));
      if (/^\p{Nd}+$/u.test(one)) stems.add(one);
    });
    return stems;
  };

  /* Whether a stop belongs to an abbreviation or an ordinal, and ends no sentence. */
  const here = (pattern, text, at) => { pattern.lastIndex = at; return pattern.test(text); };
  const abbreviates = (text, at, signs, begin, german) => {
    if (!/^\.(?!\.)/.test(signs)) return false;
    const before = text.slice(Math.max(0, at - 16), at), dotted = find.dotted.test(before), unit = find.unit.test(before);
    if (find.never.test(before) || (find.single.test(before) && !unit && !dotted)) return true;
    if (find.part.test(before) && here(find.count, text, begin)) return true;
    const number = /^\p{Nd}/u.test(text.slice(begin, begin + 2)), ordinal = find.ordinal.test(before);
    if ((number && find.number.test(before)) || (ordinal && (here(find.month, text, begin) || (number && german)))) return true;
    return (dotted || find.perhaps.test(before) || unit || (german && ordinal)) && !here(find.opener, text, begin);
  };

  /* Where sentences begin, after each stop that ends one. */
  const findBegins = text => {
    const german = find.german.test(text), begins = [];
    for (const hit of text.matchAll(stop)) {
      const [signs] = hit, after = hit.index + signs.length, begin = after + text.slice(after).search(/\S|$/);
      const following = text.slice(begin, begin + 20).match(find.initial)?.[0];
      if (following && /^\p{Lowercase}/u.test(following)) continue;
      const han = "。！？".includes(signs[0]);
      if (han ? signs.length > 1 && here(find.speech, text, after) : abbreviates(text, hit.index, signs, begin, german)) continue;
      begins.push(begin);
    }
    return begins;
  };

  return {foldBlocks, spansOf, splitTerm, splitName, stemsOf, findBegins, bare};
};

/* A text ready to be searched: its words, where each is, its sentences as first and last place. */
export const readText = (blocks, reader) => {
  const {folded, origin, starts} = reader.foldBlocks(blocks), spans = reader.spansOf(folded);
  const written = spans.map(([a, b]) => folded.slice(a, b)), tokens = written.map(lower), index = new Map();
  tokens.forEach((token, i) => index.has(token) ? index.get(token).push(i) : index.set(token, [i]));
  const begins = [...new Set([...starts, ...reader.findBegins(origin)])].sort((a, b) => a - b);
  const sentences = begins.map((from, n) => [from, begins[n + 1] ?? folded.length]);
  const sentenceAt = [];
  let number = 0;
  for (const [from] of spans) {
    while (number + 1 < begins.length && begins[number + 1] <= from) number += 1;
    sentenceAt.push(number);
  }
  const fitting = pattern => {
    if (pattern.startsWith("*")) return [...index.keys()].filter(token => token.endsWith(pattern.slice(1)));
    if (pattern.endsWith("*")) return [...index.keys()].filter(token => token.startsWith(pattern.slice(0, -1)));
    return [pattern, `${pattern}'s`].filter(token => index.has(token));
  };
  const known = new Map();
  const places = pattern => {
    if (!known.has(pattern)) known.set(pattern, new Set(fitting(pattern).flatMap(token => index.get(token)).sort((a, b) => a - b)));
    return known.get(pattern);
  };
  /* The first word of each place of a term; of a name, whose capitals count. */
  const findTerm = patterns => {
    const [first, ...rest] = patterns.map(places);
    return first ? [...first].filter(i => rest.every((others, n) => others.has(i + n + 1))) : [];
  };
  const findName = ({first: exact = "", bare: parts}) => {
    const found = new Set([exact, `${exact}'s`].flatMap(one => index.get(lower(one)) ?? []));
    return [...found].sort((a, b) => a - b).filter(i => [written[i], reader.bare(written[i])].includes(exact)
      && parts.every((part, n) => i + n < written.length && reader.bare(written[i + n]) === part));
  };
  return {folded, spans, sentences, sentenceAt, findTerm, findName};
};
