import type { CourseLanguage } from '@megacampus/domain/course';
import { EN } from './en.ts';
import { RU } from './ru.ts';
import type { ScaffoldTexts } from './texts.ts';

/** The scaffold's texts; languages other than Russian get English. */
export function scaffoldTextsFor(language: CourseLanguage): ScaffoldTexts {
  return language === 'ru' ? RU : EN;
}
