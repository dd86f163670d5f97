import { activityCalls } from './activity-calls.ts';
import { admissionCalls } from './admission-calls.ts';
import type { DbClient } from './clients.ts';
import { contentCalls } from './content-calls.ts';
import { retrievalCalls } from './retrieval-calls.ts';
import { createRpc } from './rpc.ts';
import { settingsCalls } from './settings.ts';
import { usageCalls } from './usage-calls.ts';
import { workCalls } from './work-calls.ts';

export type { RecordedProgress, StepRecord } from './admission-calls.ts';
export type { Admission, GenerationState } from './generation-schemas.ts';
export type GenerationStore = ReturnType<typeof createGenerationStore>;

/**
 * What the database knows of generations. Each call is one transaction, described with its function in
 * supabase/migrations.
 *
 * @throws UnavailableFault when the database does not answer, Fault when it refuses; the signal's reason when aborted.
 */
export function createGenerationStore(client: DbClient) {
  const rpc = createRpc(client);
  return {
    ...admissionCalls(rpc, client),
    ...contentCalls(rpc),
    ...workCalls(rpc, client),
    ...retrievalCalls(rpc),
    ...usageCalls(rpc),
    ...settingsCalls(client),
    ...activityCalls(rpc),
  };
}
