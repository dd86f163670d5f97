/** `node long-book.process.ts <path>`: writes a Russian PDF of more than 300 pages there, unless it is there already. */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { longBook } from '../../packages/generation/src/documents/fixtures/book.ts';
import { writePdf } from '../../packages/generation/src/documents/fixtures/write-pdf.ts';

const [, , path] = process.argv;
if (path === undefined) throw new Error('which path?');
const target = join(import.meta.dirname, '../..', path);

/** Each makes about eight pages. */
const PARTS = 48;

if (!existsSync(target)) {
  mkdirSync(dirname(target), { recursive: true });
  const unfinished = `${target}.${process.pid}`;
  writeFileSync(unfinished, await writePdf(longBook('ru', PARTS)));
  renameSync(unfinished, target);
}
