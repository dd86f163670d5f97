import { UnavailableFault } from '@megacampus/domain/errors';
import type { Embedder, EngineContext } from '@megacampus/generation/engine';
import { Interruption } from '../interruption.ts';
import type { StageContext } from './stage-handler.ts';
import { createUsageMeter } from './usage-meter.ts';

/** Passages in one request: as many as a local model embeds within a request's deadline. */
const BATCH = 32;
/** A search compares the query with every passage of the course; of more it would take over a second. */
const MOST_PASSAGES = 5_000;

/**
 * Gives every passage of the course an embedding that has none of this model yet; goes on where an earlier attempt
 * stopped. What fails is logged and left: passages without one are found by their words.
 */
export async function embedPassages(context: StageContext): Promise<void> {
  const { deps, log, signal } = context;
  const { embedder } = deps.engine;
  if (embedder === undefined || !context.generation.has_documents) return;
  try {
    const made = await embedMissing(embedder, context);
    if (made > 0) log.info({ passages: made, model: embedder.model }, 'passages embedded');
  } catch (err) {
    signal.throwIfAborted();
    if (isOurs(err)) throw err;
    log.warn({ err, model: embedder.model }, 'passages not embedded; they are found by their words only');
  }
}

async function embedMissing(embedder: Embedder, context: StageContext): Promise<number> {
  const { deps, log, signal, generation } = context;
  const engine: EngineContext = { signal, log, usage: createUsageMeter(context) };
  const courseId = generation.course_id;
  const next = () => deps.store.listUnembedded({ courseId, model: embedder.model, limit: BATCH }, { signal });
  let made = 0;
  let { total, missing, passages } = await next();
  if (total > MOST_PASSAGES) {
    log.warn({ total, most: MOST_PASSAGES }, 'too many passages to embed; they are found by their words only');
    return 0;
  }
  if (passages.length === 0) return 0;
  const meanLength = passages.reduce((sum, { text }) => sum + text.length, 0) / passages.length;
  if (!(await embedder.affords(missing * meanLength, engine))) {
    log.warn({ missing }, 'embeddings would take too much of the budget; passages are found by their words only');
    return 0;
  }
  // Twice as many rounds as batches: a first batch of another length makes the older vectors stale.
  for (let left = 2 * Math.ceil(total / BATCH) + 1; passages.length > 0 && left > 0; left -= 1) {
    const vectors = await embedder.embedPassages(passages, engine);
    const entries = passages.map(({ id }, index) => ({ id, vector: vectors[index] ?? [] }));
    const { saved } = await deps.store.saveEmbeddings(
      { courseId, model: embedder.model, vectors: entries },
      { signal },
    );
    made += saved;
    ({ passages } = await next());
  }
  return made;
}

/** Our own servers are waited for, as everywhere, and a generation that has ended is left; all else can be done without. */
export function isOurs(error: unknown): boolean {
  if (error instanceof Interruption) return true;
  return error instanceof UnavailableFault && error.context['service'] !== 'model';
}
