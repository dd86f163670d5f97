import { Fault } from '@megacampus/domain/errors';
import type { Embedder, EngineContext } from '../engine.ts';
import { type Embed, tokensIn } from './requester.ts';

/** Share of a generation's budget that its embeddings may take; the rest is for writing. */
const SHARE = 0.25;
/** Of a passage, in characters: what models of 512 tokens take in; those of 8,000 lose the ends of long tables. */
const PASSAGE_CHARS = 2_000;
const QUERY_CHARS = 1_000;
/** Digits kept of each number: more than a `real` of Postgres has would only be sent. */
const DIGITS = 7;

/** Embeds through the requests of the engine, so that they keep to the same limits. */
export function createEmbedder(
  embed: Embed,
  model: string,
  { budgetTokens }: { readonly budgetTokens: number },
): Embedder {
  async function vectorsOf(texts: readonly string[], context: EngineContext): Promise<number[][]> {
    // Nobody is told of what fails here: the course is made without.
    const { vectors } = await embed(texts, { context, language: 'en' });
    const lengths = new Set(vectors.map(({ length }) => length));
    const units = vectors.map(toUnit);
    if (vectors.length !== texts.length || lengths.size !== 1 || units.includes(null)) {
      const context = { texts: texts.length, vectors: vectors.length, lengths: [...lengths] };
      throw new Fault('internal', 'the embeddings cannot be used', { retry: false, context });
    }
    return units.flatMap((unit) => (unit === null ? [] : [unit]));
  }

  return {
    model,
    async affords(chars, context) {
      const spent = (await context.usage?.spent()) ?? 0;
      return tokensIn(chars) <= (budgetTokens - spent) * SHARE;
    },
    embedPassages: (passages, context) =>
      vectorsOf(
        passages.map(({ headingPath, text }) => `${headingPath.join(' > ')}\n${text}`.trim().slice(0, PASSAGE_CHARS)),
        context,
      ),
    async embedQuery(query, context) {
      const [vector = []] = await vectorsOf([query.slice(0, QUERY_CHARS)], context);
      return vector;
    },
  };
}

/** The vector with length 1; null for one without a direction. */
function toUnit(vector: readonly number[]): number[] | null {
  const length = Math.hypot(...vector);
  if (!Number.isFinite(length) || length === 0) return null;
  return vector.map((number) => Number((number / length).toPrecision(DIGITS)));
}
