import { PermanentFault } from '@megacampus/domain/errors';
import { documentsGone } from '../documents-gone.ts';
import { type EngineContext, type LessonContent, type LessonInput, lessonContentSchema } from '../engine.ts';
import { lessonWords } from '../extractive/reading-speed.ts';
import { notHijacked } from '../gates/hijacked.ts';
import { fitsDuration } from '../gates/length.ts';
import { unlikeOthers } from '../gates/near-duplicate.ts';
import { coversObjectives } from '../gates/objectives.ts';
import { shareIn, topicsOf } from '../gates/overlap.ts';
import { keepSupported } from '../gates/support.ts';
import { inLanguage } from '../gates/written-language.ts';
import { checkLesson, type GateFailure } from '../gates.ts';
import { lexiconOf } from '../language/words.ts';
import { ask } from './ask.ts';
import { renumber, settleCitations } from './citations.ts';
import { faultText } from './messages.ts';
import type { Engine } from './model-engine.ts';
import { lessonTask } from './prompts/lesson.ts';
import { writeQuiz } from './quiz.ts';
import { fitPassages } from './room.ts';
import { type LessonWire, lessonWire } from './wire.ts';

/** Share of a lesson that may be taken out as unsupported before the model is asked to write it anew. */
const MAY_BE_REMOVED = 0.25;
/** Share of a key point's words that the lesson itself has to have said. */
const KEY_POINT_SAID = 0.5;

/** Text and quiz of one lesson, in two calls. */
export async function lesson(engine: Engine, input: LessonInput, context: EngineContext): Promise<LessonContent> {
  const { brief, outline, sectionIndex, lessonIndex } = input;
  const plan = outline.sections[sectionIndex]?.lessons[lessonIndex];
  if (!plan) throw new PermanentFault('The outline has no such lesson', { sectionIndex, lessonIndex });
  const named = input.passages.filter(({ id }) => plan.passageIds.includes(id));
  const own = [...named, ...(input.related ?? []).filter(({ id }) => !plan.passageIds.includes(id))];
  if (own.length === 0 && plan.passageIds.length > 0) throw documentsGone(brief.language, plan.passageIds);
  const hasDocuments = outline.sections.some(({ lessons }) => lessons.some(({ passageIds }) => passageIds.length > 0));
  if (engine.strictSources && hasDocuments && own.length === 0)
    throw new PermanentFault(
      faultText(brief.language).gates(plan.title, [{ gate: 'unsupported', detail: 'no passages' }]),
    );
  const subject = [plan.title, ...plan.objectives, ...plan.keyTopics].join('\n');
  const passages = fitPassages(own, engine.room.passageChars, subject, brief.language);
  const sources = passages.map(({ headingPath, text }, index) => ({ label: `P${index + 1}`, headingPath, text }));
  const labelled = new Map(passages.map((passage, index) => [`P${index + 1}`, passage]));
  const others = ((await input.written?.()) ?? [])
    .filter(({ title }) => title !== plan.title)
    .map(({ title, content }) => ({ title, text: content.markdown }));
  const words = lessonWords(brief, brief.language);

  const { count } = lexiconOf(brief.language);
  const read = (wire: LessonWire, isLast: boolean) => {
    const cited = settleCitations(wire.markdown, wire.citations, labelled, brief.language);
    const isStrict = engine.strictSources && passages.length > 0;
    const supported = isStrict
      ? keepSupported(cited.markdown, cited.citations, passages, brief.language)
      : { markdown: cited.markdown, removed: [], removedShare: 0 };
    const { markdown, citations } = renumber(supported.markdown, cited.citations);
    // A key point sums up paragraphs that are supported.
    const said = topicsOf(markdown, brief.language);
    const isSaid = (point: string) => shareIn(topicsOf(point, brief.language), said) >= KEY_POINT_SAID;
    const keyPoints = wire.keyPoints.filter((point) => !isStrict || isSaid(point));
    const value: LessonContent = { markdown, keyPoints, quiz: [], citations: [...citations], notice: null };
    const text = [markdown, ...keyPoints].join('\n');
    const sourceWords = isStrict ? count(passages.map((passage) => passage.text).join('\n')) : null;
    const failures: GateFailure[] = [
      ...checkLesson(value, passages, brief),
      ...inLanguage(text.replace(/\[\^\d+\]/g, ''), brief.language),
      ...fitsDuration(count(markdown), words, sourceWords),
      ...coversObjectives(text, plan.objectives, brief.language),
      ...notHijacked([text, ...citations.map(({ quote }) => quote)].join('\n'), passages, brief),
      ...unlikeOthers(markdown, others, brief.language),
      ...(isLast ? [] : lostFailures(cited.lost, supported.removed, supported.removedShare)),
    ];
    return { value, failures };
  };
  const { strictSources } = engine;
  const { instruction } = input;
  // Twice the length it should have says all there is to say about it, and leaves room for the passages.
  const previous = input.previous?.slice(0, words * 16);
  const content = await ask<LessonWire, LessonContent>(
    engine.send,
    {
      name: 'lesson',
      brief,
      hasDocuments: passages.length > 0,
      wire: lessonWire,
      // About eight characters a word, citations and key points included.
      maxOutputTokens: engine.room.answerTokens(words * 8 + 3_000),
      failsAs: plan.title,
      prompt: (marks) =>
        lessonTask({
          brief,
          outline,
          sectionIndex,
          lessonIndex,
          sources,
          strictSources,
          words,
          instruction,
          previous,
          marks,
        }),
      read,
    },
    context,
  );
  const quiz = await writeQuiz(engine, { brief, lesson: plan, text: content.markdown, passages }, context);
  return lessonContentSchema.parse({ ...content, quiz });
}

/** What was taken out is worth asking for once more; the second time the lesson has to do without. */
function lostFailures(lost: readonly string[], removed: readonly string[], removedShare: number): GateFailure[] {
  return [
    ...lost.map((quote) => ({
      gate: 'citation_quote' as const,
      detail: `stands in no passage: “${quote.slice(0, 120)}”`,
    })),
    ...(removedShare > MAY_BE_REMOVED
      ? removed.map((text) => ({ gate: 'unsupported' as const, detail: `no passage says: “${text.slice(0, 120)}”` }))
      : []),
  ];
}
