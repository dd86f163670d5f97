import type { Brief } from '@megacampus/domain/course';
import { z } from 'zod';

/**
 * The interface between the worker and whatever writes a course. The extractive engine implements it without a
 * language model; engines with one implement the same four calls. Every output has a schema, and an output that
 * does not satisfy it is an error that is never stored (see also ./gates).
 */

/** A stretch of a document, as chunked. `text` is Markdown and equals the parsed document's text in [start, end). */
export const passageSchema = z.object({
  id: z.string().min(1),
  documentId: z.string().min(1),
  documentName: z.string(),
  headingPath: z.array(z.string()),
  page: z.number().int().min(1).nullable(),
  text: z.string(),
  start: z.number().int().min(0),
  end: z.number().int().min(0),
  /** Place within the document, ascending. */
  position: z.number().int().min(0),
});
export type Passage = z.infer<typeof passageSchema>;

const line = z.string().trim().min(1).max(1000);
const prose = z.string().trim().min(1).max(8000);
/** Said to the reader about the limits of this output, in the course's language; null when there is nothing to say. */
const notice = z.string().trim().min(1).max(2000).nullable();

export const analysisSchema = z.object({
  summary: prose,
  audience: prose,
  scope: prose,
  objectives: z.array(line).min(1).max(30),
  prerequisites: z.array(line).max(30),
  keyTopics: z.array(line).max(60),
  notice,
});
export type Analysis = z.infer<typeof analysisSchema>;

export const outlineLessonSchema = z.object({
  title: z.string().trim().min(1).max(300),
  objectives: z.array(line).min(1).max(10),
  keyTopics: z.array(line).max(20),
  /** Ids of the passages this lesson is made from, in reading order; empty in a course without documents. */
  passageIds: z.array(z.string()),
  durationMinutes: z.number().int().min(1).max(180),
});
export type OutlineLesson = z.infer<typeof outlineLessonSchema>;

export const outlineSectionSchema = z.object({
  title: z.string().trim().min(1).max(300),
  summary: z.string().trim().max(4000),
  lessons: z.array(outlineLessonSchema).min(1).max(300),
});
export type OutlineSection = z.infer<typeof outlineSectionSchema>;

export const outlineSchema = z.object({ sections: z.array(outlineSectionSchema).min(1).max(100) });
export type Outline = z.infer<typeof outlineSchema>;

export const QUIZ_KINDS = ['single', 'multiple', 'true_false', 'short'] as const;
export type QuizKind = (typeof QUIZ_KINDS)[number];

/**
 * One question. `answer` holds indexes into `options` (single and true_false: exactly one; multiple: at least one
 * and never all of them) or, for `short`, the expected text.
 */
export const quizQuestionSchema = z
  .object({
    kind: z.enum(QUIZ_KINDS),
    prompt: line.max(2000),
    options: z.array(line).max(8),
    answer: z.union([z.array(z.number().int().min(0)).min(1), z.string().trim().min(1).max(300)]),
    explanation: line.max(3000),
  })
  .superRefine((question, context) => {
    for (const message of quizKeyProblems(question)) context.addIssue({ code: 'custom', message });
  });
export type QuizQuestion = z.infer<typeof quizQuestionSchema>;

export const citationSchema = z.object({ passageId: z.string().min(1), quote: z.string().min(1) });
export type Citation = z.infer<typeof citationSchema>;

export const lessonContentSchema = z.object({
  /** Citation n (1-based) of `citations` is marked in the text as `[^n]`, in order of first appearance. */
  markdown: z.string().trim().min(1),
  keyPoints: z.array(line).max(20),
  quiz: z.array(quizQuestionSchema).max(20),
  citations: z.array(citationSchema),
  notice,
});
export type LessonContent = z.infer<typeof lessonContentSchema>;

export const courseSummarySchema = z.object({
  overview: prose,
  glossary: z.array(z.object({ term: line.max(200), definition: line.max(2000) })).max(200),
});
export type CourseSummary = z.infer<typeof courseSummarySchema>;

/** What one request to a language model used. */
export interface ModelUsage {
  /** What was asked for, such as `lesson` or `quiz`. */
  readonly call: string;
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** The provider gave no numbers; these come from the length of the texts. */
  readonly estimated: boolean;
  /** In the currency of the configured prices; null without prices. */
  readonly cost: number | null;
}

/** Keeps account of what a generation uses, over all workers. */
export interface UsageMeter {
  /** Tokens used so far, of both kinds. */
  spent(): Promise<number>;
  record(usage: ModelUsage): Promise<void>;
}

/** What an engine may use besides its input. */
export interface EngineContext {
  /** Aborted when the generation is cancelled or past its deadline; the engine then rejects with its reason. */
  readonly signal: AbortSignal;
  /** Engines that pay for what they use tell it here, and ask before they use more. */
  readonly usage?: UsageMeter | undefined;
  readonly log?: { warn(fields: object, message: string): void; info(fields: object, message: string): void };
}

export interface AnalyzeInput {
  readonly brief: Brief;
  readonly passages: readonly Passage[];
}

export interface OutlineInput extends AnalyzeInput {
  readonly analysis: Analysis;
}

export interface LessonInput {
  readonly brief: Brief;
  readonly outline: Outline;
  readonly sectionIndex: number;
  readonly lessonIndex: number;
  /** At least the passages named by the lesson's `passageIds`; others are context and are not cited. */
  readonly passages: readonly Passage[];
  /** Passages found by the engine's own search for this lesson, best first: it may rest on them as on its own. */
  readonly related?: readonly Passage[] | undefined;
  /** A wish of the person who regenerates this lesson; an engine that can't follow it says so in `notice`. */
  readonly instruction?: string | undefined;
  /** The lesson's Markdown before, where it is written anew. */
  readonly previous?: string | undefined;
  /** The course's lessons that are written already, in course order: no two may be nearly alike. */
  readonly written?: (() => Promise<readonly WrittenLesson[]>) | undefined;
}

export interface WrittenLesson {
  readonly title: string;
  readonly content: Pick<LessonContent, 'markdown'>;
}

export interface SummarizeInput {
  readonly brief: Brief;
  readonly outline: Outline;
  /** The lessons that were completed, in course order; failed ones are missing. */
  readonly lessons: readonly { readonly title: string; readonly content: LessonContent }[];
}

/** What to look for in the documents of a course. */
export interface LessonSearch {
  readonly query: string;
  /** Passages to find, at most. */
  readonly limit: number;
}

/** Texts as vectors of length 1, so that what means about the same lies near each other. */
export interface Embedder {
  /** Vectors of different models cannot be compared. */
  readonly model: string;
  /** Whether embedding so many characters leaves the generation enough of its budget for writing. */
  affords(chars: number, context: EngineContext): Promise<boolean>;
  /** One vector for each passage, in their order. @throws Fault, of the model where it is of no use to wait for. */
  embedPassages(
    passages: readonly Pick<Passage, 'headingPath' | 'text'>[],
    context: EngineContext,
  ): Promise<readonly (readonly number[])[]>;
  embedQuery(query: string, context: EngineContext): Promise<readonly number[]>;
}

export interface CourseEngine {
  /** Absent where passages are found by their words only. */
  readonly embedder?: Embedder | undefined;
  /** What to search for before a lesson is written; null when its own passages are enough. Absent: never. */
  search?(
    input: Pick<LessonInput, 'brief' | 'outline' | 'sectionIndex' | 'lessonIndex' | 'passages'>,
  ): LessonSearch | null;
  /** Shown to the user and stored as the generation's model. */
  readonly name: string;
  analyze(input: AnalyzeInput, context: EngineContext): Promise<Analysis>;
  outline(input: OutlineInput, context: EngineContext): Promise<Outline>;
  lesson(input: LessonInput, context: EngineContext): Promise<LessonContent>;
  summarize(input: SummarizeInput, context: EngineContext): Promise<CourseSummary>;
}

interface QuizKey {
  readonly kind: QuizKind;
  readonly options: readonly string[];
  readonly answer: readonly number[] | string;
}

/** Everything wrong with a question's key, in words for the log; empty when the key is valid. */
export function quizKeyProblems({ kind, options, answer }: QuizKey): string[] {
  if (kind === 'short') {
    const problems = options.length > 0 ? ['a short question has no options'] : [];
    return typeof answer === 'string' ? problems : [...problems, 'the answer of a short question is a text'];
  }
  if (typeof answer === 'string') return [`the answer of a ${kind} question is a list of indexes`];
  const problems: string[] = [];
  const folded = options.map((option) => option.trim().toLowerCase());
  if (new Set(folded).size !== options.length) problems.push('two options are the same');
  if (options.length < 2) problems.push('fewer than two options');
  if (kind === 'true_false' && options.length !== 2) problems.push('a true/false question has exactly two options');
  if (new Set(answer).size !== answer.length) problems.push('an index is repeated in the answer');
  if (answer.some((index) => index >= options.length)) problems.push('the answer points outside the options');
  if (kind !== 'multiple' && answer.length !== 1) problems.push(`a ${kind} question has exactly one right option`);
  if (kind === 'multiple' && answer.length >= options.length) problems.push('every option is right');
  return problems;
}
