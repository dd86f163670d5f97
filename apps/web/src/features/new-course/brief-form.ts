import { briefSchema } from '@megacampus/domain/course';
import { z } from 'zod';

const { shape } = briefSchema;

/** A count that may be left open. */
const countText = z
  .string()
  .trim()
  .transform((text) => (text === '' ? null : Number(text)));

/** One outcome a line; blank lines don't count. */
const linesText = z.string().transform((text) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== ''),
);

/**
 * The brief as a form sends it, as text, checked by the domain's own schema field by field, in the order in which they
 * are seen: the first error gets the focus.
 */
export const briefFormSchema = z.object({
  title: shape.title,
  course_description: shape.course_description,
  target_audience: shape.target_audience,
  learning_outcomes: linesText.pipe(shape.learning_outcomes.unwrap()),
  prerequisites: shape.prerequisites,
  language: shape.language,
  style: shape.style,
  difficulty: shape.difficulty,
  content_strategy: shape.content_strategy,
  estimated_sections: countText.pipe(shape.estimated_sections.unwrap()),
  estimated_lessons: countText.pipe(shape.estimated_lessons.unwrap()),
  lesson_duration_minutes: z.string().transform(Number).pipe(shape.lesson_duration_minutes.unwrap()),
  output_formats: z
    .string()
    .transform((format) => [format])
    .pipe(shape.output_formats.unwrap()),
});
