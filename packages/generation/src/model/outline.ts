import { type EngineContext, type Outline, type OutlineInput, type OutlineLesson, outlineSchema } from '../engine.ts';
import { notHijacked } from '../gates/hijacked.ts';
import { inLanguage } from '../gates/written-language.ts';
import { checkOutline, type GateFailure } from '../gates.ts';
import { ask } from './ask.ts';
import { type CourseSize, sizeOf } from './course-size.ts';
import type { Engine } from './model-engine.ts';
import { outlineTask, sectionsTask, sectionTask } from './prompts/outline.ts';
import { schemaFailures } from './schema-failures.ts';
import { extractsOf, type Unit, unitsOf } from './units.ts';
import {
  type OutlineWire,
  outlineWire,
  type SectionPlanWire,
  type SectionsWire,
  sectionPlanWire,
  sectionsWire,
} from './wire.ts';

/** Lessons that one answer holds without being cut off; larger courses are planned section by section. */
const LESSONS_AT_ONCE = 30;
/** Of an answer, for one lesson, in characters. */
const LESSON_CHARS = 500;
/** Share of the units that an outline may leave out: title pages, indexes, what does not serve the objectives. */
const LEFT_OUT = 0.5;
/** How far a proposed size may be missed. A size that a person gave may be missed by nothing. */
const TOLERANCE = 0.5;

/** Plans sections and lessons, and shares the documents out between them. */
export async function outline(engine: Engine, input: OutlineInput, context: EngineContext): Promise<Outline> {
  const units = unitsOf(input.passages);
  const wanted = sizeOf(
    input.brief,
    units.map(({ passages }) => passages.map(({ text }) => text).join('\n')),
  );
  // A lesson without a passage could not cite, so there are no more lessons than units.
  const most = units.length === 0 ? wanted.lessons : Math.min(wanted.lessons, units.length);
  const size = { ...wanted, lessons: most, sections: Math.min(wanted.sections, most) };
  const wire =
    size.lessons > LESSONS_AT_ONCE
      ? await inSteps(engine, input, context, units, size)
      : await atOnce(engine, input, context, units, size);
  return outlineSchema.parse(toOutline(wire, units, input));
}

function atOnce(engine: Engine, input: OutlineInput, context: EngineContext, units: readonly Unit[], size: CourseSize) {
  const { brief, analysis, passages } = input;
  const extracts = extractsOf(units, engine.room.passageChars);
  return ask<OutlineWire, OutlineWire>(
    engine.send,
    {
      name: 'outline',
      brief,
      hasDocuments: passages.length > 0,
      wire: outlineWire,
      maxOutputTokens: engine.room.answerTokens(size.lessons * LESSON_CHARS + 2_000),
      prompt: (marks) => outlineTask({ brief, analysis, size, extracts, marks }),
      read(wire, isLast) {
        const value = { sections: wire.sections.filter(({ lessons }) => lessons.length > 0) };
        return { value, failures: outlineFailures(value, units, input, size, isLast) };
      },
    },
    context,
  );
}

/** Sections with their sources first; then the lessons of each, which see the titles of all others. */
async function inSteps(
  engine: Engine,
  { brief, analysis, passages }: OutlineInput,
  context: EngineContext,
  units: readonly Unit[],
  size: CourseSize,
): Promise<OutlineWire> {
  const common = { brief, hasDocuments: passages.length > 0 };
  const { send, room } = engine;
  const extracts = extractsOf(units, room.passageChars);
  const plan = await ask<SectionsWire, SectionsWire>(
    send,
    {
      ...common,
      name: 'sections',
      wire: sectionsWire,
      maxOutputTokens: room.answerTokens(size.sections * 800 + 2_000),
      prompt: (marks) => sectionsTask({ brief, analysis, size, extracts, marks }),
      read(wire) {
        const planned = wire.sections.reduce((sum, { lessonCount }) => sum + lessonCount, 0);
        const failures = [
          ...sizeFailures({ sections: wire.sections.length, lessons: planned }, size),
          ...inLanguage(wire.sections.map(({ title, summary }) => `${title}. ${summary}`).join('\n'), brief.language),
          ...wire.sections.flatMap(({ title, lessonCount }): GateFailure[] =>
            lessonCount >= 1 ? [] : [{ gate: 'outline_size', detail: `section “${title}” has no lessons` }],
          ),
        ];
        return { value: wire, failures };
      },
    },
    context,
  );
  const sections: OutlineWire['sections'] = [];
  for (const section of plan.sections) {
    const used = new Set(sections.flatMap(({ lessons }) => lessons.flatMap(({ sources }) => sources)));
    const own = extracts.filter(({ label }) => section.sources.includes(label) && !used.has(label));
    const count = units.length === 0 ? section.lessonCount : Math.min(section.lessonCount, own.length);
    if (count === 0) continue;
    const others = plan.sections.filter((other) => other !== section).map(({ title }) => title);
    const taken = sections.flatMap(({ lessons }) => lessons.map(({ title }) => title));
    const { lessons } = await ask<SectionPlanWire, SectionPlanWire>(
      send,
      {
        ...common,
        name: 'section',
        wire: sectionPlanWire,
        maxOutputTokens: room.answerTokens(count * LESSON_CHARS + 1_000),
        prompt: (marks) =>
          sectionTask({
            brief,
            analysis,
            section: { ...section, lessonCount: count },
            others,
            taken,
            extracts: own,
            marks,
          }),
        read(wire) {
          const failures: GateFailure[] = [
            ...inLanguage(wire.lessons.map(({ title }) => title).join('. '), brief.language),
            ...(wire.lessons.length === count
              ? []
              : [
                  {
                    gate: 'outline_size' as const,
                    detail: `${wire.lessons.length} lessons, not ${count}`,
                  },
                ]),
            ...wire.lessons
              .filter(({ title }) => taken.includes(title))
              .map(({ title }) => ({ gate: 'outline_duplicate' as const, detail: `there is a lesson “${title}”` })),
            ...(units.length === 0 ? [] : bareLessons(wire.lessons, own)),
          ];
          return { value: wire, failures };
        },
      },
      context,
    );
    sections.push({ title: section.title, summary: section.summary, lessons });
  }
  return { sections };
}

/** Lessons that name none of the sources they could, or only ones that an earlier lesson has. */
function bareLessons(lessons: SectionPlanWire['lessons'], own: readonly { readonly label: string }[]): GateFailure[] {
  const free = new Set(own.map(({ label }) => label));
  return lessons.flatMap(({ title, sources }): GateFailure[] => {
    const taken = sources.filter((label) => free.delete(label.trim()));
    return taken.length > 0 ? [] : [{ gate: 'outline_coverage', detail: `lesson “${title}” has no source of its own` }];
  });
}

function outlineFailures(
  wire: OutlineWire,
  units: readonly Unit[],
  input: OutlineInput,
  size: CourseSize,
  isLast: boolean,
): GateFailure[] {
  const { brief, passages } = input;
  const lessons = wire.sections.flatMap((section) => section.lessons);
  const made = toOutline(wire, units, input);
  const text = wire.sections
    .flatMap((section) => [
      section.title,
      section.summary,
      ...section.lessons.flatMap((l) => [l.title, ...l.objectives]),
    ])
    .join('. ');
  const failures = [
    ...schemaFailures(outlineSchema, made),
    ...checkOutline(made, passages).filter(({ gate }) => gate !== 'schema'),
    ...sizeFailures({ sections: wire.sections.length, lessons: lessons.length }, size),
    ...inLanguage(text, brief.language),
    ...notHijacked(text, passages, brief),
  ];
  if (units.length === 0) return failures;
  const used = new Set(lessons.flatMap(({ sources }) => sources));
  const known = units.filter(({ label }) => used.has(label)).length;
  failures.push(...bareLessons(lessons, units));
  // Leaving much out is worth asking about once; it may be right.
  if (!isLast && known < units.length * (1 - LEFT_OUT))
    failures.push({ gate: 'outline_coverage', detail: `only ${known} of ${units.length} sources are used` });
  return failures;
}

function sizeFailures(made: { sections: number; lessons: number }, size: CourseSize): GateFailure[] {
  const check = (what: 'sections' | 'lessons', exact: boolean): GateFailure[] => {
    const slack = exact ? 0 : Math.max(2, Math.ceil(size[what] * TOLERANCE));
    if (Math.abs(made[what] - size[what]) <= slack) return [];
    return [{ gate: 'outline_size', detail: `${made[what]} ${what}; there have to be ${size[what]}` }];
  };
  return [...check('sections', size.exactSections), ...check('lessons', size.exactLessons)];
}

/** Labels become passages; each goes to the first lesson that names it. */
function toOutline(wire: OutlineWire, units: readonly Unit[], { brief }: OutlineInput): Outline {
  const byLabel = new Map(units.map((unit) => [unit.label, unit]));
  const passageIdsOf = (labels: readonly string[]): string[] =>
    units
      .filter((unit) => labels.some((label) => label.trim() === unit.label) && byLabel.delete(unit.label))
      .flatMap(({ passages }) => passages.map(({ id }) => id));
  return {
    sections: wire.sections.map(({ title, summary, lessons }) => ({
      title,
      summary,
      lessons: lessons.map(
        (lesson): OutlineLesson => ({
          title: lesson.title,
          objectives: lesson.objectives.slice(0, 10),
          keyTopics: lesson.keyTopics.slice(0, 20),
          passageIds: passageIdsOf(lesson.sources),
          durationMinutes: brief.lesson_duration_minutes,
        }),
      ),
    })),
  };
}
