import type { CourseLanguage } from '@megacampus/domain/course';
import { PermanentFault } from '@megacampus/domain/errors';

/** What a lesson was to be made from has been deleted since its outline was made. */
export function documentsGone(language: CourseLanguage, ids: readonly string[]): PermanentFault {
  const text =
    language === 'ru'
      ? 'Документов, по которым делается этот урок, больше нет.'
      : 'The documents this lesson is made from are no longer there.';
  return new PermanentFault(text, { ids });
}
