import type { Element, ElementContent, Nodes, Text } from 'hast';

/**
 * A rehype plugin: marks the words of `quote` where they stand in the text, over the borders of bold, links and the like.
 * Both are compared by letters and digits only, as a quote is Markdown source and the text is not. What is not found is
 * not marked.
 */
export function quoteMark(quote: string) {
  return () =>
    (tree: Nodes): void => {
      const texts = textsOf(tree);
      const wanted = [...quote].filter(counts).join('');
      const found = texts.flatMap(({ node }) => [...node.value].filter(counts)).join('');
      const start = wanted === '' ? -1 : found.indexOf(wanted);
      if (start >= 0) markRange(texts, start, start + wanted.length);
    };
}

interface Place {
  readonly node: Text;
  readonly parent: { children: Nodes[] };
}

function textsOf(node: Nodes): Place[] {
  if (!('children' in node)) return [];
  return (node.children as Nodes[]).flatMap((child) =>
    child.type === 'text' ? [{ node: child, parent: node as Place['parent'] }] : textsOf(child),
  );
}

/** Marks from the letter `start` to before the letter `end`, counted over all texts. */
function markRange(texts: readonly Place[], start: number, end: number): void {
  let letters = 0;
  for (const { node, parent } of texts) {
    const before = letters;
    letters += countLetters(node.value);
    if (letters <= start || before >= end) continue;
    const from = start < before ? 0 : offsetOf(node.value, start - before);
    const to = letters <= end ? node.value.length : offsetOf(node.value, end - before - 1) + 1;
    const marked = node.value.slice(from, to);
    if (marked.trim() === '') continue;
    const mark: Element = { type: 'element', tagName: 'mark', properties: {}, children: [text(marked)] };
    const parts: ElementContent[] = [text(node.value.slice(0, from)), mark, text(node.value.slice(to))];
    parent.children.splice(parent.children.indexOf(node), 1, ...parts);
  }
}

function counts(letter: string): boolean {
  return /[\p{L}\p{N}]/u.test(letter);
}

function countLetters(value: string): number {
  return [...value].filter(counts).length;
}

/** Where the letter of this number stands, from 0. */
function offsetOf(value: string, letter: number): number {
  let [offset, seen] = [0, 0];
  for (const one of value) {
    if (counts(one)) {
      if (seen >= letter) return offset;
      seen += 1;
    }
    offset += one.length;
  }
  return value.length;
}

function text(value: string): Text {
  return { type: 'text', value };
}
