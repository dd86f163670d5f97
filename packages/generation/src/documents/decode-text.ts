import { analyse } from 'chardet';

const CYRILLIC_ENCODINGS = ['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5', 'x-mac-cyrillic'] as const;

/** Bytes looked at when the encoding has to be guessed. */
const SAMPLE_BYTES = 64 * 1024;

/** Share of letters, of all that is not ASCII, that must read as Cyrillic words for a Cyrillic encoding to be believed. */
const CYRILLIC_SHARE = 0.85;

/**
 * Decodes a text file in any common encoding: by its byte order mark, else as UTF-8 when it is valid, else as UTF-16
 * by the pattern of zero bytes, else by its letters. Null when it is no text.
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: string } | null {
  const encoding = encodingOf(bytes);
  if (encoding === null) return null;
  const text = new TextDecoder(encoding).decode(bytes);
  return looksLikeText(text) ? { text: normalizeText(text), encoding } : null;
}

/** One kind of line end, no byte order mark. */
export function normalizeText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/^\uFEFF/, '');
}

function encodingOf(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const zeros = zeroBytes(sample);
  if (zeros.even + zeros.odd > 0) return utf16Without(zeros, sample.length);
  if (isUtf8(bytes)) return 'utf-8';
  return cyrillicEncoding(sample) ?? guessed(sample);
}

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function zeroBytes(sample: Uint8Array): { even: number; odd: number } {
  let even = 0;
  let odd = 0;
  for (const [index, byte] of sample.entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  return { even, odd };
}

/** Zero bytes in a text mean UTF-16: spaces, line ends and Latin letters have one, always in the same half. */
function utf16Without({ even, odd }: { even: number; odd: number }, length: number): string | null {
  if (length % 2 !== 0 || even + odd < length / 40) return null;
  if (odd > even * 20) return 'utf-16le';
  if (even > odd * 20) return 'utf-16be';
  return null;
}

/** chardet errs on short Cyrillic texts and on text mixed with code, so these encodings are judged by their words. */
function cyrillicEncoding(sample: Uint8Array): string | null {
  let best: { encoding: string; score: number } | null = null;
  for (const encoding of CYRILLIC_ENCODINGS) {
    const score = cyrillicScore(new TextDecoder(encoding).decode(sample));
    if (score >= CYRILLIC_SHARE && (best === null || score > best.score + 1e-9)) best = { encoding, score };
  }
  return best?.encoding ?? null;
}

/**
 * 0–1 and a bonus for frequent letters: which share of the non-ASCII characters are Cyrillic letters in words cased
 * as people write. A text read in the wrong Cyrillic encoding has its case inverted or its words broken.
 */
function cyrillicScore(text: string): number {
  const foreign = text.match(/[^\p{ASCII}\s«»—–…“”„№°§’‘•\u00a0]/gu)?.length ?? 0;
  if (foreign === 0) return 0;
  let good = 0;
  let frequent = 0;
  for (const word of text.match(/[\p{L}\p{N}]+/gu) ?? []) {
    if (!/^(?:[А-ЯЁ]?[а-яё]+|[А-ЯЁ]{2,}|[АВИКОСУЯ])$/u.test(word)) continue;
    good += word.length;
    frequent += word.match(/[оеаинтсрвл]/giu)?.length ?? 0;
  }
  return good / foreign + 0.1 * (good === 0 ? 0 : frequent / good);
}

function guessed(sample: Uint8Array): string {
  for (const { name, confidence } of analyse(sample)) {
    if (confidence < 10) break;
    try {
      return new TextDecoder(name).encoding;
    } catch {
      // chardet knows a few encodings that the platform doesn't; the next best is tried.
    }
  }
  return 'windows-1252';
}

/** Text has hardly any control or replacement characters; one in a hundred is taken for a blemish. */
function looksLikeText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells binary data
  const odd = text.match(/[\u0000-\u0008\u000e-\u001f\u007f\ufffd]/g)?.length ?? 0;
  return odd <= text.length / 100;
}
