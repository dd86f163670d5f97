import type { QuizQuestionView } from '@/features/quiz/quiz-view.ts';

/** A course as its pages show it, to its owner or to whoever has a link to it. */
export interface Book {
  /** Where its pages are: `/courses/<slug>` or `/share/<token>`. */
  readonly base: string;
  readonly title: string;
  /** What the course is written in. */
  readonly language: string;
}

export interface LessonLink {
  /** Over the whole course, from 1; its address. */
  readonly position: number;
  readonly title: string;
  readonly durationMinutes: number;
  readonly isFailed: boolean;
}

export interface SectionView {
  readonly position: number;
  readonly title: string;
  readonly summary: string;
  readonly lessons: readonly LessonLink[];
}

/** The last completed version of a course, without the lessons' texts. */
export interface ContentView {
  readonly generationId: string;
  /** The name of the engine or model that made it. */
  readonly engine: string | null;
  readonly finishedAt: string | null;
  readonly overview: string;
  readonly glossary: readonly { readonly term: string; readonly definition: string }[];
  readonly sections: readonly SectionView[];
}

export interface CitationView {
  readonly number: number;
  readonly documentName: string;
  readonly headingPath: readonly string[];
  readonly page: number | null;
  readonly quote: string;
  /** The text around the quote; null when the document has gone. */
  readonly passage: string | null;
  readonly documentId: string | null;
}

export interface LessonView extends LessonLink {
  readonly id: string;
  /** Shared by all versions of the lesson. */
  readonly lineageId: string;
  /** Rises with each change of the text. */
  readonly version: number;
  readonly objectives: readonly string[];
  /** Markdown. */
  readonly content: string;
  readonly keyPoints: readonly string[];
  readonly notice: string | null;
  /** Why it failed, in words for its owner. */
  readonly error: string | null;
  readonly quiz: readonly QuizQuestionView[];
  readonly citations: readonly CitationView[];
}

/** From here on a section is folded away unless it is being read. */
export const FOLDED_FROM_LESSONS = 40;

export function lessonsOf({ sections }: Pick<ContentView, 'sections'>): readonly LessonLink[] {
  return sections.flatMap(({ lessons }) => lessons);
}
