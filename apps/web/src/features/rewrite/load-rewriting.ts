import { must } from '@megacampus/db/clients';
import { cache } from 'react';
import type { SessionUser } from '@/features/session/session-user.ts';

/** The rewriting of one lesson that the course's newest generation is. */
export interface Rewriting {
  /** Of the lesson that is written anew. */
  readonly lineageId: string;
  /** What its owner asked for; empty without a wish. */
  readonly instruction: string;
}

/** Null when the course's newest generation is of the whole course, or there is none. @throws UnavailableFault */
export const loadRewriting = cache(
  async (db: SessionUser['db'], generationId: string | null): Promise<Rewriting | null> => {
    if (generationId === null) return null;
    const query = db.from('generations').select('rewritten_lineage_id, instruction').eq('id', generationId);
    const row = must(await query.maybeSingle(), 'database');
    if (!row?.rewritten_lineage_id) return null;
    return { lineageId: row.rewritten_lineage_id, instruction: row.instruction ?? '' };
  },
);
