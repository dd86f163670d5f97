import type { DbClient } from './clients.ts';
import { must } from './must.ts';

/** What requests to a language model used. */
export interface UsageSums {
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** In the currency of the configured prices; null when no price is known. */
  readonly cost: number | null;
  /** False where some requests had no price, so that `cost` is less than the whole. */
  readonly hasWholeCost: boolean;
  /** Some numbers come from the length of the texts, as the provider gave none. */
  readonly isEstimated: boolean;
}

export interface LessonUsage extends UsageSums {
  readonly lessonId: string;
  /** Over the course, from 1; null to somebody who may not read the lesson, as an admin. */
  readonly position: number | null;
}

export interface GenerationUsage {
  readonly total: UsageSums;
  /** For the course as a whole: analysis, outline, embeddings, summary. Null when nothing was. */
  readonly course: UsageSums | null;
  readonly lessons: readonly LessonUsage[];
}

/** What a generation used; null without a model. With a user's client, of their own generations only. @throws UnavailableFault */
export async function loadGenerationUsage(client: DbClient, generationId: string): Promise<GenerationUsage | null> {
  const rows = must(await client.from('generation_usage').select('*').eq('generation_id', generationId), 'database');
  if (rows.length === 0) return null;
  const sums = rows.map((row) => ({
    lessonId: row.lesson_id,
    position: row.lesson_position,
    requests: row.requests ?? 0,
    inputTokens: row.input_tokens ?? 0,
    outputTokens: row.output_tokens ?? 0,
    cost: row.cost === null ? null : Number(row.cost),
    hasWholeCost: row.has_whole_cost ?? true,
    isEstimated: row.is_estimated ?? false,
  }));
  return {
    total: sums.reduce<UsageSums>(add, NOTHING),
    course: sums.find(({ lessonId }) => lessonId === null) ?? null,
    lessons: sums.flatMap(({ lessonId, ...rest }) => (lessonId === null ? [] : [{ lessonId, ...rest }])),
  };
}

const NOTHING: UsageSums = {
  requests: 0,
  inputTokens: 0,
  outputTokens: 0,
  cost: null,
  hasWholeCost: true,
  isEstimated: false,
};

function add(one: UsageSums, other: UsageSums): UsageSums {
  return {
    requests: one.requests + other.requests,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    cost: one.cost === null && other.cost === null ? null : (one.cost ?? 0) + (other.cost ?? 0),
    hasWholeCost: one.hasWholeCost && other.hasWholeCost,
    isEstimated: one.isEstimated || other.isEstimated,
  };
}
