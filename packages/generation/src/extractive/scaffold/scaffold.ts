import type { Brief } from '@megacampus/domain/course';
import type { Analysis, LessonContent, LessonInput, Outline } from '../../engine.ts';
import { splitSentences } from '../../language/sentences.ts';
import { clip, linesOf } from '../analyze.ts';
import { textsFor } from '../texts.ts';
import { activitiesAt, mostLessons, planSections, topicsOf } from './plan.ts';
import { scaffoldTextsFor } from './scaffold-texts.ts';
import type { Activity, ScaffoldTexts } from './texts.ts';

/** What can be said of a course from its brief alone. */
export function analyzeBrief(brief: Brief, hadDocuments: boolean): Analysis {
  const texts = scaffoldTextsFor(brief.language);
  const sections = planSections(brief, texts);
  const lessons = sections.reduce((sum, section) => sum + section.lessons.length, 0);
  const notices = hadDocuments ? [texts.unusableDocuments, texts.lessonNotice] : [texts.courseNotice];
  const wanted = brief.estimated_lessons ?? 0;
  if (wanted > mostLessons(brief, texts)) notices.push(texts.fewerLessons(lessons, wanted));
  return {
    summary: brief.course_description || texts.summary(brief.title),
    audience: brief.target_audience || textsFor(brief.language).audienceUnknown(brief.difficulty),
    scope: texts.scope({ sections: sections.length, lessons, minutes: lessons * brief.lesson_duration_minutes }),
    objectives:
      brief.learning_outcomes.length > 0
        ? [...brief.learning_outcomes]
        : [textsFor(brief.language).understandTopic(brief.title)],
    prerequisites: linesOf(brief.prerequisites).slice(0, 30),
    keyTopics: topicsOf(brief, texts).slice(0, 30),
    notice: notices.join(' '),
  };
}

/** A section for each outcome; its lessons differ in what is done in them. */
export function outlineBrief(brief: Brief): Outline {
  const texts = scaffoldTextsFor(brief.language);
  const seen = new Map<string, number>();
  const unique = (name: string) => {
    const times = (seen.get(name.toLowerCase()) ?? 0) + 1;
    seen.set(name.toLowerCase(), times);
    return times > 1 ? `${name}, ${texts.part(times)}` : name;
  };
  return {
    sections: planSections(brief, texts).map(({ title, topic, lessons }) => ({
      title,
      summary: texts.sectionSummary(texts.quoted(topic)),
      lessons: lessons.map((indexes) => {
        const activities = indexes.flatMap((index) => texts.activities[index] ?? []);
        return {
          title: unique(clip(`${title}: ${titleOf(activities)}`, 280)),
          objectives: activities.slice(0, 4).map(({ objective }) => objective(texts.quoted(topic))),
          keyTopics: [topic],
          passageIds: [],
          durationMinutes: brief.lesson_duration_minutes,
        };
      }),
    })),
  };
}

/** The first and the last activity name a lesson of many. */
function titleOf(activities: readonly Activity[]): string {
  const names = activities.map(({ name }) => name);
  return names.length <= 2 ? names.join(', ') : `${names[0]} — ${names.at(-1)}`;
}

/** A lesson's goal, plan, questions, exercise and criteria, plainly marked as a scaffold. */
export function scaffoldLesson({ brief, outline, sectionIndex, lessonIndex, instruction }: LessonInput): LessonContent {
  const texts = scaffoldTextsFor(brief.language);
  const lesson = outline.sections[sectionIndex]?.lessons[lessonIndex];
  const topic = lesson?.keyTopics[0] ?? brief.title;
  const activities = activitiesAt(brief, outline, { section: sectionIndex, lesson: lessonIndex }, texts);
  const before = outline.sections.slice(0, sectionIndex).reduce((sum, { lessons }) => sum + lessons.length, 0);
  const shown = texts.quoted(escapeMarkdown(topic));
  const parts = activities.flatMap((activity, index) => {
    const minutes = Math.max(
      1,
      Math.round(((index + 1) * brief.lesson_duration_minutes) / activities.length) -
        Math.round((index * brief.lesson_duration_minutes) / activities.length),
    );
    const own = questionFromBrief(brief, texts, { topic, shown, turn: before + lessonIndex + index });
    const blocks = activityBlocks(activity, { texts, shown, minutes, question: own });
    return activities.length === 1
      ? blocks
      : [`## ${capital(activity.name)}`, ...blocks.map((block) => block.replace(/^## /, '### '))];
  });
  const advice = `${texts.level[brief.difficulty]} ${texts.style[brief.style]}`;
  const notices = [texts.lessonNotice, ...(instruction ? [textsFor(brief.language).instructionIgnored] : [])];
  return {
    markdown: [...parts, `> ${advice}`].join('\n\n'),
    keyPoints: [],
    quiz: [],
    citations: [],
    notice: notices.join(' '),
  };
}

interface ActivityPlace {
  readonly texts: ScaffoldTexts;
  /** The topic in quotation marks, safe in Markdown. */
  readonly shown: string;
  readonly minutes: number;
  readonly question: string | null;
}

function activityBlocks(activity: Activity, { texts, shown, minutes, question }: ActivityPlace): string[] {
  const questions = [...activity.questions(shown), ...(question === null ? [] : [question])];
  return [
    `## ${texts.goal}`,
    `${activity.objective(shown)}.`,
    `## ${texts.plan(minutes)}`,
    planOf(activity, minutes, texts),
    `## ${texts.questionsTitle}`,
    bullets(questions),
    `## ${texts.exerciseTitle}`,
    activity
      .exercise(shown)
      .map((step, index) => `${index + 1}. ${step}`)
      .join('\n'),
    `## ${texts.criteriaTitle}`,
    bullets(enumerated(activity.criteria(shown))),
    `## ${texts.materialTitle}`,
    bullets(enumerated(activity.material)),
  ];
}

/** A question that no other course has: from the audience, what they know, the other topics or the description. */
function questionFromBrief(
  brief: Brief,
  texts: ScaffoldTexts,
  { topic, shown, turn }: { readonly topic: string; readonly shown: string; readonly turn: number },
): string | null {
  const others = topicsOf(brief, texts).filter((other) => !topic.includes(other));
  const sentences = splitSentences(brief.course_description.replace(/\s+/g, ' ').trim(), brief.language)
    .map(({ start, end }) => brief.course_description.replace(/\s+/g, ' ').trim().slice(start, end))
    .filter((sentence) => sentence.length <= 240);
  const audience = brief.target_audience.replace(/\s+/g, ' ').replace(/[.\s]+$/, '');
  const offered = [
    ...others.slice(0, 2).map((other) => texts.fromOtherTopic(texts.quoted(escapeMarkdown(other)), shown)),
    ...sentences
      .slice(0, 3)
      .map((sentence) => texts.fromDescription(escapeMarkdown(sentence.replace(/[.\s]+$/, '')), shown)),
    ...(audience !== '' && audience.length <= 160 ? [texts.fromAudience(escapeMarkdown(audience), shown)] : []),
    ...linesOf(brief.prerequisites)
      .slice(0, 2)
      .map((line) => texts.fromPrerequisite(escapeMarkdown(line), shown)),
  ];
  return offered[turn % Math.max(1, offered.length)] ?? null;
}

/** Steps with whole minutes that add up to the activity's; steps too short for a minute of their own go without. */
function planOf({ steps }: Activity, minutes: number, texts: ScaffoldTexts): string {
  let share = 0;
  let spent = 0;
  const timed = steps.map(([step, part], index) => {
    share += part;
    const until = index === steps.length - 1 ? minutes : Math.round(share * minutes);
    const own = until - spent;
    spent = until;
    return { step, own };
  });
  const isTimed = timed.every(({ own }) => own > 0);
  return timed
    .map(({ step, own }, index) => `${index + 1}. ${step}${isTimed ? ` (${texts.minutes(own)})` : ''}`)
    .join('\n');
}

const enumerated = (lines: readonly string[]) =>
  lines.map((line, index) => `${line}${index === lines.length - 1 ? '.' : ';'}`);

const bullets = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n');

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|~#]/g, '\\$&');
}
