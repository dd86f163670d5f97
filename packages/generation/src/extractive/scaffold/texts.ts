import type { Brief } from '@megacampus/domain/course';

/** One kind of work on a topic, about five minutes of a lesson without sources. `topic` comes with its quotation marks. */
export interface Activity {
  readonly name: string;
  readonly objective: (topic: string) => string;
  /** Steps and the share of the activity's time that each takes; the shares add up to 1. */
  readonly steps: readonly (readonly [step: string, share: number])[];
  readonly questions: (topic: string) => readonly string[];
  readonly exercise: (topic: string) => readonly string[];
  readonly criteria: (topic: string) => readonly string[];
  readonly material: readonly string[];
}

/** What the scaffold of a course says, in one language. */
export interface ScaffoldTexts {
  readonly courseNotice: string;
  readonly lessonNotice: string;
  readonly unusableDocuments: string;
  readonly fewerLessons: (got: number, wanted: number) => string;
  readonly summary: (title: string) => string;
  readonly scope: (facts: { sections: number; lessons: number; minutes: number }) => string;
  readonly generalTopics: (title: string) => readonly string[];
  readonly quoted: (topic: string) => string;
  readonly sectionSummary: (topic: string) => string;
  readonly goal: string;
  readonly plan: (minutes: number) => string;
  readonly minutes: (minutes: number) => string;
  readonly questionsTitle: string;
  readonly exerciseTitle: string;
  readonly criteriaTitle: string;
  readonly materialTitle: string;
  /** Questions and hints from the brief's own words; a lesson takes one of them. */
  readonly fromAudience: (audience: string, topic: string) => string;
  readonly fromPrerequisite: (prerequisite: string, topic: string) => string;
  readonly fromOtherTopic: (other: string, topic: string) => string;
  readonly fromDescription: (sentence: string, topic: string) => string;
  readonly level: Record<Brief['difficulty'], string>;
  /** How the author of the lesson keeps to the chosen style. */
  readonly style: Record<Brief['style'], string>;
  readonly part: (n: number) => string;
  readonly activities: readonly Activity[];
}
