import type { Brief } from '@megacampus/domain/course';
import type { QuizKind } from '../engine.ts';
import type { Favour } from './favours.ts';

/**
 * What a style means for a lesson that is made of its source's own words: which of them are kept and set off, and what
 * is asked about them. It never adds a statement of its own.
 */
export interface StyleForm {
  /** Sentences that go last where a lesson is cut down, and come first among its key points. */
  readonly favours: Favour | null;
  /** Key points, at most. */
  readonly keyPoints: number;
  /** Questions of the quiz, in multiples of their usual number. */
  readonly questions: number;
  /** The kinds of questions in the order in which they take their turn. */
  readonly turns: readonly QuizKind[];
  /** Terms are set in bold where they are explained. */
  readonly boldTerms: boolean;
  /** The lesson ends with a table of the terms it explains. */
  readonly termTable: boolean;
  /** What stands before the text: its most telling sentence, or a question that it answers. */
  readonly opening: 'statement' | 'question' | null;
  /** Each part ends with a question to the reader. */
  readonly selfChecks: boolean;
  /** Headings are put as questions. */
  readonly asks: boolean;
}

const MIXED: readonly QuizKind[] = [
  'single',
  'multiple',
  'true_false',
  'short',
  'single',
  'true_false',
  'single',
  'short',
  'multiple',
  'single',
];
/** From recognising to recalling. */
const EASY_FIRST: readonly QuizKind[] = ['true_false', 'true_false', 'single', 'single', 'multiple', 'short', 'short'];
/** Answers that have to be known, not recognised. */
const RECALLED: readonly QuizKind[] = ['short', 'single', 'short', 'multiple', 'short', 'true_false'];
/** Statements to be weighed, alone or together. */
const WEIGHED: readonly QuizKind[] = ['multiple', 'true_false', 'multiple', 'single', 'true_false', 'short'];

const PLAIN: StyleForm = {
  favours: null,
  keyPoints: 5,
  questions: 1,
  turns: MIXED,
  boldTerms: false,
  termTable: false,
  opening: null,
  selfChecks: false,
  asks: false,
};

const FORMS: Readonly<Record<Brief['style'], Partial<StyleForm>>> = {
  conversational: { favours: 'short', keyPoints: 4 },
  academic: { favours: 'definitions', boldTerms: true, turns: RECALLED },
  storytelling: { favours: 'cases', opening: 'statement' },
  practical: { favours: 'actions' },
  motivational: { favours: 'benefits', opening: 'statement', keyPoints: 3, turns: EASY_FIRST },
  visual: { termTable: true },
  gamified: { questions: 1.6, turns: EASY_FIRST },
  // Also cut down further, see `condense`.
  minimalist: { favours: 'short', keyPoints: 3 },
  // This and the analytical style also keep lists of references, as the academic one does: see `readMaterial`.
  research: { favours: 'numbers', opening: 'question', turns: WEIGHED },
  engaging: { opening: 'question' },
  professional: { favours: 'actions', boldTerms: true },
  socratic: { asks: true },
  problem_based: { favours: 'reasons', opening: 'question', turns: RECALLED },
  collaborative: { questions: 1.3, turns: WEIGHED },
  technical: { favours: 'numbers', boldTerms: true, termTable: true },
  // Its lessons are also shorter, see `lessonWords`.
  microlearning: { favours: 'definitions', keyPoints: 3 },
  inspirational: { favours: 'benefits', opening: 'statement' },
  interactive: { selfChecks: true },
  analytical: { favours: 'reasons', turns: WEIGHED },
};

export function styleForm(style: Brief['style']): StyleForm {
  return { ...PLAIN, ...FORMS[style] };
}
