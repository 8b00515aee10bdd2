// Offsets: the program counts code points, the browser UTF-16 units. And words and sentences, by the browser's own rules.

/** The UTF-16 offset of a code point. */
export function unitAt(text, point) {
  let unit = 0;
  for (let seen = 0; seen < point && unit < text.length; seen += 1) unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
  return unit;
}

/** The code point at a UTF-16 offset. */
export function pointAt(text, unit) {
  let point = 0;
  for (let at = 0; at < unit && at < text.length; point += 1) at += text.codePointAt(at) > 0xffff ? 2 : 1;
  return point;
}

/** How many code points a text has. */
export const length = (text) => pointAt(text, text.length);

/** A stretch of a text, by code points. */
export const slice = (text, start, end) => text.slice(unitAt(text, start), unitAt(text, end));

const segmenters = new Map();

function segmenter(lang, granularity) {
  const key = `${lang} ${granularity}`;
  if (!segmenters.has(key)) {
    let made;
    try {
      made = new Intl.Segmenter(lang || "en", { granularity });
    } catch {
      made = new Intl.Segmenter("en", { granularity });
    }
    segmenters.set(key, made);
  }
  return segmenters.get(key);
}

/** The words or sentences of a text as {start, end} in code points, without the space around them. */
export function units(text, lang, granularity) {
  if (granularity === "paragraph") return text ? [{ start: 0, end: length(text) }] : [];
  const found = [];
  for (const { segment, index, isWordLike } of segmenter(lang, granularity).segment(text)) {
    if (granularity === "word" && !isWordLike) continue;
    const trimmed = segment.trim();
    if (!trimmed) continue;
    const from = index + segment.indexOf(trimmed);
    found.push({ start: pointAt(text, from), end: pointAt(text, from + trimmed.length) });
  }
  return found;
}
