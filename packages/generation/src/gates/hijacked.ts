import type { Brief } from '@megacampus/domain/course';
import type { GateFailure } from '../gates.ts';

/** Whether an answer repeats the random code of its prompt's marks. */
export function hasLeaked(answer: string, code: string): boolean {
  return answer.includes(code);
}

/** Sentences that speak to a model, not to a learner: “do not forget the rules” and the like are for learners. */
const TO_A_MODEL = [
  /(?<!\bnot |\bnever |n't )\b(?:ignore|disregard|forget|override)\s+(?:(?:all|any|of|the|these|those)\s+)*(?:your|my|previous|prior|above|earlier|preceding|system)\b[^.\n]{0,20}\b(?:instructions?|rules|prompts?|guidelines|messages?)\b/i,
  /(?<!не )(?:игнорируй|забудь|отмени|не учитывай)(?:те)?\s+(?:(?:все|всё|любые|эти|данные)\s+)*(?:предыдущ|прежн|прошл|вышеуказанн|вышеприведённ|свои|твои|ваши|системн)[^.\n]{0,25}(?:инструкц|указани|правил|промпт)/iu,
  /\bsystem prompt\b|системн\p{L}+ промпт/iu,
  /\bas an ai\b|как искусственный интеллект, я/iu,
];

/** Reserved for examples (RFC 2606), or the reader's own machine. */
const HARMLESS = /^(?:https?:\/\/)?(?:www\.)?(?:localhost|127\.0\.0\.1|example\.(?:com|org|net))(?:[:/]|$)/i;

/** Where a course is about these things, it may speak of them. */
const ABOUT_MODELS =
  /prompt|промпт|injection|инъекци|LLM|языков\p{L}+ модел|language model|chatgpt|нейросет|искусственн/iu;

/**
 * Signs that an answer did what a document told it to: words to a model, and addresses that the lesson's passages do not
 * have — or have only where they speak to a model.
 */
export function notHijacked(text: string, passages: readonly { readonly text: string }[], brief: Brief): GateFailure[] {
  const failures: GateFailure[] = [];
  if (!ABOUT_MODELS.test(`${brief.title} ${brief.course_description} ${brief.learning_outcomes.join(' ')}`)) {
    for (const pattern of TO_A_MODEL) {
      const [found] = pattern.exec(text) ?? [];
      if (found !== undefined)
        failures.push({ gate: 'hijacked', detail: `speaks to a model: “${found.slice(0, 80)}”` });
    }
  }
  // Without documents nobody could have put it there.
  if (passages.length === 0) return failures;
  const honest = passages.flatMap((passage) => passage.text.split(/\n{2,}/)).filter((part) => !speaksToModel(part));
  for (const [address] of text.matchAll(/(?:https?:\/\/|www\.)[^\s)\]>"'»”]+/gi)) {
    const bare = address.replace(/[.,;:!?]+$/, '');
    if (!HARMLESS.test(bare) && !honest.some((part) => part.includes(bare)))
      failures.push({ gate: 'hijacked', detail: `an address that no source gives: ${bare.slice(0, 80)}` });
  }
  return failures;
}

function speaksToModel(text: string): boolean {
  return TO_A_MODEL.some((pattern) => pattern.test(text));
}
