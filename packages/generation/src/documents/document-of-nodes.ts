import type { DocumentType } from '@megacampus/domain/tiers';
import type { RootContent } from 'mdast';
import { detectLanguage } from '../language/detect-language.ts';
import type { Block, ParsedDocument } from './document.ts';
import { blockFacts, writeMarkdown } from './markdown-blocks.ts';

/** A piece of a document and the page or slide it begins on; null in formats without pages. */
export interface PagedNode {
  readonly node: RootContent;
  readonly page: number | null;
}

/** Writes the pieces of a document one after another as Markdown and notes where each of them stands. */
export function documentOfNodes(type: DocumentType, nodes: readonly PagedNode[]): ParsedDocument {
  const parts: string[] = [];
  const blocks: Block[] = [];
  let length = 0;
  for (const { node, page } of nodes) {
    const text = writeMarkdown(node);
    if (text === '') continue;
    parts.push(text);
    blocks.push({ ...blockFacts(node), start: length, end: length + text.length, page });
    length += text.length + 2;
  }
  const text = parts.join('\n\n');
  return { type, text, blocks, language: detectLanguage(text) };
}
