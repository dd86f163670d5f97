import type { CourseLanguage } from '@megacampus/domain/course';
import type { DocumentType } from '@megacampus/domain/tiers';

export const BLOCK_KINDS = ['heading', 'paragraph', 'list', 'table', 'code', 'quote', 'other'] as const;
export type BlockKind = (typeof BLOCK_KINDS)[number];

/** A top-level piece of a document; [start, end) is its range in `ParsedDocument.text`. */
export interface Block {
  readonly kind: BlockKind;
  readonly start: number;
  readonly end: number;
  /** 1-based page or slide, null in formats without pages. */
  readonly page: number | null;
  /** 1–6 for a heading, else null. */
  readonly level: number | null;
  /** The heading's words without markup; empty for other kinds. */
  readonly title: string;
}

/**
 * A document of any format as one Markdown text and its top-level blocks in order: ranges ascend, never overlap, and
 * only white space lies between them.
 */
export interface ParsedDocument {
  readonly type: DocumentType;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** Null when the text is too short or in none of the course languages. */
  readonly language: CourseLanguage | null;
  /** Absent when everything was read. */
  readonly unread?: Unread | undefined;
}

/** What a document has that was not read, because it is a picture. */
export interface Unread {
  /** 1-based pages without text, ascending. */
  readonly pages: readonly number[];
  /** Pictures between the text of an office document. */
  readonly pictures: number;
}

/** What is known about a file besides its bytes. Neither is believed over the content. */
export interface FileFacts {
  readonly name: string;
  /** The type claimed at upload. */
  readonly type: DocumentType;
}

/** A passage before it has an id: `text === parsed.text.slice(start, end)`. */
export interface Chunk {
  readonly position: number;
  readonly headingPath: string[];
  readonly page: number | null;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
