import type { CourseLanguage } from '@megacampus/domain/course';
import { PermanentFault } from '@megacampus/domain/errors';
import { documentsGone } from '../documents-gone.ts';
import {
  analysisSchema,
  type CourseEngine,
  courseSummarySchema,
  type LessonInput,
  lessonContentSchema,
  outlineSchema,
  type Passage,
} from '../engine.ts';
import { analyzeMaterial } from './analyze.ts';
import { createBreather } from './breather.ts';
import { writeLesson } from './lesson.ts';
import { readMaterial } from './material.ts';
import { outlineMaterial } from './outline.ts';
import { analyzeBrief, outlineBrief, scaffoldLesson } from './scaffold/scaffold.ts';
import { summarizeCourse } from './summarize.ts';

/**
 * An engine that makes a course without a language model: from its documents' own sentences or, without documents, a plan and
 * scaffolds from the brief that say what they are. The same input always gives the same output. It runs in the caller's
 * thread and lets the event loop turn between short units of work.
 */
export function createExtractiveEngine(): CourseEngine {
  return {
    name: 'extractive',

    async analyze({ brief, passages }, { signal }) {
      const breathe = createBreather(signal);
      const material = await readMaterial(passages, brief, breathe);
      const analysis =
        material.units.length === 0
          ? analyzeBrief(brief, passages.length > 0)
          : await analyzeMaterial(material, brief, breathe);
      return analysisSchema.parse(analysis);
    },

    async outline({ brief, passages }, { signal }) {
      const breathe = createBreather(signal);
      const material = await readMaterial(passages, brief, breathe);
      return outlineSchema.parse(
        material.units.length === 0 ? outlineBrief(brief) : await outlineMaterial(material, brief, breathe),
      );
    },

    async lesson(input, { signal }) {
      const breathe = createBreather(signal);
      await breathe();
      const { brief, outline, instruction } = input;
      const { section, lesson } = lessonAt(input);
      if (lesson.passageIds.length === 0) return lessonContentSchema.parse(scaffoldLesson(input));
      const own = passagesNamed(lesson.passageIds, input.passages, brief.language);
      const others = input.passages.filter((passage) => !own.includes(passage));
      const content = await writeLesson(
        { brief, outline, section: section.title, lesson, own, others, instruction },
        breathe,
      );
      return lessonContentSchema.parse(content);
    },

    async summarize(input, { signal }) {
      const breathe = createBreather(signal);
      await breathe();
      return courseSummarySchema.parse(await summarizeCourse(input, breathe));
    },
  };
}

function lessonAt({ outline, sectionIndex, lessonIndex }: LessonInput) {
  const section = outline.sections[sectionIndex];
  const lesson = section?.lessons[lessonIndex];
  if (!section || !lesson) throw new PermanentFault('The outline has no such lesson', { sectionIndex, lessonIndex });
  return { section, lesson };
}

function passagesNamed(ids: readonly string[], passages: readonly Passage[], language: CourseLanguage): Passage[] {
  const byId = new Map(passages.map((passage) => [passage.id, passage]));
  const found = ids.flatMap((id) => byId.get(id) ?? []);
  if (found.length === 0) throw documentsGone(language, ids);
  return found;
}
