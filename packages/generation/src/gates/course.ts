import type { Brief } from '@megacampus/domain/course';
import {
  type Analysis,
  analysisSchema,
  type CourseSummary,
  courseSummarySchema,
  type LessonContent,
  type Outline,
  type OutlineLesson,
  type Passage,
} from '../engine.ts';
import { lessonWords } from '../extractive/reading-speed.ts';
import { checkLesson, checkOutline, type GateFailure } from '../gates.ts';
import { lexiconOf } from '../language/words.ts';
import { notHijacked } from './hijacked.ts';
import { fitsDuration } from './length.ts';
import { unlikeOthers } from './near-duplicate.ts';
import { coversObjectives } from './objectives.ts';
import { answersFromLesson } from './quiz-support.ts';
import { keepSupported } from './support.ts';
import { inLanguage } from './written-language.ts';

type GateName = GateFailure['gate'];

export interface CourseUnderTest {
  readonly brief: Brief;
  readonly passages: readonly Passage[];
  readonly analysis: Analysis;
  readonly outline: Outline;
  /** Every lesson of the outline, in its order; `content` null: it could not be written. */
  readonly lessons: readonly { readonly plan: OutlineLesson; readonly content: LessonContent | null }[];
  readonly summary: CourseSummary;
}

/** One gate at one place of a course; without failures it is passed. */
export interface GateResult {
  readonly where: string;
  readonly gate: GateName;
  readonly failures: readonly string[];
}

const OUTLINE_GATES: readonly GateName[] = ['schema', 'outline_duplicate', 'outline_passage'];
const LESSON_GATES: readonly GateName[] = [
  'schema',
  'empty',
  'truncated',
  'placeholder',
  'citation_mark',
  'citation_quote',
  'quiz_key',
  'quiz_support',
  'language',
  'length',
  'objective',
  'near_duplicate',
  'hijacked',
];
/** Those that mean something only where there are documents. */
const SOURCE_GATES: readonly GateName[] = ['citation_missing', 'unsupported'];

/**
 * Computes every gate of a whole course, also those that only hold back what a model wrote, and lists each with its
 * result. A lesson that could not be written passes none of its gates.
 */
export function checkCourse(course: CourseUnderTest): GateResult[] {
  const { brief, passages, analysis, outline, lessons, summary } = course;
  const lessonGates = passages.length > 0 ? [...LESSON_GATES, ...SOURCE_GATES] : LESSON_GATES;
  const written: { title: string; text: string }[] = [];
  const ofLessons = lessons.flatMap(({ plan, content }) => {
    if (content === null) return lessonGates.map((gate) => ({ where: plan.title, gate, failures: ['not written'] }));
    const failures = failuresOf(brief, plan, content, passages, written);
    written.push({ title: plan.title, text: content.markdown });
    return resultsOf(plan.title, lessonGates, failures);
  });
  return [
    ...resultsOf('analysis', ['schema'], schemaFailures(analysisSchema.safeParse(analysis).error?.message)),
    ...resultsOf('outline', OUTLINE_GATES, checkOutline(outline, passages)),
    ...ofLessons,
    ...resultsOf('summary', ['schema'], schemaFailures(courseSummarySchema.safeParse(summary).error?.message)),
  ];
}

function schemaFailures(message: string | undefined): GateFailure[] {
  return message === undefined ? [] : [{ gate: 'schema', detail: message }];
}

function resultsOf(where: string, gates: readonly GateName[], failures: readonly GateFailure[]): GateResult[] {
  return gates.map((name) => ({
    where,
    gate: name,
    failures: failures.filter(({ gate }) => gate === name).map(({ detail }) => detail),
  }));
}

function failuresOf(
  brief: Brief,
  plan: OutlineLesson,
  content: LessonContent,
  passages: readonly Passage[],
  before: readonly { readonly title: string; readonly text: string }[],
): GateFailure[] {
  const { language } = brief;
  const { count } = lexiconOf(language);
  const own = passages.filter(({ id }) => plan.passageIds.includes(id));
  const plain = content.markdown.replace(/\[\^\d+\]/g, '');
  const text = [plain, ...content.keyPoints].join('\n');
  const sourceWords = own.length > 0 ? count(own.map((passage) => passage.text).join('\n')) : null;
  const { removed } =
    own.length > 0 ? keepSupported(content.markdown, content.citations, own, language) : { removed: [] };
  return [
    ...checkLesson(content, own, brief),
    ...inLanguage(text, language),
    ...fitsDuration(count(plain), lessonWords(brief, language), sourceWords),
    ...coversObjectives(text, plan.objectives, language),
    ...notHijacked(text, own, brief),
    ...unlikeOthers(content.markdown, before, language),
    ...content.quiz.flatMap((question) => answersFromLesson(question, plain, language)),
    ...removed.map((detail) => ({ gate: 'unsupported' as const, detail: detail.slice(0, 120) })),
  ];
}
