import type { Brief, CourseLanguage } from '@megacampus/domain/course';

/**
 * Words read silently in a minute, the means of the International Reading Speed Texts (Trauzettel-Klosinski and
 * Dietz, Investigative Ophthalmology & Visual Science 53(9), 2012, table 2). Languages it lacks get the mean of all.
 */
const WORDS_PER_MINUTE: Partial<Record<CourseLanguage, number>> = {
  ar: 138,
  de: 179,
  en: 228,
  es: 218,
  fr: 195,
  it: 188,
  ja: 193,
  pl: 166,
  pt: 181,
  ru: 184,
  tr: 166,
  zh: 158,
};
const MEAN_WORDS_PER_MINUTE = 184;

/** Reading to learn is slower than reading to follow, 200 words a minute against 300 (Carver, Reading Rate, 1990). */
const LEARNING_FACTOR = 2 / 3;

/** Of a lesson's time, for its text; the rest is for the key points and the quiz. Our choice. */
const READING_SHARE = 0.6;

/** Words a learner reads in a minute when learning. */
function learningSpeed(language: CourseLanguage): number {
  return (WORDS_PER_MINUTE[language] ?? MEAN_WORDS_PER_MINUTE) * LEARNING_FACTOR;
}

/** How many words the text of one lesson should have. Microlearning aims for little more than half of that. */
export function lessonWords(brief: Brief, language: CourseLanguage): number {
  const styleFactor = brief.style === 'microlearning' ? 0.6 : 1;
  return Math.round(brief.lesson_duration_minutes * learningSpeed(language) * READING_SHARE * styleFactor);
}

/** Minutes a lesson with this many words takes, its quiz included: at least 1, at most what the brief allows. */
export function lessonMinutes(words: number, brief: Brief, language: CourseLanguage): number {
  const minutes = Math.round(words / (learningSpeed(language) * READING_SHARE));
  return Math.min(brief.lesson_duration_minutes, Math.max(1, minutes));
}
