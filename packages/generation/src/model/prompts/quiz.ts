import type { Brief } from '@megacampus/domain/course';
import type { OutlineLesson } from '../../engine.ts';
import type { Marks } from './sources.ts';

interface QuizTask {
  readonly brief: Brief;
  readonly lesson: OutlineLesson;
  readonly text: string;
  readonly count: number;
  readonly marks: Marks;
}

/** The quiz of a lesson that is written. */
export function quizTask({ lesson, text, count, marks }: QuizTask): string {
  return `Write the quiz of a lesson.

${marks.open('LESSON')}
${lesson.title}
Objectives: ${lesson.objectives.join('; ')}

${text}
${marks.close}

Give exactly ${count} questions that test the objectives, each answerable from the lesson's text alone:
- at least one of each kind: single (3 to 5 options, one right), multiple (4 to 6 options, two or more right, never all), true_false (two options, the words for “true” and “false”), short (no options; answer is a word or a few words that stand in the lesson);
- correct: indexes of the right options, from 0; not always the first;
- wrong options are plausible and of the same form as right ones; no “all of the above”;
- prompts and right answers in the words of the lesson; no question repeats another;
- explanation: one or two sentences on why the answer is right, from the lesson.`;
}
