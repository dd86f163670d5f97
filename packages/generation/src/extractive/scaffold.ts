import type { Brief } from '@megacampus/domain/course';
import type { Analysis, LessonContent, Outline, OutlineLesson } from '../engine.ts';
import { clip, linesOf } from './analyze.ts';
import { type LessonPattern, type ScaffoldTexts, scaffoldTextsFor } from './scaffold-texts.ts';
import { textsFor } from './texts.ts';

/** Lessons in a section when the brief does not say. */
const LESSONS_PER_SECTION = 3;
/** Longest topic inside a title, in characters. */
const TOPIC_LENGTH = 110;

/** What can be said of a course from its brief alone. */
export function analyzeBrief(brief: Brief, hadDocuments: boolean): Analysis {
  const texts = scaffoldTextsFor(brief.language);
  const topics = topicsOf(brief, texts);
  const { sections, lessons } = sizes(brief, topics.length);
  return {
    summary: brief.course_description || texts.summary(brief.title),
    audience: brief.target_audience || textsFor(brief.language).audienceUnknown(brief.difficulty),
    scope: texts.scope({ sections, lessons, minutes: lessons * brief.lesson_duration_minutes }),
    objectives:
      brief.learning_outcomes.length > 0
        ? [...brief.learning_outcomes]
        : [textsFor(brief.language).understandTopic(brief.title)],
    prerequisites: linesOf(brief.prerequisites).slice(0, 30),
    keyTopics: topics.slice(0, 30),
    notice: hadDocuments ? `${texts.unusableDocuments} ${texts.lessonNotice}` : texts.courseNotice,
  };
}

/** A section for each outcome, in it lessons of different kinds: ideas, workings, an example, practice, mistakes, a check. */
export function outlineBrief(brief: Brief): Outline {
  const texts = scaffoldTextsFor(brief.language);
  const topics = topicsOf(brief, texts);
  const { sections: sectionCount, lessons: lessonCount } = sizes(brief, topics.length);
  const sections: Outline['sections'] = [];
  for (let index = 0; index < sectionCount; index += 1) {
    const round = Math.floor(index / topics.length);
    const topic = topics[index % topics.length] ?? brief.title;
    const from = Math.floor((index * lessonCount) / sectionCount);
    const to = Math.floor(((index + 1) * lessonCount) / sectionCount);
    const part = round > 0 ? `, ${texts.part(round + 1)}` : '';
    sections.push({
      title: `${topic}${part}`,
      summary: texts.sectionSummary(topic),
      lessons: Array.from({ length: to - from }, (_, lesson) => outlineLesson(brief, texts, topic, part, lesson)),
    });
  }
  return { sections };
}

function outlineLesson(brief: Brief, texts: ScaffoldTexts, topic: string, part: string, index: number): OutlineLesson {
  const pattern = patternAt(texts, index);
  const round = Math.floor(index / texts.patterns.length);
  const again = round > 0 ? `, ${texts.part(round + 1)}` : '';
  return {
    title: `${topic}${part}: ${pattern.name}${again}`,
    objectives: [pattern.objective(topic)],
    keyTopics: [topic],
    passageIds: [],
    durationMinutes: brief.lesson_duration_minutes,
  };
}

/** A lesson's goal, plan, questions and task, plainly marked as a scaffold. */
export function scaffoldLesson(
  brief: Brief,
  lesson: OutlineLesson,
  lessonIndex: number,
  instruction: string | undefined,
): LessonContent {
  const texts = scaffoldTextsFor(brief.language);
  const pattern = patternAt(texts, lessonIndex);
  const topic = lesson.keyTopics[0] ?? brief.title;
  const reader = [
    texts.level[brief.difficulty],
    ...(brief.target_audience ? [texts.audience(sentence(brief.target_audience))] : []),
  ];
  const parts = [
    `## ${texts.goal}`,
    `${sentence(lesson.objectives[0] ?? pattern.objective(topic))} ${reader.join(' ')}`,
    `## ${texts.plan(lesson.durationMinutes)}`,
    planOf(pattern, lesson.durationMinutes, texts),
    `## ${texts.questionsTitle}`,
    bullets(pattern.questions(topic)),
    `## ${texts.taskTitle}`,
    pattern.task(topic),
    `## ${texts.materialTitle}`,
    bullets(pattern.material.map((line, index) => `${line}${index === pattern.material.length - 1 ? '.' : ';'}`)),
  ];
  const notices = [texts.lessonNotice, ...(instruction ? [textsFor(brief.language).instructionIgnored] : [])];
  return { markdown: parts.join('\n\n'), keyPoints: [], quiz: [], citations: [], notice: notices.join(' ') };
}

function patternAt(texts: ScaffoldTexts, index: number): LessonPattern {
  const pattern = texts.patterns[index % texts.patterns.length];
  if (!pattern) throw new RangeError('there are no lesson patterns');
  return pattern;
}

/** Steps with whole minutes that add up to the lesson's. */
function planOf(pattern: LessonPattern, minutes: number, texts: ScaffoldTexts): string {
  let share = 0;
  let spent = 0;
  return pattern.steps
    .map(([step, part], index) => {
      share += part;
      const until = index === pattern.steps.length - 1 ? minutes : Math.max(spent + 1, Math.round(share * minutes));
      const own = until - spent;
      spent = until;
      return `${index + 1}. ${step} (${texts.minutes(own)})`;
    })
    .join('\n');
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n');
}

function sentence(text: string): string {
  const line = escapeMarkdown(text.replace(/\s+/g, ' ').trim());
  return /[.!?…]$/.test(line) ? line : `${line}.`;
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|~#]/g, '\\$&');
}

/** The outcomes, else the description's own points, else the usual parts of any course. */
function topicsOf(brief: Brief, texts: ScaffoldTexts): string[] {
  const points = linesOf(brief.course_description);
  const chosen =
    brief.learning_outcomes.length > 0
      ? brief.learning_outcomes
      : points.length >= 2
        ? points
        : texts.generalTopics(brief.title);
  const topics = chosen
    .map((topic) => clip(topic.replace(/\s+/g, ' ').replace(/[.;,:\s]+$/, ''), TOPIC_LENGTH))
    .filter((topic) => topic !== '');
  const unique = [...new Set(topics)];
  return unique.length > 0 ? unique : [brief.title];
}

function sizes(brief: Brief, topics: number): { sections: number; lessons: number } {
  const wanted = brief.estimated_sections ?? Math.min(topics, brief.estimated_lessons ?? topics, 12);
  const lessons = brief.estimated_lessons ?? wanted * LESSONS_PER_SECTION;
  // A section without a lesson would be empty, so there are never more sections than lessons.
  return { sections: Math.max(1, Math.min(wanted, lessons)), lessons };
}
