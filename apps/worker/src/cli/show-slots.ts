import type { Dependencies } from '../dependencies.ts';

type Shown = Pick<Dependencies, 'slots' | 'store' | 'globalConcurrencyLimit'>;

/** Leases, limits and generations in flight as text, the odd ones marked. */
export async function showSlots({ slots, store, globalConcurrencyLimit }: Shown): Promise<string> {
  const [leases, inFlight, inRedis, inDatabase] = await Promise.all([
    slots.list(),
    store.listInFlight(),
    slots.getGlobalLimit(),
    store.globalLimit(),
  ]);
  const holders = new Set(leases.map((lease) => lease.generationId));
  const running = new Map(inFlight.map((generation) => [generation.id, generation]));
  const leaseRows = leases.map((lease) => [
    lease.generationId,
    lease.courseId,
    lease.userId,
    seconds(lease.heldForMs),
    seconds(lease.expiresAtMs - lease.renewedAtMs),
    running.get(lease.generationId)?.status ?? 'not in the database',
  ]);
  const lost = inFlight.filter((generation) => !holders.has(generation.id));
  const limit = inDatabase ?? globalConcurrencyLimit;
  const copies = inDatabase !== null && inDatabase !== inRedis ? `; Redis still has ${inRedis ?? 'none'}` : '';
  return [
    `Slots held: ${leases.length} of ${limit} (${inDatabase === null ? 'default' : 'set by an admin'}${copies})`,
    table(['generation', 'course', 'user', 'held for', 'lease', 'status'], leaseRows),
    `Generations in flight in the database: ${inFlight.length}`,
    table(
      ['generation', 'course', 'status', 'without a slot'],
      lost.map((generation) => [generation.id, generation.course_id, generation.status, 'yes']),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1_000)} s`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}
