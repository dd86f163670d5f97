import { type Analysis, type AnalyzeInput, analysisSchema, type EngineContext } from '../engine.ts';
import { notHijacked } from '../gates/hijacked.ts';
import { inLanguage } from '../gates/written-language.ts';
import { ask } from './ask.ts';
import type { Engine } from './model-engine.ts';
import { briefBlock, sourcesBlock } from './prompts/sources.ts';
import { schemaFailures } from './schema-failures.ts';
import { extractsOf, unitsOf } from './units.ts';
import { type AnalysisWire, analysisWire } from './wire.ts';

/** Finds out for whom and about what the course is. */
export async function analyze(
  { send, room }: Engine,
  { brief, passages }: AnalyzeInput,
  context: EngineContext,
): Promise<Analysis> {
  const extracts = extractsOf(unitsOf(passages), room.passageChars);
  return ask<AnalysisWire, Analysis>(
    send,
    {
      name: 'analysis',
      brief,
      hasDocuments: passages.length > 0,
      wire: analysisWire,
      maxOutputTokens: room.answerTokens(6_000),
      prompt: (marks) => `Analyse what this course is to be.

The brief:
${briefBlock(brief, marks)}
${extracts.length === 0 ? 'There are no documents.' : `\nExtracts of the documents it is made from:\n${sourcesBlock(extracts, marks)}`}

Give:
- summary: what the course teaches, in two to four sentences;
- audience: who it is for and what they want; keep to the brief where it says so;
- scope: what belongs to it and what does not${passages.length > 0 ? ', as far as the documents go' : ''};
- objectives: what learners will be able to do, 3 to 10, each beginning with a verb that can be observed; all learning_outcomes of the brief are among them;
- prerequisites: what they have to know before; an empty list when nothing;
- keyTopics: 5 to 30 subjects, in the order of learning.`,
      read(wire) {
        const value = { ...wire, notice: null };
        const text = [wire.summary, wire.audience, wire.scope, ...wire.objectives].join('\n');
        const failures = [
          ...schemaFailures(analysisSchema, value),
          ...inLanguage(text, brief.language),
          ...notHijacked(text, passages, brief),
        ];
        return { value, failures };
      },
    },
    context,
  );
}
