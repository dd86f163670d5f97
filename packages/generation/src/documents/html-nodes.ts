import type { Element, ElementContent, Root } from 'hast';
import { type Handle, toMdast } from 'hast-util-to-mdast';
import type { RootContent } from 'mdast';

/** Elements that show nothing, or nothing that is text, or that belong to a program. */
const SILENT = new Set(
  'script style noscript template iframe frame object embed svg canvas audio video picture img map button input select textarea datalist dialog link meta base'.split(
    ' ',
  ),
);

/** Whether an element is dropped together with all that is in it. */
export type Drop = (element: Element) => boolean;

/** Takes what is silent, hidden or unwanted out of a tree, in place. */
export function prune(root: Root | Element, unwanted: Drop): void {
  const open: (Root | Element)[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    const kept = node.children.filter(
      (child) =>
        child.type === 'text' ||
        (child.type === 'element' && !SILENT.has(child.tagName) && !isHidden(child) && !unwanted(child)),
    );
    node.children = kept as ElementContent[];
    for (const child of kept) if (child.type === 'element') open.push(child);
  }
}

function isHidden({ properties }: Element): boolean {
  const style = typeof properties['style'] === 'string' ? properties['style'] : '';
  return (
    properties['hidden'] !== undefined ||
    properties['ariaHidden'] === 'true' ||
    /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style)
  );
}

/** Links lead out of the course; their words stay. */
const words: Handle = (state, element) => state.all(element);

/** An HTML tree as the blocks of a Markdown document. */
export function markdownNodes(root: Root | Element): RootContent[] {
  giveTablesHeads(root);
  const tree = toMdast(root, { document: true, handlers: { a: words, u: words, ins: words, del: () => undefined } });
  return tree.type === 'root' ? tree.children : [tree as RootContent];
}

/** Elements in order of the document; not recursive, so that deep pages don't matter. */
export function findElements(root: Root | Element, matches: (element: Element) => boolean): Element[] {
  const found: Element[] = [];
  const open: (Root | Element)[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'element' && matches(node)) found.push(node);
    for (const child of node.children.toReversed()) if (child.type === 'element') open.push(child);
  }
  return found;
}

/** A table in Markdown begins with a head; without one of its own it is the first row, not an empty one. */
function giveTablesHeads(root: Root | Element): void {
  for (const table of findElements(root, ({ tagName }) => tagName === 'table')) {
    const [row] = findElements(table, ({ tagName }) => tagName === 'tr');
    if (!row || findElements(table, ({ tagName }) => tagName === 'th').length > 0) continue;
    for (const cell of row.children) if (cell.type === 'element' && cell.tagName === 'td') cell.tagName = 'th';
  }
}
