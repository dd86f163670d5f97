import type { Element, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toString as textOf } from 'hast-util-to-string';
import { decodeText, isUtf8, normalizeText } from '../decode-text.ts';
import { DocumentError } from '../document-error.ts';
import { documentOfNodes } from '../document-of-nodes.ts';
import { findElements, markdownNodes, prune } from '../html-nodes.ts';
import type { DocumentParser } from '../parsers.ts';

/** Bytes in which a page has to name its encoding; the standard says 1,024, pages are laxer. */
const META_BYTES = 4096;

/** A part chosen as the content must hold at least this share of the page's text. */
const MAIN_SHARE = 0.4;

/** The text of a web page without what stands around it. Nothing is fetched and no script runs: it is only parsed. */
export const htmlParser: DocumentParser = {
  type: 'html',
  parse: (bytes, file) => {
    const text = decodeHtml(bytes);
    if (text === null) throw new DocumentError('binary', file.name);
    const root = fromHtml(text);
    const title = titleOf(root);
    const content = mainContent(root);
    const nodes = markdownNodes(content);
    if (title !== '' && !nodes.some((node) => node.type === 'heading' && node.depth === 1)) {
      nodes.unshift({ type: 'heading', depth: 1, children: [{ type: 'text', value: title }] });
    }
    return documentOfNodes(
      'html',
      nodes.map((node) => ({ node, page: null })),
    );
  },
};

/** By byte order mark or as UTF-8 where it is that, else as the page says, else by its letters. */
export function decodeHtml(bytes: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, META_BYTES));
  const named = /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w:.-]+)/i.exec(head)?.[1];
  if (named === undefined || isUtf8(bytes) || bytes.subarray(0, META_BYTES).includes(0))
    return decodeText(bytes)?.text ?? null;
  try {
    const { encoding } = new TextDecoder(named);
    // A page that calls itself UTF-8 or UTF-16 and got here is neither.
    if (!encoding.startsWith('utf-')) return normalizeText(new TextDecoder(encoding).decode(bytes));
  } catch {
    // An encoding that nobody knows: the letters decide.
  }
  return decodeText(bytes)?.text ?? null;
}

function titleOf(root: Root): string {
  const title = findElements(root, ({ tagName }) => tagName === 'title')[0];
  return title ? textOf(title).replace(/\s+/g, ' ').trim() : '';
}

const AROUND_TAGS = new Set(['nav', 'aside', 'footer', 'search', 'menu']);
const AROUND_ROLES = new Set([
  'navigation',
  'banner',
  'contentinfo',
  'search',
  'complementary',
  'menu',
  'menubar',
  'toolbar',
  'alert',
]);
const AROUND_NAMES =
  /(?:^|[-_\s])(?:nav|navbar|navigation|menu|sidebar|side-bar|footer|breadcrumbs?|cookies?|consent|banner|advert(?:isement)?|ads?|promo|share|sharing|social|comments?|related|recommend(?:ed|ations)?|subscribe|newsletter|popup|modal|pagination|pager|skip-?link|toolbar|login)(?:$|[-_\s])/i;

function mainContent(root: Root): Root | Element {
  prune(root, (element) => element.tagName === 'head');
  const whole = textLength(root);
  const candidates = [
    findElements(root, ({ tagName, properties }) => tagName === 'main' || properties['role'] === 'main'),
    findElements(
      root,
      ({ tagName, properties }) => tagName === 'article' || String(properties['itemProp'] ?? '') === 'articleBody',
    ),
  ];
  const chosen = candidates
    .filter((found) => found.length === 1)
    .flat()
    .find((element) => textLength(element) >= whole * MAIN_SHARE);
  const content = chosen ?? root;
  const length = textLength(content);
  prune(content, (element) => isAround(element, length, chosen !== undefined));
  return content;
}

/** What stands around the content: by its tag, its role, its name, or because it is nothing but links. */
function isAround(element: Element, contentLength: number, insideMain: boolean): boolean {
  const { tagName, properties } = element;
  if (AROUND_TAGS.has(tagName) || AROUND_ROLES.has(String(properties['role'] ?? ''))) return true;
  if (tagName === 'header')
    return !insideMain && findElements(element, ({ tagName: name }) => name === 'h1').length === 0;
  if (/^(?:body|main|article|h[1-6]|p|pre|code|a|span|em|strong|b|i|t[dhr]|tbody|table)$/.test(tagName)) return false;
  const names = `${[properties['className']].flat().join(' ')} ${properties['id'] ?? ''}`;
  const length = textLength(element);
  if (AROUND_NAMES.test(names) && length < contentLength * MAIN_SHARE) return true;
  return !insideMain && isLinkList(element, length);
}

function isLinkList(element: Element, length: number): boolean {
  const links = findElements(element, ({ tagName }) => tagName === 'a');
  const linked = links.reduce((sum, link) => sum + textLength(link), 0);
  return links.length >= 4 && linked > length * 0.8;
}

function textLength(node: Root | Element): number {
  return textOf(node).replace(/\s+/g, ' ').length;
}
