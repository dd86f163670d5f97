/** Whether what the worker depends on answers now. */
export interface Readiness {
  readonly ready: boolean;
  readonly checks: { readonly redis: boolean; readonly database: boolean; readonly queue: boolean };
}

export interface ReadinessChecks {
  readonly redis: () => Promise<unknown>;
  readonly database: () => Promise<unknown>;
  /** Whether this process takes jobs: started and not shutting down. */
  readonly takesJobs: () => boolean;
}

const CHECK_TIMEOUT_MS = 1_500;

export async function checkReadiness(checks: ReadinessChecks): Promise<Readiness> {
  const [redis, database] = await Promise.all([answers(checks.redis), answers(checks.database)]);
  const queue = redis && checks.takesJobs();
  return { ready: redis && database && queue, checks: { redis, database, queue } };
}

/** Whether it answers within a second and a half. Never throws. */
export async function answers(check: () => Promise<unknown>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), CHECK_TIMEOUT_MS);
  const answer = check().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
