'use server';

import { LESSON_LIMITS, type LessonChange } from '@megacampus/db/lessons';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { getDeps } from '@/deps.ts';
import { Markdown } from '@/features/markdown/markdown.tsx';
import { sessionUser } from '@/features/session/session-user.ts';
import { requestLog } from '@/http/request-log.ts';

const editSchema = z.object({
  lessonId: z.uuid(),
  expectedVersion: z.number().int(),
  title: z.string().trim().min(1).max(LESSON_LIMITS.titleChars),
  content: z.string().max(LESSON_LIMITS.contentChars).regex(/\S/),
});

export type EditOutcome = LessonChange | { readonly outcome: 'invalid' | 'signed_out' | 'failed' };

/** Saves a lesson's title and text as they were edited by hand; the text before stays among its versions. */
export async function saveLesson(edit: z.infer<typeof editSchema>): Promise<EditOutcome> {
  const parsed = editSchema.safeParse(edit);
  if (!parsed.success) return { outcome: 'invalid' };
  try {
    const user = await sessionUser();
    if (user === null) return { outcome: 'signed_out' };
    return await getDeps().lessons.edit(user.id, parsed.data);
  } catch (err) {
    (await requestLog()).error({ err, lessonId: parsed.data.lessonId }, 'a lesson was not saved');
    return { outcome: 'failed' };
  }
}

/** The text as the lesson's page will show it, without its citations. */
export async function previewLesson(content: string): Promise<ReactNode> {
  const user = await sessionUser();
  if (user === null || typeof content !== 'string' || content.length > LESSON_LIMITS.contentChars) return null;
  return <Markdown text={content} citation={(number) => <sup>[{number}]</sup>} />;
}
