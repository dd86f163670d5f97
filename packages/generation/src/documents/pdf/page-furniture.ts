import type { PageText, Segment } from './page-lines.ts';

/** Running heads and feet stand in this share of the page at its top and bottom. */
const ZONE = 0.13;
/** They have at most so many lines and then a gap of so many ems to the text. */
const MAX_LINES = 4;
const GAP = 1.6;
/** The same line on this many pages near each other is no part of the text. */
const MIN_PAGES = 3;
/** Near means so many pages before and after: heads change with the chapter, and differ on left and right pages. */
const NEAR = 4;

const PAGE_NUMBER =
  /^[\s\-–—|[(]*(?:page|p\.|стр(?:аница|\.)?|с\.)?\s*(?:\d{1,4}|(?=[ivxl])l?x{0,3}(?:ix|iv|v?i{0,3}))(?:\s*(?:\/|of|из)\s*\d{1,4})?[\s\-–—|\])]*$/iu;

/** Takes away running heads, running feet and page numbers: what stands alone in the same place of pages in a row. */
export function withoutFurniture(pages: readonly PageText[]): PageText[] {
  const seen = new Map<string, Set<number>>();
  const candidates = pages.map((page) => new Map(edges(page).map((segment) => [segment, keyOf(segment)])));
  for (const [index, keys] of candidates.entries()) {
    for (const key of keys.values()) seen.set(key, (seen.get(key) ?? new Set()).add(index));
  }
  const limit = Math.min(MIN_PAGES, Math.max(2, pages.length));
  const isFurniture = (segment: Segment, index: number) => {
    const key = candidates[index]?.get(segment);
    if (key === undefined) return false;
    const pagesOfLine = seen.get(key);
    let near = 0;
    for (let other = index - NEAR; other <= index + NEAR; other += 1) if (pagesOfLine?.has(other)) near += 1;
    return near >= limit || PAGE_NUMBER.test(segment.text);
  };
  return pages.map((page, index) => ({
    ...page,
    segments: page.segments.filter((segment) => !isFurniture(segment, index)),
  }));
}

/** The same for a line that differs only in its numbers. */
function keyOf({ text, y }: Segment): string {
  return `${Math.round(y / 3)} ${text.replace(/\d+/g, '#').replace(/\s+/g, ' ').slice(0, 120)}`;
}

/** What stands at the top and the bottom of a page, apart from its text. */
function edges(page: PageText): Segment[] {
  const down = page.segments.toSorted((a, b) => a.y - b.y);
  const top = apart(down).filter(({ y, size }) => y - size < page.height * ZONE);
  const bottom = apart(down.toReversed()).filter(({ y }) => y > page.height * (1 - ZONE));
  return [...top, ...bottom];
}

/** The first lines up to the first gap; none when there are too many for a head. */
function apart(segments: readonly Segment[]): readonly Segment[] {
  let lines = 1;
  for (const [index, segment] of segments.entries()) {
    const previous = segments[index - 1];
    if (previous === undefined) continue;
    const gap = Math.abs(segment.y - previous.y);
    if (gap > Math.max(segment.size, previous.size) * GAP) return segments.slice(0, index);
    if (gap > segment.size * 0.5) lines += 1;
    if (lines > MAX_LINES) return [];
  }
  return segments;
}
