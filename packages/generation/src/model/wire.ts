import { z } from 'zod';
import { QUIZ_KINDS } from '../engine.ts';

/**
 * What the model is asked to answer. Without bounds, as servers that bind a model to a schema know only some of them; the
 * engine's own schemas are checked after. Every property is required, as OpenAI's strict mode wants it.
 */
const lines = z.array(z.string());

export const analysisWire = z.object({
  summary: z.string(),
  audience: z.string(),
  scope: z.string(),
  objectives: lines,
  prerequisites: lines,
  keyTopics: lines,
});
export type AnalysisWire = z.infer<typeof analysisWire>;

const lessonPlanWire = z.object({
  title: z.string(),
  objectives: lines,
  keyTopics: lines,
  sources: z.array(z.string()).describe('labels of the sources this lesson is made from; empty without documents'),
});

export const sectionPlanWire = z.object({ lessons: z.array(lessonPlanWire) });
export type SectionPlanWire = z.infer<typeof sectionPlanWire>;

export const outlineWire = z.object({
  sections: z.array(z.object({ title: z.string(), summary: z.string(), lessons: z.array(lessonPlanWire) })),
});
export type OutlineWire = z.infer<typeof outlineWire>;

/** Of a course too large for one answer: sections first, each one's lessons after. */
export const sectionsWire = z.object({
  sections: z.array(
    z.object({ title: z.string(), summary: z.string(), lessonCount: z.number().int(), sources: z.array(z.string()) }),
  ),
});
export type SectionsWire = z.infer<typeof sectionsWire>;

export const lessonWire = z.object({
  markdown: z.string(),
  keyPoints: lines,
  citations: z.array(z.object({ passage: z.string(), quote: z.string() })),
});
export type LessonWire = z.infer<typeof lessonWire>;

export const quizWire = z.object({
  questions: z.array(
    z.object({
      kind: z.enum(QUIZ_KINDS),
      prompt: z.string(),
      options: lines.describe('empty for short'),
      correct: z.array(z.number().int()).describe('indexes into options from 0; empty for short'),
      answer: z.string().describe('the expected text of short; else empty'),
      explanation: z.string(),
    }),
  ),
});
export type QuizWire = z.infer<typeof quizWire>;

export const summaryWire = z.object({
  overview: z.string(),
  glossary: z.array(z.object({ term: z.string(), definition: z.string() })),
});
export type SummaryWire = z.infer<typeof summaryWire>;
