import type { EngineContext, LessonInput, LessonSearch, Passage } from '@megacampus/generation/engine';
import { isOurs } from './embed-passages.ts';
import type { StageContext } from './stage-handler.ts';

/** Passages of the course's documents for a lesson whose own are too few, best first; none where they are enough. */
export async function findPassages(
  { deps, log, signal, generation }: StageContext,
  input: Omit<LessonInput, 'related' | 'written'>,
  engine: EngineContext,
): Promise<Passage[]> {
  const search = deps.engine.search?.(input) ?? null;
  if (search === null) return [];
  const courseId = generation.course_id;
  const embedding = await embeddingOf(search);
  const found = await deps.store.searchChunks({ courseId, ...search, embedding }, { signal });
  const own = new Set(input.passages.map(({ id }) => id));
  const related = found.filter(({ id }) => !own.has(id));
  log.info({ own: own.size, found: related.length, byMeaning: embedding !== undefined }, 'passages found');
  return related;

  async function embeddingOf({ query }: LessonSearch) {
    const { embedder } = deps.engine;
    if (embedder === undefined) return undefined;
    const { model } = embedder;
    const { total, missing } = await deps.store.listUnembedded({ courseId, model, limit: 0 }, { signal });
    if (missing === total) return undefined;
    try {
      return { model, vector: await embedder.embedQuery(query, engine) };
    } catch (err) {
      signal.throwIfAborted();
      if (isOurs(err)) throw err;
      log.warn({ err, model }, 'query not embedded; passages are found by their words only');
      return undefined;
    }
  }
}
