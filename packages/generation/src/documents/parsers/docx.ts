import { strToU8, zipSync } from 'fflate';
import type { Element, ElementContent, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toString as textOf } from 'hast-util-to-string';
import mammoth from 'mammoth';
import { DocumentError } from '../document-error.ts';
import { documentOfNodes } from '../document-of-nodes.ts';
import { findElements, markdownNodes, prune } from '../html-nodes.ts';
import type { DocumentParser } from '../parsers.ts';
import { createPictureReader, isLargePicture, PICTURE } from '../picture-reader.ts';
import { attribute, readXml } from '../xml-events.ts';
import { openZip, type ZipArchive } from '../zip-archive.ts';

/** Word documents through mammoth, which sees only parts that were unpacked within bounds and are sound XML. */
export const docxParser: DocumentParser = {
  type: 'docx',
  parse: async (bytes, file, context) => {
    const zip = await openZip(bytes, file.name);
    const parts = { ...largePictures(zip), ...textParts(zip, file.name) };
    const pictures = createPictureReader(context);
    const texts: (string | null)[] = [];
    const read = async (picture: Uint8Array) => texts.push(await pictures.read(() => picture)) - 1;
    const root = fromHtml(await toHtml(parts, file.name, read).finally(pictures.close), { fragment: true });
    insertTexts(root, texts);
    const notes = takeNotes(root);
    prune(root, () => false);
    const nodes = root.children
      .filter((child) => child.type === 'element')
      .flatMap((child) => markdownNodes({ type: 'root', children: [child, ...notesOf(child, notes)] }));
    const parsed = documentOfNodes(
      'docx',
      nodes.map((node) => ({ node, page: null })),
    );
    const unread = texts.filter((text) => text === null).length;
    return unread === 0 ? parsed : { ...parsed, unread: { pages: [], pictures: unread } };
  },
};

/** All XML of the document; pictures, fonts and macros stay packed. */
function textParts(zip: ZipArchive, fileName: string): Record<string, Uint8Array> {
  const parts: Record<string, Uint8Array> = {};
  for (const name of zip.names) {
    if (!/\.(?:xml|rels)$/i.test(name) || /^(?:customXml|docProps|word\/(?:theme|glossary))\//i.test(name)) continue;
    const part = zip.read(name);
    if (part === null) continue;
    readXml(part, fileName);
    parts[name] = part;
  }
  if (!('[Content_Types].xml' in parts)) throw new DocumentError('damaged', fileName);
  return parts;
}

/** Pictures that may hold text; the others stay packed, and mammoth finds them missing. */
function largePictures(zip: ZipArchive): Record<string, Uint8Array> {
  const pictures: Record<string, Uint8Array> = {};
  for (const name of zip.names) {
    const bytes = name.startsWith('word/media/') && PICTURE.test(name) ? zip.read(name) : null;
    if (bytes !== null && isLargePicture(bytes)) pictures[name] = bytes;
  }
  return pictures;
}

/** After each block with a picture that was read, its text, line by line. */
function insertTexts(root: Root, texts: readonly (string | null)[]): void {
  root.children = root.children.flatMap((child): Root['children'] => {
    if (child.type !== 'element') return [child];
    const pictures = findElements(child, ({ tagName }) => tagName === 'img');
    const found = pictures.flatMap(
      ({ properties }) => texts[Number(String(properties['src'] ?? '').replace('#', '') || -1)] ?? [],
    );
    const paragraphs = found.flatMap((text) => text.split(/\n\s*\n/)).map((text) => text.replace(/\s+/g, ' ').trim());
    return [
      child,
      ...paragraphs
        .filter((text) => text !== '')
        .map(
          (value): Element => ({ type: 'element', tagName: 'p', properties: {}, children: [{ type: 'text', value }] }),
        ),
    ];
  });
}

/** `read` is given each large picture in the order of the text and gives it a number. */
async function toHtml(
  parts: Record<string, Uint8Array>,
  fileName: string,
  read: (picture: Uint8Array) => Promise<number>,
): Promise<string> {
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer: Buffer.from(zipSync(parts, { level: 0 })) },
      {
        styleMap: styleMap(parts['word/styles.xml'] ?? strToU8('<styles/>'), fileName),
        convertImage: mammoth.images.imgElement(async (image) => {
          const bytes = await image.readAsBuffer().catch(() => null);
          return { src: bytes === null ? '' : `#${await read(bytes)}` };
        }),
        includeEmbeddedStyleMap: false,
        externalFileAccess: false,
      },
    );
    return value;
  } catch (cause) {
    throw new DocumentError('damaged', fileName, cause);
  }
}

interface Style {
  readonly id: string;
  name: string;
  basedOn: string | null;
  outlineLevel: number | null;
}

/** Which styles are headings, also those a template made itself: Word knows them by their level in the outline. */
export function styleMap(styles: Uint8Array, fileName: string): string[] {
  const byId = new Map<string, Style>();
  let style: Style | null = null;
  readXml(styles, fileName, {
    open: (tag) => {
      if (tag.local === 'style' && attribute(tag, 'type') === 'paragraph') {
        style = { id: attribute(tag, 'styleId') ?? '', name: '', basedOn: null, outlineLevel: null };
        byId.set(style.id, style);
      } else if (style && tag.local === 'name') style.name = attribute(tag, 'val') ?? '';
      else if (style && tag.local === 'basedOn') style.basedOn = attribute(tag, 'val') ?? null;
      else if (style && tag.local === 'outlineLvl') style.outlineLevel = Number(attribute(tag, 'val'));
    },
    close: (tag) => {
      if (tag.local === 'style') style = null;
    },
  });
  const rules = ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"];
  for (const style of byId.values()) {
    const { id, name } = style;
    if (/^(?:toc|table of figures|index)\b/i.test(name)) rules.push(`p${selector(style)} => !`);
    const level = outlineLevel(byId, id);
    if (level !== null && !/^toc/i.test(name)) rules.push(`p${selector(style)} => h${Math.min(6, level + 1)}:fresh`);
  }
  return rules;
}

/** A style's own level, or that of the style it is made from; 9 means running text. */
function outlineLevel(styles: ReadonlyMap<string, Style>, id: string): number | null {
  let style = styles.get(id);
  for (let steps = 0; style && steps < 20; steps += 1) {
    const named = /^heading ([1-9])$/i.exec(style.name)?.[1];
    if (named !== undefined) return Number(named) - 1;
    if (style.outlineLevel !== null) return style.outlineLevel <= 8 ? style.outlineLevel : null;
    style = style.basedOn === null ? undefined : styles.get(style.basedOn);
  }
  return null;
}

/** By name: identifiers of Russian documents are bare numbers, which mammoth can't read. */
const selector = ({ name }: Style) => `[style-name='${name.replace(/[\\']/g, '\\$&')}']`;

/** Footnotes and endnotes stand in a list at the end; they are taken out by their number. */
function takeNotes(root: Root): Map<string, string> {
  const notes = new Map<string, string>();
  root.children = root.children.filter((child) => {
    if (child.type !== 'element' || child.tagName !== 'ol') return true;
    const items = child.children.filter((item): item is Element => item.type === 'element');
    if (!items.some(({ properties }) => /^(?:foot|end)note-/.test(String(properties['id'] ?? '')))) return true;
    for (const item of items) notes.set(String(item.properties['id']), textOf(item).replace(/↑\s*$/u, '').trim());
    return false;
  });
  return notes;
}

/** Takes the marks of notes out of a block; the notes follow it as paragraphs, so that each stays with its text. */
function notesOf(block: Element, notes: ReadonlyMap<string, string>): Element[] {
  const found: Element[] = [];
  const isMark = (node: ElementContent): boolean => {
    if (node.type !== 'element') return false;
    const [link] = node.tagName === 'sup' ? node.children : [];
    const note =
      link?.type === 'element' ? notes.get(String(link.properties['href'] ?? '').replace(/^#/, '')) : undefined;
    if (note === undefined) {
      node.children = node.children.filter((child) => !isMark(child));
      return false;
    }
    found.push({ type: 'element', tagName: 'p', properties: {}, children: [{ type: 'text', value: note }] });
    return true;
  };
  if (notes.size > 0) isMark(block);
  return found;
}
