import type { Brief } from '@megacampus/domain/course';
import { Fault, PermanentFault } from '@megacampus/domain/errors';
import { z } from 'zod';
import type { EngineContext } from '../engine.ts';
import { hasLeaked } from '../gates/hijacked.ts';
import type { GateFailure } from '../gates.ts';
import { extractJson } from './json.ts';
import { faultText } from './messages.ts';
import { drawMarks, type Marks } from './prompts/sources.ts';
import { systemPrompt } from './prompts/system.ts';
import type { ModelAnswer, ModelMessage } from './provider.ts';
import type { Asking, Send } from './requester.ts';

/** One thing to ask of the model: how to say it, what shape the answer has, and what it is worth. */
export interface Question<Wire, T> {
  readonly name: string;
  readonly brief: Brief;
  readonly hasDocuments: boolean;
  readonly wire: z.ZodType<Wire>;
  readonly maxOutputTokens: number;
  readonly beyondBudget?: boolean;
  /** Set for a lesson: its name for the user, who is told which gate it failed. Others are tried again as a stage. */
  readonly failsAs?: string;
  prompt(marks: Marks): string;
  /** Makes the result and computes its gates. `isLast`: nothing is asked again, so that parts may be left out. */
  read(wire: Wire, isLast: boolean): Outcome<T>;
}

export interface Outcome<T> {
  readonly value: T;
  readonly failures: readonly GateFailure[];
}

/** Longest list of reasons that goes back to the model. */
const REASONS = 12;

/**
 * Asks for an answer of a shape. An answer that is cut off, no JSON or of another shape is asked for once more, with
 * what was wrong; so, separately, is one that does not pass its gates: three requests at most.
 *
 * @throws Fault when that was not enough: permanent for a lesson's gates and for a refusal, else to be tried again.
 */
export async function ask<Wire, T>(send: Send, question: Question<Wire, T>, context: EngineContext): Promise<T> {
  const { brief, name, maxOutputTokens } = question;
  const marks = drawMarks();
  const schema = schemaOf(question.wire);
  const system = systemPrompt({ brief, hasDocuments: question.hasDocuments, marks, schema });
  const prompt = { role: 'user', content: question.prompt(marks) } as const;
  const asking: Asking = { context, language: brief.language, beyondBudget: question.beyondBudget ?? false };
  let messages: readonly ModelMessage[] = [prompt];
  const left = { form: 1, gates: 1 };

  for (;;) {
    const answer = await send({ system, messages, name, schema, maxOutputTokens }, asking);
    const read = readAnswer(question, answer, marks, left.gates === 0);
    if ('value' in read && read.failures.length === 0) return read.value;
    const reasons = 'value' in read ? read.failures.map(({ gate, detail }) => `${gate}: ${detail}`) : read.problems;
    context.log?.warn({ call: name, finish: answer.finish, reasons: reasons.slice(0, REASONS) }, 'answer not accepted');
    const kind = 'value' in read ? 'gates' : 'form';
    if (left[kind] === 0) throw giveUp(question, answer, read);
    left[kind] -= 1;
    messages = [prompt, ...repairMessages(answer, reasons)];
  }
}

type Read<T> = Outcome<T> | { readonly problems: readonly string[] };

function readAnswer<Wire, T>(
  { wire, read }: Question<Wire, T>,
  answer: ModelAnswer,
  marks: Marks,
  isLast: boolean,
): Read<T> {
  if (answer.finish === 'length') return { problems: ['the answer was cut off: it has to be complete and shorter'] };
  if (answer.finish === 'refused') return { problems: ['no answer was given'] };
  const json = extractJson(answer.text);
  if ('problem' in json) return { problems: [json.problem] };
  const parsed = wire.safeParse(json.value);
  if (!parsed.success)
    return { problems: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'answer'}: ${message}`) };
  const outcome = read(parsed.data, isLast);
  if (!hasLeaked(answer.text, marks.code)) return outcome;
  return {
    ...outcome,
    failures: [{ gate: 'hijacked', detail: 'the answer repeats internal marks' }, ...outcome.failures],
  };
}

function repairMessages(answer: ModelAnswer, reasons: readonly string[]): ModelMessage[] {
  const content = `That answer cannot be used:\n${reasons
    .slice(0, REASONS)
    .map((reason) => `- ${reason}`)
    .join('\n')}\n\nAnswer again, with the whole JSON object, and mend exactly this. All rules still hold.`;
  // What was cut off is of no use to go on from, and an empty message is refused by some servers.
  const keep = answer.finish === 'stop' && answer.text.trim() !== '';
  return [...(keep ? [{ role: 'assistant' as const, content: answer.text }] : []), { role: 'user', content }];
}

function giveUp<Wire, T>({ brief, failsAs, name }: Question<Wire, T>, answer: ModelAnswer, read: Read<T>): Fault {
  const texts = faultText(brief.language);
  if ('value' in read) {
    const message = texts.gates(failsAs ?? brief.title, read.failures);
    const context = { call: name, failures: read.failures.slice(0, REASONS) };
    return failsAs === undefined ? retryable(message, context) : new PermanentFault(message, context);
  }
  const context = { call: name, finish: answer.finish, problems: read.problems.slice(0, REASONS) };
  if (answer.finish === 'refused') return new PermanentFault(texts.refused, context);
  return retryable(answer.finish === 'length' ? texts.cutOff : texts.unreadable, context);
}

/** The stage is run again, as answers differ; when that has not helped either, the user is told `userMessage`. */
function retryable(message: string, context: object): Fault {
  return new Fault('internal', message, { retry: true, context: { ...context, userMessage: message } });
}

const schemas = new WeakMap<z.ZodType, object>();

function schemaOf(wire: z.ZodType): object {
  const known = schemas.get(wire);
  if (known) return known;
  const { $schema: _, ...schema } = z.toJSONSchema(wire);
  schemas.set(wire, schema);
  return schema;
}
