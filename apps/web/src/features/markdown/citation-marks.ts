import type { Link, Nodes, PhrasingContent, Text } from 'mdast';

const MARK = /\[\^(\d+)\]/g;

/** Where a citation mark leads; `Markdown` renders such links as buttons that open the quote. */
export const CITATION_URL = '#citation-';

/** A remark plugin: `[^3]` becomes a link to citation 3. Code is left as it is. */
export function citationMarks() {
  return (tree: Nodes): void => visit(tree);
}

function visit(node: Nodes): void {
  if (!('children' in node)) return;
  const children = node.children as Nodes[];
  node.children = children.flatMap((child): Nodes[] => {
    if (child.type === 'text') return splitText(child);
    if (child.type !== 'link') visit(child);
    return [child];
  }) as typeof node.children;
}

function splitText(text: Text): PhrasingContent[] {
  const parts: PhrasingContent[] = [];
  let end = 0;
  for (const match of text.value.matchAll(MARK)) {
    if (match.index > end) parts.push({ type: 'text', value: text.value.slice(end, match.index) });
    const label: Text = { type: 'text', value: match[1] ?? '' };
    parts.push({ type: 'link', url: `${CITATION_URL}${match[1]}`, children: [label] } satisfies Link);
    end = match.index + match[0].length;
  }
  if (end < text.value.length) parts.push({ type: 'text', value: text.value.slice(end) });
  return parts;
}
