/** Numbers of a vector. Few enough to be quick, enough that the pieces of a passage seldom fall together. */
const DIMENSIONS = 512;
/** Length of the pieces that words are cut into, in characters. */
const PIECES = [3, 4, 5] as const;

/**
 * A real embedding without a model: the pieces of a text's words, hashed into a vector. Words of one root lie near each
 * other whatever their endings; synonyms do not, as they would with a trained model.
 */
export function embeddingOf(text: string, dimensions: number = DIMENSIONS): number[] {
  const counts = new Map<string, number>();
  for (const word of text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .match(/[\p{L}\p{N}]+/gu) ?? []) {
    const padded = `^${word}$`;
    for (const size of PIECES)
      for (let at = 0; at + size <= padded.length; at += 1) {
        const piece = padded.slice(at, at + size);
        counts.set(piece, (counts.get(piece) ?? 0) + 1);
      }
  }
  const vector = new Array<number>(dimensions).fill(0);
  for (const [piece, count] of counts) {
    const hash = hashOf(piece);
    const at = hash % dimensions;
    // Half of the pieces count down, so that those that fall together do not add up.
    vector[at] = (vector[at] ?? 0) + (hash & 0x10000 ? 1 : -1) * (1 + Math.log(count));
  }
  return vector;
}

/** FNV-1a, then mixed so that its low bits depend on all of the piece. */
function hashOf(piece: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < piece.length; at += 1) hash = Math.imul(hash ^ piece.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
