import { makeSlug } from '@megacampus/domain/slug';
import { documentTypeOf } from './check-file.ts';

/** Longest readable part of a stored file's name, in characters. */
const NAME_MAX = 50;

/**
 * Where a document is kept: in its owner's and course's folder, under a name of plain ASCII that `unique` (lower-case
 * letters and digits) makes its own. The name that people see stays in the database.
 */
export function storagePath(owner: { userId: string; courseId: string }, name: string, unique: string): string {
  const type = documentTypeOf(name) ?? 'txt';
  const stem = name.replace(/\.[^.]*$/, '').slice(0, NAME_MAX);
  const words = makeSlug(stem, 'x').slice(0, -2).slice(0, NAME_MAX).replace(/-+$/, '');
  return `${owner.userId}/${owner.courseId}/${words === '' ? 'file' : words}-${unique}.${type}`;
}
