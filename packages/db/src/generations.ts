import type { Access } from './access/access.ts';
import { createRestAccess } from './access/rest-access.ts';
import { activityCalls } from './activity-calls.ts';
import { admissionCalls } from './admission-calls.ts';
import type { DbClient } from './clients.ts';
import { contentCalls } from './content-calls.ts';
import { retrievalCalls } from './retrieval-calls.ts';
import { settingsCalls } from './settings.ts';
import { usageCalls } from './usage-calls.ts';
import { workCalls } from './work-calls.ts';

export { createDirectAccess } from './access/direct-access.ts';
export type { RecordedProgress, StepRecord } from './admission-calls.ts';
export type { Admission, GenerationState } from './generation-schemas.ts';
export type GenerationStore = ReturnType<typeof createGenerationStore>;

/**
 * What the database knows of generations. Each call is one transaction, described with its function in
 * supabase/migrations. `access` is how they are called; what is left goes through `client`.
 *
 * @throws UnavailableFault when the database does not answer, Fault when it refuses; the signal's reason when aborted.
 */
export function createGenerationStore(client: DbClient, access: Access = createRestAccess(client)) {
  const { rpc } = access;
  return {
    ...admissionCalls(access),
    ...contentCalls(rpc),
    ...workCalls(rpc, client),
    ...retrievalCalls(rpc),
    ...usageCalls(rpc),
    ...settingsCalls(client),
    ...activityCalls(rpc),
  };
}
