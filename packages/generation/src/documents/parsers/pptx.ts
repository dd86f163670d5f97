import type { RootContent } from 'mdast';
import { DocumentError } from '../document-error.ts';
import { documentOfNodes, type PagedNode } from '../document-of-nodes.ts';
import type { DocumentParser } from '../parsers.ts';
import { createPictureReader, isLargePicture, PICTURE } from '../picture-reader.ts';
import { readSlide } from '../slide-xml.ts';
import { attribute, readXml } from '../xml-events.ts';
import { openZip, type ZipArchive } from '../zip-archive.ts';
import { plainTextNodes } from './plain-text.ts';

const PRESENTATION = 'ppt/presentation.xml';

/** Presentations, slide by slide in the order they are shown; the speaker's notes follow their slide. */
export const pptxParser: DocumentParser = {
  type: 'pptx',
  parse: async (bytes, file, context) => {
    const zip = await openZip(bytes, file.name);
    const pictures = createPictureReader(context);
    const nodes: PagedNode[] = [];
    let unread = 0;
    try {
      for (const [index, part] of slideParts(zip, file.name).entries()) {
        const page = index + 1;
        nodes.push(...slideNodes(zip, part, file.name).map((node) => ({ node, page })));
        for (const picture of picturesOf(zip, part, file.name)) {
          const text = await pictures.read(() => picture);
          if (text === null) unread += 1;
          else nodes.push(...plainTextNodes(text).map((node) => ({ node, page })));
        }
      }
    } finally {
      await pictures.close();
    }
    const parsed = documentOfNodes('pptx', nodes);
    return unread === 0 ? parsed : { ...parsed, unread: { pages: [], pictures: unread } };
  },
};

function slideParts(zip: ZipArchive, fileName: string): string[] {
  const ids: string[] = [];
  readXml(partOf(zip, PRESENTATION, fileName), fileName, {
    open: (tag) => {
      // The slide has two ids: its own and, in the namespace of relationships, that of its part.
      const id = Object.values(tag.attributes).find(({ local, prefix }) => local === 'id' && prefix !== '');
      if (tag.local === 'sldId' && id) ids.push(id.value);
    },
  });
  const relations = relationsOf(zip, PRESENTATION, fileName);
  return ids.map((id) => {
    const part = relations.find((relation) => relation.id === id)?.part;
    if (part === undefined) throw new DocumentError('damaged', fileName);
    return part;
  });
}

function slideNodes(zip: ZipArchive, part: string, fileName: string): RootContent[] {
  const relations = relationsOf(zip, part, fileName);
  const related = (type: string) =>
    relations.filter((relation) => relation.type === type).map((relation) => relation.part);
  const [layout] = related('slideLayout');
  const nodes = readSlide(partOf(zip, part, fileName), fileName, {
    role: 'slide',
    opensSection: layout !== undefined && opensSection(zip, layout, fileName),
  });
  for (const [type, role] of [
    ['diagramData', 'diagram'],
    ['notesSlide', 'notes'],
  ] as const) {
    for (const name of related(type)) nodes.push(...readSlide(partOf(zip, name, fileName), fileName, { role }));
  }
  return nodes;
}

/** Pictures of a slide that may hold text. */
function picturesOf(zip: ZipArchive, part: string, fileName: string): Uint8Array[] {
  return relationsOf(zip, part, fileName).flatMap((relation) => {
    const bytes = relation.type === 'image' && PICTURE.test(relation.part) ? zip.read(relation.part) : null;
    return bytes !== null && isLargePicture(bytes) ? [bytes] : [];
  });
}

/** Whether a layout is that of a title page or of a section's first slide. */
function opensSection(zip: ZipArchive, layout: string, fileName: string): boolean {
  let kind: string | undefined;
  readXml(partOf(zip, layout, fileName), fileName, {
    open: (tag) => {
      if (tag.local === 'sldLayout') kind = attribute(tag, 'type');
    },
  });
  return kind === 'title' || kind === 'secHead';
}

function partOf(zip: ZipArchive, name: string, fileName: string): Uint8Array {
  const part = zip.read(name);
  if (part === null) throw new DocumentError('damaged', fileName);
  return part;
}

interface Relation {
  readonly id: string;
  /** The last word of the type's address, such as `notesSlide`. */
  readonly type: string;
  readonly part: string;
}

/** What a part refers to inside the archive; what lies outside is never looked at. */
function relationsOf(zip: ZipArchive, part: string, fileName: string): Relation[] {
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const file = zip.read(`${folder}_rels/${part.slice(folder.length)}.rels`);
  const relations: Relation[] = [];
  if (file === null) return relations;
  readXml(file, fileName, {
    open: (tag) => {
      const target = attribute(tag, 'Target');
      if (tag.local !== 'Relationship' || target === undefined || attribute(tag, 'TargetMode') === 'External') return;
      relations.push({
        id: attribute(tag, 'Id') ?? '',
        type: attribute(tag, 'Type')?.split('/').at(-1) ?? '',
        part: decodeURI(new URL(target.replaceAll('%', '%25'), `zip:///${folder}`).pathname.slice(1)).replaceAll(
          '%25',
          '%',
        ),
      });
    },
  });
  return relations;
}
