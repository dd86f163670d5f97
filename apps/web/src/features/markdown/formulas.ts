import type { Nodes } from 'mdast';

/** Code, fenced or in a line, in which nothing is a formula. */
const CODE = /(^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:\n {0,3}\2[^\n]*|$(?![\s\S])))|(`+)(?!`)[\s\S]*?[^`]\3(?!`)/gm;
const INLINE = /\\\((.{1,2000}?)\\\)/gs;
const DISPLAY = /\\\[(.{1,2000}?)\\\]/gs;

/** Formulas as language models write them, `\(…\)` and `\[…\]`, in the way that remark-math reads: with dollars. */
export function withDollars(markdown: string): string {
  if (!markdown.includes('\\(') && !markdown.includes('\\[')) return markdown;
  let result = '';
  let end = 0;
  for (const code of markdown.matchAll(CODE)) {
    result += convert(markdown.slice(end, code.index)) + code[0];
    end = code.index + code[0].length;
  }
  return result + convert(markdown.slice(end));
}

function convert(text: string): string {
  return text
    .replaceAll(DISPLAY, (_, formula: string) => `\n$$\n${formula.trim()}\n$$\n`)
    .replaceAll(INLINE, (_, formula: string) => `$${formula.trim()}$`);
}

/**
 * A remark plugin, after remark-math: "from $5 to $10" is about money. As in Pandoc, between single dollars is a formula
 * only if nothing but the formula touches them: no space inside, and no digit after the second.
 */
export function plainDollars() {
  return (tree: Nodes, file: { toString(): string }): void => visit(tree, String(file));
}

function visit(node: Nodes, source: string): void {
  if (!('children' in node)) return;
  const children = node.children as Nodes[];
  node.children = children.map((child): Nodes => {
    if ((child.type as string) !== 'inlineMath') {
      visit(child, source);
      return child;
    }
    const [start, end] = [child.position?.start.offset ?? 0, child.position?.end.offset ?? 0];
    const raw = source.slice(start, end);
    return isMoney(raw, source.charAt(end)) ? { type: 'text', value: raw } : child;
  }) as typeof node.children;
}

function isMoney(raw: string, after: string): boolean {
  if (raw.startsWith('$$')) return false;
  return /^\$\s|\s\$$/.test(raw) || /\d/.test(after);
}
