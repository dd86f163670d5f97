/** `node long-book.process.ts <path>`: writes a book of the path's language and format there, unless it is there already. */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { debianHandbook } from '../../packages/generation/src/documents/fixtures/book.ts';
import { writeDocx } from '../../packages/generation/src/documents/fixtures/write-docx.ts';
import { writeHtml } from '../../packages/generation/src/documents/fixtures/write-html.ts';
import { writePdf } from '../../packages/generation/src/documents/fixtures/write-pdf.ts';
import { writePptx } from '../../packages/generation/src/documents/fixtures/write-pptx.ts';

const [, , path] = process.argv;
if (path === undefined) throw new Error('which path?');
const target = join(import.meta.dirname, '../..', path);

const language = target.includes('.ru.') ? 'ru' : 'en';
const writers = {
  '.pdf': () =>
    writePdf(debianHandbook(language), { header: debianHandbook(language).title, hyphenate: true, textSize: 11 }),
  '.docx': () => writeDocx(debianHandbook(language)),
  '.pptx': () => writePptx(debianHandbook(language)),
  '.html': async () => writeHtml(debianHandbook(language)),
};
const write = writers[extname(target) as keyof typeof writers];

if (!existsSync(target)) {
  mkdirSync(dirname(target), { recursive: true });
  const unfinished = `${target}.${process.pid}`;
  writeFileSync(unfinished, await write());
  renameSync(unfinished, target);
}
