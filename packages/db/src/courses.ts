import { type Brief, briefSchema } from '@megacampus/domain/course';
import { makeSlug } from '@megacampus/domain/slug';
import type { DbClient } from './clients.ts';
import { DOCUMENT_BUCKET } from './documents.ts';
import { must } from './must.ts';

export type CourseStore = ReturnType<typeof createCourseStore>;

const UNIQUE_VIOLATION = '23505';
/** With 36⁸ suffixes even one repetition is rare. */
const SLUG_TRIES = 5;

/** Courses and their briefs. With a user's client, their own only. @throws UnavailableFault, Fault */
export function createCourseStore(client: DbClient, makeSuffix: () => string = randomSuffix) {
  return {
    /** A course with a slug that nobody else has. */
    async create(userId: string, brief: Brief): Promise<{ id: string; slug: string }> {
      for (let tries = 1; ; tries += 1) {
        const row = { ...briefSchema.parse(brief), user_id: userId, slug: makeSlug(brief.title, makeSuffix()) };
        const result = await client.from('courses').insert(row).select('id, slug').single();
        if (result.error?.code !== UNIQUE_VIOLATION || tries === SLUG_TRIES) return must(result, 'database');
      }
    },

    /** False when there is no such course. A generation in flight keeps the brief it began with. */
    async updateBrief(courseId: string, brief: Brief): Promise<boolean> {
      const row = briefSchema.parse(brief);
      const rows = must(await client.from('courses').update(row).eq('id', courseId).select('id'), 'database');
      return rows.length > 0;
    },

    /** Removes a course with its files and all that was made for it. False when there was none. */
    async remove(courseId: string): Promise<boolean> {
      const course = must(await client.from('courses').select('user_id').eq('id', courseId).maybeSingle(), 'database');
      if (course === null) return false;
      // The files first: once the course is gone, nobody but the server may touch them.
      await removeFiles(client, `${course.user_id}/${courseId}`);
      const rows = must(await client.from('courses').delete().eq('id', courseId).select('id'), 'database');
      return rows.length > 0;
    },

    /** The id of the last completed generation, whose content the course shows; null when there is none. */
    async shownGeneration(courseId: string): Promise<string | null> {
      const query = client.from('generations').select('id').eq('course_id', courseId).eq('status', 'completed');
      const shown = query.not('outlined_at', 'is', null).order('finished_at', { ascending: false }).limit(1);
      return must(await shown.maybeSingle(), 'database')?.id ?? null;
    },
  };
}

const FILES_PER_PAGE = 100;

async function removeFiles(client: DbClient, folder: string): Promise<void> {
  const bucket = client.storage.from(DOCUMENT_BUCKET);
  for (;;) {
    const found = must(await bucket.list(folder, { limit: FILES_PER_PAGE }), 'storage');
    if (found.length === 0) return;
    // Hosted Supabase names what it lists within the folder, @supabase/lite by the whole path.
    const paths = found.map(({ name }) => (name.startsWith(`${folder}/`) ? name : `${folder}/${name}`));
    must(await bucket.remove(paths), 'storage');
    if (found.length < FILES_PER_PAGE) return;
  }
}

/** Eight lower-case letters and digits. */
function randomSuffix(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(8)), (value) => (value % 36).toString(36)).join('');
}
