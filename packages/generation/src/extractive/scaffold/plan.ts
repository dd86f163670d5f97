import type { Brief } from '@megacampus/domain/course';
import type { Outline } from '../../engine.ts';
import { clip, linesOf } from '../analyze.ts';
import type { Activity, ScaffoldTexts } from './texts.ts';

/** Lessons in a section when the brief does not say. */
const LESSONS_PER_SECTION = 3;
/** Sections when the brief does not say. */
const MOST_SECTIONS = 12;
/** Longest topic inside a title, in characters. */
const TOPIC_LENGTH = 110;
/** Minutes that one activity fills; a longer lesson has several. */
const ACTIVITY_MINUTES = 5;

/** What a section is about: one topic of the brief, or several where there are more topics than sections. */
export interface SectionPlan {
  readonly title: string;
  readonly topic: string;
  /** Activities of each lesson, as indexes into the language's list. */
  readonly lessons: readonly (readonly number[])[];
}

/** Activities that one lesson has room for. */
function activitiesALesson(brief: Brief, texts: ScaffoldTexts): number {
  return Math.max(1, Math.min(texts.activities.length, Math.ceil(brief.lesson_duration_minutes / ACTIVITY_MINUTES)));
}

/** The most lessons that a brief has substance for: each activity once for each of its topics. */
export function mostLessons(brief: Brief, texts: ScaffoldTexts): number {
  const perTopic = Math.max(1, Math.floor(texts.activities.length / activitiesALesson(brief, texts)));
  const topics = topicsOf(brief, texts).length;
  return Math.min(topics, brief.estimated_sections ?? MOST_SECTIONS) * perTopic;
}

/**
 * Sections and their lessons. Left to itself the engine plans no more lessons than it has activities for, so that none comes
 * twice; asked for more it repeats an activity for another topic, never for the same one.
 */
export function planSections(brief: Brief, texts: ScaffoldTexts): SectionPlan[] {
  const topics = topicsOf(brief, texts);
  const each = activitiesALesson(brief, texts);
  const most = mostLessons(brief, texts);
  const fresh = Math.max(1, Math.floor(texts.activities.length / each));
  const wanted = brief.estimated_lessons ?? Math.min(fresh, topics.length * LESSONS_PER_SECTION);
  const least = brief.estimated_lessons === null ? (brief.estimated_sections ?? 1) : 1;
  const lessonCount = Math.max(1, Math.min(most, Math.max(wanted, least)));
  const asked = brief.estimated_sections ?? Math.min(topics.length, MOST_SECTIONS);
  const sectionCount = Math.max(1, Math.min(asked, lessonCount));
  const taken = new Map<string, number>();
  return Array.from({ length: sectionCount }, (_, index) => {
    const topic = topicAt(topics, index, sectionCount);
    const from = Math.floor((index * lessonCount) / sectionCount);
    const to = Math.floor(((index + 1) * lessonCount) / sectionCount);
    const lessons = Array.from({ length: to - from }, (_, lesson) => {
      const before = taken.get(topic) ?? from + lesson;
      taken.set(topic, before + 1);
      return Array.from({ length: each }, (_, step) => (before * each + step) % texts.activities.length);
    });
    const round = Math.floor(index / topics.length);
    return { topic, lessons, title: round > 0 ? `${topic}, ${texts.part(round + 1)}` : topic };
  });
}

/** With fewer sections than topics, neighbouring topics share one. */
function topicAt(topics: readonly string[], index: number, sections: number): string {
  if (sections >= topics.length) return topics[index % topics.length] ?? '';
  const from = Math.floor((index * topics.length) / sections);
  const to = Math.floor(((index + 1) * topics.length) / sections);
  return clip(topics.slice(from, to).join('; '), TOPIC_LENGTH);
}

/** The activities of the lesson at a place in an outline that `planSections` made. */
export function activitiesAt(
  brief: Brief,
  outline: Outline,
  place: { readonly section: number; readonly lesson: number },
  texts: ScaffoldTexts,
): Activity[] {
  const indexes = planSections(brief, texts)[place.section]?.lessons[place.lesson];
  const before = outline.sections.slice(0, place.section).reduce((sum, { lessons }) => sum + lessons.length, 0);
  const fallback = [(before + place.lesson) % texts.activities.length];
  return (indexes ?? fallback).flatMap((index) => texts.activities[index] ?? []);
}

/** The outcomes, else the description's own points, else the usual parts of any course. */
export function topicsOf(brief: Brief, texts: ScaffoldTexts): string[] {
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
  const unique = [...new Map(topics.map((topic) => [topic.toLowerCase(), topic])).values()];
  return unique.length > 0 ? unique : [brief.title];
}
