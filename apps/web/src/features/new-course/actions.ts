'use server';

import { createCourseStore } from '@megacampus/db/courses';
import { briefSchema } from '@megacampus/domain/course';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { requireUser } from '@/features/session/session-user.ts';
import { type FormState, textFields } from '@/forms/form-state.ts';
import { fieldMessages } from '@/forms/issue-message.ts';
import { requestLog } from '@/http/request-log.ts';
import { briefFormSchema } from './brief-form.ts';

/** Stores the brief as a new course of the user and goes to its page. */
export async function createCourse(_: FormState, data: FormData): Promise<FormState> {
  const user = await requireUser('/courses/new');
  const values = textFields(data);
  const parsed = briefFormSchema.safeParse(values);
  if (!parsed.success) {
    return { values, fieldErrors: fieldMessages(await getTranslations('validation'), parsed.error) };
  }
  let slug: string;
  try {
    ({ slug } = await createCourseStore(user.db).create(user.id, briefSchema.parse(parsed.data)));
  } catch (err) {
    (await requestLog()).error({ err, userId: user.id }, 'a course was not stored');
    return { values, formError: (await getTranslations('brief'))('failed') };
  }
  redirect(`/courses/${slug}`);
}
