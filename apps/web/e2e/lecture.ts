import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const path = join(import.meta.dirname, '../../../packages/stack/fixtures/sample-course.md');

/** The sample course's text: Markdown with headings, lists and a table; some twenty pages of Russian. */
export const LECTURE = readFileSync(path, 'utf8');
