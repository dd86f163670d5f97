import { z } from 'zod';
import type { DbClient } from './clients.ts';
import { lessonContentSchema } from './content-schemas.ts';
import { createRpc } from './rpc.ts';

/** Bounds of a lesson that is edited by hand, as in supabase/migrations. */
export const LESSON_LIMITS = { titleChars: 300, contentChars: 100_000 } as const;

export const LESSON_ORIGINS = ['generated', 'edited', 'restored'] as const;
/** How a text has come about. */
export type LessonOrigin = (typeof LESSON_ORIGINS)[number];

const revisionLinkSchema = z.object({
  id: z.uuid(),
  /** When another text took its place, and since when it had been the lesson's. */
  replacedAt: z.string(),
  writtenAt: z.string().nullable(),
  origin: z.enum(LESSON_ORIGINS),
  /** What its owner had asked for when it was generated; null without a wish. */
  instruction: z.string().nullable(),
  version: z.number().int(),
  title: z.string(),
});
export type LessonRevisionLink = z.infer<typeof revisionLinkSchema>;

const revisionSchema = revisionLinkSchema.extend({
  /** Markdown. */
  content: z.string(),
  keyPoints: z.array(z.string()),
  notice: z.string().nullable(),
  quiz: lessonContentSchema.shape.quiz,
  citations: z.array(
    z.object({
      /** [^1] in the Markdown is position 1. */
      position: z.number().int(),
      documentName: z.string(),
      headingPath: z.array(z.string()),
      page: z.number().int().nullable(),
      quote: z.string(),
    }),
  ),
});
export type LessonRevision = z.infer<typeof revisionSchema>;

const changeSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('saved'), version: z.number().int() }),
  /** Somebody has changed it since: what it is now. */
  z.object({ outcome: z.literal('conflict'), version: z.number().int() }),
  /** A generation of the course is in flight. */
  z.object({ outcome: z.literal('busy'), generationId: z.string().nullable() }),
  /** No completed lesson of the version that a course of the user's shows; or no such revision of it. */
  z.object({ outcome: z.literal('not_found') }),
]);
export type LessonChange = z.infer<typeof changeSchema>;

interface Change {
  readonly lessonId: string;
  /** `lessons.version`, as the user has seen it. */
  readonly expectedVersion: number;
}

export type LessonStore = ReturnType<typeof createLessonStore>;

/**
 * Changing lessons by hand, and their earlier texts, of which the last 20 are kept. For the server's own client: each
 * call names the user, who must have been verified, and touches nothing of others. A lesson may be named by the id it had
 * in an older copy: what counts is the one that the course shows. @throws UnavailableFault, Fault
 */
export function createLessonStore(client: DbClient) {
  const rpc = createRpc(client);
  return {
    /** Quiz and citations stay as they are. @throws Fault for a title or text that is blank or over LESSON_LIMITS. */
    edit(
      userId: string,
      { lessonId, expectedVersion, title, content }: Change & { readonly title: string; readonly content: string },
    ): Promise<LessonChange> {
      const args = { p_title: title, p_content: content, ...changeArgs(userId, lessonId, expectedVersion) };
      return rpc('edit_lesson', args, changeSchema);
    },

    /** Brings an earlier text back, with its quiz and citations. */
    restore(
      userId: string,
      { lessonId, expectedVersion, revisionId }: Change & { readonly revisionId: string },
    ): Promise<LessonChange> {
      const args = { p_revision_id: revisionId, ...changeArgs(userId, lessonId, expectedVersion) };
      return rpc('restore_lesson_revision', args, changeSchema);
    },

    /** Earlier texts, newest first; none when it is no lesson of the user's. */
    listRevisions(userId: string, lessonId: string): Promise<LessonRevisionLink[]> {
      const args = { p_user_id: userId, p_lesson_id: lessonId };
      return rpc('list_lesson_revisions', args, z.array(revisionLinkSchema));
    },

    /** Null when there is none, or it is not the user's. */
    loadRevision(userId: string, revisionId: string): Promise<LessonRevision | null> {
      const args = { p_user_id: userId, p_revision_id: revisionId };
      return rpc('load_lesson_revision', args, revisionSchema.nullable());
    },
  };
}

function changeArgs(userId: string, lessonId: string, expectedVersion: number) {
  return { p_user_id: userId, p_lesson_id: lessonId, p_expected_version: expectedVersion };
}
