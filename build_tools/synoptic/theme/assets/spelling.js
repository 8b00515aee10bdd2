// Suggests a spelling: loaded only after a search that found little.

// Letters to add, drop, change or swap until one word is the other (optimal string alignment), or more than `most`.
function distance(a, b, most) {
  let older = [], old = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [older, old] = [old, row];
  }
  return old[b.length];
}

// The word of a list, the most frequent first, that is spelt nearest to a folded one: by at most `most` letters.
export function nearest(words, fold, word, most) {
  let best = word;
  for (const one of words) {
    const other = fold(one);
    if (other.startsWith(word) && 2 * word.length >= other.length) return word;
    if (Math.abs(other.length - word.length) > most) continue;
    const far = distance(word, other, most);
    if (far <= most) [most, best] = [far - 1, one];
  }
  return best;
}
