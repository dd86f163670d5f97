import type { Nodes, Paragraph, Text } from 'mdast';

/** A remark plugin: HTML within Markdown is shown as it was written, never made part of the page. */
export function htmlAsText() {
  return (tree: Nodes): void => visit(tree);
}

function visit(node: Nodes): void {
  if (!('children' in node)) return;
  const isBlock = node.type === 'root' || node.type === 'blockquote' || node.type === 'listItem';
  const children = node.children as Nodes[];
  node.children = children.map((child): Nodes => {
    if (child.type !== 'html') {
      visit(child);
      return child;
    }
    const text: Text = { type: 'text', value: child.value };
    return isBlock ? ({ type: 'paragraph', children: [text] } satisfies Paragraph) : text;
  }) as typeof node.children;
}
