import { z } from 'zod';

/** Languages a course can be written in; the first is the default. */
export const COURSE_LANGUAGES = [
  'ru',
  'en',
  'zh',
  'es',
  'fr',
  'de',
  'ja',
  'ko',
  'ar',
  'pt',
  'it',
  'tr',
  'vi',
  'th',
  'id',
  'ms',
  'hi',
  'bn',
  'pl',
] as const;

export const COURSE_STYLES = [
  'conversational',
  'academic',
  'storytelling',
  'practical',
  'motivational',
  'visual',
  'gamified',
  'minimalist',
  'research',
  'engaging',
  'professional',
  'socratic',
  'problem_based',
  'collaborative',
  'technical',
  'microlearning',
  'inspirational',
  'interactive',
  'analytical',
] as const;

export const DIFFICULTIES = ['beginner', 'intermediate', 'advanced'] as const;

export const CONTENT_STRATEGIES = ['auto', 'create_from_scratch', 'expand_and_enhance', 'optimize_existing'] as const;

export const LESSON_DURATIONS_MINUTES = [3, 5, 10, 15, 20, 30, 45] as const;

/** Formats that really work; a further one is added here when its export exists. */
export const OUTPUT_FORMATS = ['text'] as const;

/** Days for which a deleted course can be restored. */
export const TRASH_DAYS = 30;

/** Bounds of the brief (contract §3, "The brief"). */
export const BRIEF_LIMITS = {
  titleMin: 3,
  titleMax: 200,
  textMax: 4000,
  outcomesMax: 15,
  outcomeLengthMax: 500,
  sectionsMax: 30,
  lessonsMax: 300,
} as const;

const freeText = z.string().trim().max(BRIEF_LIMITS.textMax).default('');

/**
 * The brief: what a person says about the course they want. Only the title is required. The form, the API,
 * the job payload and the database all use this schema.
 */
export const briefSchema = z.object({
  title: z.string().trim().min(BRIEF_LIMITS.titleMin).max(BRIEF_LIMITS.titleMax),
  course_description: freeText,
  target_audience: freeText,
  prerequisites: freeText,
  learning_outcomes: z
    .array(z.string().trim().min(1).max(BRIEF_LIMITS.outcomeLengthMax))
    .max(BRIEF_LIMITS.outcomesMax)
    .default([]),
  language: z.enum(COURSE_LANGUAGES).default('ru'),
  style: z.enum(COURSE_STYLES).default('conversational'),
  difficulty: z.enum(DIFFICULTIES).default('beginner'),
  content_strategy: z.enum(CONTENT_STRATEGIES).default('auto'),
  estimated_sections: z.number().int().min(1).max(BRIEF_LIMITS.sectionsMax).nullable().default(null),
  estimated_lessons: z.number().int().min(1).max(BRIEF_LIMITS.lessonsMax).nullable().default(null),
  lesson_duration_minutes: z.literal(LESSON_DURATIONS_MINUTES).default(5),
  output_formats: z.array(z.enum(OUTPUT_FORMATS)).min(1).default(['text']),
});
export type Brief = z.infer<typeof briefSchema>;
export type CourseLanguage = Brief['language'];
