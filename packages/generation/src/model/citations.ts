import type { CourseLanguage } from '@megacampus/domain/course';
import type { Citation, Passage } from '../engine.ts';
import { shareIn, topicsOf } from '../gates/overlap.ts';
import { splitSentences } from '../language/sentences.ts';

/** A citation as the model gives it: the label of a passage and what it believes to stand there. */
export interface ClaimedCitation {
  readonly passage: string;
  readonly quote: string;
}

interface Cited {
  readonly markdown: string;
  readonly citations: readonly Citation[];
  /** Quotations that stand in no passage and were taken out with their marks. */
  readonly lost: readonly string[];
}

/** Shorter quotations stand everywhere and prove nothing, in characters. */
const MIN_QUOTE = 12;
/** Words that a sentence and a quotation must share, of both, to be taken for the same. */
const NEAREST = 0.6;

/**
 * Makes citations true: each quotation becomes the exact text of its passage — the same but for white space and
 * punctuation, else the nearest sentence — or is taken out. Marks are numbered anew, in the order in which they stand.
 */
export function settleCitations(
  markdown: string,
  claimed: readonly ClaimedCitation[],
  labelled: ReadonlyMap<string, Passage>,
  language: CourseLanguage,
): Cited {
  const citations: Citation[] = [];
  const numbers = new Map<number, number | null>();
  const lost: string[] = [];

  const settle = (claim: ClaimedCitation | undefined): number | null => {
    if (claim === undefined) return null;
    const found = locate(claim, labelled, language);
    if (found === null) {
      lost.push(claim.quote);
      return null;
    }
    const known = citations.findIndex(({ passageId, quote }) => passageId === found.passageId && quote === found.quote);
    return known >= 0 ? known + 1 : citations.push(found);
  };

  const text = markdown
    // Definitions of footnotes are ours to make.
    .replace(/^\[\^\d+\]:.*$/gm, '')
    .split(/(```[\s\S]*?```|`[^`\n]*`)/)
    .map((part, index) => {
      if (index % 2 === 1) return part;
      return part.replace(/[ \t]*\[\^(\d+)\]/g, (_, digits: string) => {
        const old = Number(digits);
        if (!numbers.has(old)) numbers.set(old, settle(claimed[old - 1]));
        const number = numbers.get(old) ?? null;
        return number === null ? '' : `[^${number}]`;
      });
    })
    .join('');
  return { markdown: text.trim(), citations, lost };
}

/** Numbers marks anew after paragraphs were taken out, and drops citations that no mark names any more. */
export function renumber(markdown: string, citations: readonly Citation[]): Pick<Cited, 'markdown' | 'citations'> {
  const kept: Citation[] = [];
  const numbers = new Map<number, number>();
  const text = markdown.split(/(```[\s\S]*?```|`[^`\n]*`)/).map((part, index) => {
    if (index % 2 === 1) return part;
    return part.replace(/\[\^(\d+)\]/g, (_, digits: string) => {
      const old = Number(digits);
      const citation = citations[old - 1];
      if (citation === undefined) return '';
      const number = numbers.get(old) ?? kept.push(citation);
      numbers.set(old, number);
      return `[^${number}]`;
    });
  });
  return { markdown: text.join(''), citations: kept };
}

function locate(
  { passage: label, quote }: ClaimedCitation,
  labelled: ReadonlyMap<string, Passage>,
  language: CourseLanguage,
): Citation | null {
  if (quote.trim().length < MIN_QUOTE) return null;
  const named = labelled.get(label.trim());
  // The passage it names first; models mix up labels more often than they invent sentences.
  const passages = [...(named ? [named] : []), ...[...labelled.values()].filter((passage) => passage !== named)];
  for (const passage of passages) {
    const exact = sameText(quote, passage.text);
    if (exact !== null) return { passageId: passage.id, quote: exact };
  }
  const nearest = named ? nearestSentence(quote, named.text, language) : null;
  return named && nearest !== null ? { passageId: named.id, quote: nearest } : null;
}

const QUOTES = '["“”„«»‘’\'`]';
const DASHES = '[-‐‑–—−]';

/** The stretch of `text` that is `quote` but for white space, kinds of quotation marks and dashes, and emphasis. */
function sameText(quote: string, text: string): string | null {
  const trimmed = quote.trim();
  if (text.includes(trimmed)) return trimmed;
  const words = trimmed.replace(/[*_]/g, '').split(/\s+/);
  const pattern = words
    .map((word) =>
      word
        .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        .replace(/["“”„«»‘’'`]/g, QUOTES)
        .replace(/[-‐‑–—−]/g, DASHES),
    )
    .join('[\\s*_]+');
  return new RegExp(pattern, 'iu').exec(text)?.[0].trim() ?? null;
}

function nearestSentence(quote: string, text: string, language: CourseLanguage): string | null {
  const wanted = topicsOf(quote, language);
  if (wanted.size < 3) return null;
  let best: { readonly sentence: string; readonly score: number } | null = null;
  for (const line of text.matchAll(/[^\n]+/g)) {
    for (const { start, end } of splitSentences(line[0], language)) {
      const sentence = line[0].slice(start, end);
      const topics = topicsOf(sentence, language);
      const score = topics.size === 0 ? 0 : Math.min(shareIn(wanted, topics), shareIn(topics, wanted));
      if (sentence.length >= MIN_QUOTE && score > (best?.score ?? 0)) best = { sentence, score };
    }
  }
  return best !== null && best.score >= NEAREST ? best.sentence : null;
}
