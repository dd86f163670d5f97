import type { Breathe } from './breather.ts';
import { keyStatements } from './centrality.ts';
import type { Unit } from './material.ts';
import type { Sentence } from './passage-blocks.ts';

/** Finalists that each unit sends to the choice for a long text. */
const FINALISTS = 2;

/** The key statements of a text of any length: each unit's best ones first, then the best of those. */
export async function keyStatementsOf(
  units: readonly Unit[],
  language: string,
  limit: number,
  breathe: Breathe,
): Promise<string[]> {
  const finalists: Sentence[] = [];
  for (const { blocks } of units) {
    await breathe();
    const sentences = blocks.flatMap((block) => (block.kind === 'paragraph' ? block.sentences : []));
    finalists.push(...keyStatements(sentences, language, units.length > 20 ? FINALISTS : 6));
  }
  await breathe();
  return keyStatements(finalists, language, limit).map(({ text }) => text);
}
