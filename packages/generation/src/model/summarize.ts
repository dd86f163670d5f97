import { Fault, UnavailableFault } from '@megacampus/domain/errors';
import { type CourseSummary, courseSummarySchema, type EngineContext, type SummarizeInput } from '../engine.ts';
import { createExtractiveEngine } from '../extractive/extractive-engine.ts';
import { notHijacked } from '../gates/hijacked.ts';
import { inLanguage } from '../gates/written-language.ts';
import { ask } from './ask.ts';
import type { Engine } from './model-engine.ts';
import { briefBlock } from './prompts/sources.ts';
import { schemaFailures } from './schema-failures.ts';
import { type SummaryWire, summaryWire } from './wire.ts';

/** Shortest and longest extract of a lesson, in characters. */
const EXTRACT = { least: 60, most: 1_500 } as const;
const MOST_TERMS = 40;

/**
 * Overview and glossary, from the lessons themselves. Where the model cannot, whatever the reason, they are put together
 * from the lessons' own sentences: a course that is written is not lost for want of a summary.
 */
export async function summarize(engine: Engine, input: SummarizeInput, context: EngineContext): Promise<CourseSummary> {
  try {
    return await askForSummary(engine, input, context);
  } catch (error) {
    context.signal.throwIfAborted();
    const isOurs = error instanceof UnavailableFault && error.context['service'] !== 'model';
    if (isOurs || !(error instanceof Fault)) throw error;
    context.log?.warn({ err: error }, 'no summary from the model; made from the lessons');
    return await createExtractiveEngine().summarize(input, context);
  }
}

/** Beyond the budget, as the last call of a course: see requester.ts. */
async function askForSummary(
  { send, room }: Engine,
  { brief, lessons }: SummarizeInput,
  context: EngineContext,
): Promise<CourseSummary> {
  const each = Math.floor(room.passageChars / Math.max(1, lessons.length));
  const length = Math.min(EXTRACT.most, Math.max(EXTRACT.least, each));
  return ask<SummaryWire, CourseSummary>(
    send,
    {
      name: 'summary',
      brief,
      hasDocuments: false,
      wire: summaryWire,
      maxOutputTokens: room.answerTokens(10_000),
      beyondBudget: true,
      prompt: (marks) => `The course is written. Sum it up.

The brief:
${briefBlock(brief, marks)}

Its lessons, each with key points and its beginning:
${lessons
  .map(({ title, content }, index) => {
    const text = `${content.keyPoints.join('\n')}\n${content.markdown}`.replace(/\[\^\d+\]/g, '').slice(0, length);
    return `${marks.open(`L${index + 1}`)}\n${title}\n${text}\n${marks.close}`;
  })
  .join('\n')}

Give:
- overview: two to four paragraphs for somebody who decides whether to take the course: what it is about, how it is built up, what they will be able to do;
- glossary: the terms that a learner has to know, at most ${MOST_TERMS}, each with a definition of one or two sentences as the lessons use it; no term that is not in the lessons.`,
      read(wire) {
        const written = lessons.map(({ content }) => content.markdown.toLowerCase()).join('\n');
        // Of a term in another form than in the lessons its beginning is enough.
        const isUsed = (term: string) => written.includes(term.toLowerCase().slice(0, Math.max(4, term.length - 3)));
        const glossary = uniqueTerms(wire.glossary)
          .filter(({ term }) => isUsed(term))
          .slice(0, MOST_TERMS);
        const value = { overview: wire.overview, glossary };
        const text = [wire.overview, ...glossary.map(({ definition }) => definition)].join('\n');
        const sources = lessons.map(({ content }) => ({ text: content.markdown }));
        const failures = [
          ...schemaFailures(courseSummarySchema, value),
          ...inLanguage(text, brief.language),
          ...notHijacked(text, sources, brief),
        ];
        return { value, failures };
      },
    },
    context,
  );
}

function uniqueTerms<T extends { readonly term: string }>(terms: readonly T[]): T[] {
  return [...new Map(terms.map((entry) => [entry.term.trim().toLowerCase(), entry])).values()];
}
