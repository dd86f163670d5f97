import { ADMISSION_BUDGET_MS } from '@megacampus/domain/api';
import { UnavailableFault } from '@megacampus/domain/errors';
import { hasEnded } from '@megacampus/domain/steps';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OrchestratorDeps } from './deps.ts';
import { ensureAdmitted } from './ensure-admitted.ts';
import { type StartOutcome, startGeneration } from './start-generation.ts';
import { createWorld, interpose, type Way, type World } from './testing/world.ts';

let world: World;
const useWorld = (way: Way) => {
  beforeAll(async () => {
    world = await createWorld({ way });
  });
  afterEach(() => world.recover());
  afterAll(() => world.close());
};

interface Run {
  outcome: StartOutcome | { kind: 'unavailable' };
  elapsedMs: number;
  courseId: string;
  userId: string;
}

/** One admission through `deps`, timed; then the servers are well again. */
async function run(deps: OrchestratorDeps): Promise<Run> {
  const { userId, courseIds } = await world.person('FREE');
  const courseId = courseIds[0] ?? '';
  const startedAt = performance.now();
  const request = { courseId, userId, requestId: 'req-fault', webhookUrl: null };
  const outcome = await startGeneration(deps, request).catch((error: unknown) => {
    if (error instanceof UnavailableFault) return { kind: 'unavailable' as const };
    throw error;
  });
  const elapsedMs = performance.now() - startedAt;
  await world.recover();
  return { outcome, elapsedMs, courseId, userId };
}

/** After a fault: the slot is held exactly if a generation is in flight, no job is without a record, nothing is undone by half. */
async function expectConsistent({ outcome, elapsedMs, courseId, userId }: Run): Promise<void> {
  expect(elapsedMs).toBeLessThan(ADMISSION_BUDGET_MS);
  await world.deps.deferred.idle();
  const inFlight = (await world.truth.store.listInFlight()).filter((one) => one.course_id === courseId);
  const jobs = (await world.truth.queue.bull.getJobs()).filter((job) => job.data.courseId === courseId);
  const { userJobs } = await world.truth.slots.counts(userId);
  if (outcome.kind === 'admitted') {
    expect(inFlight.map(({ id }) => id)).toEqual([outcome.generationId]);
    expect(jobs.map((job) => job.id)).toEqual([outcome.generationId]);
    expect(userJobs).toBe(1);
    return;
  }
  expect(inFlight).toEqual([]);
  expect(jobs).toEqual([]);
  expect(userJobs).toBe(0);
  const admission = await world.truth.store.loadAdmission(courseId);
  expect(admission?.course).toMatchObject({ generation_id: null, generation_status: null });
}

type Server = 'redis' | 'database';
type Failing = 'cut' | 'freeze' | 'dropResponses' | 'resetResponses';

describe.each([
  { way: 'straight', name: 'asking the database straight', servers: ['redis', 'database'] },
  { way: 'rest', name: 'asking the database through the REST API', servers: ['database'] },
] as const)('an admission while a server fails, at each step, $name', ({ way, servers }) => {
  useWorld(way);
  const cases: {
    at: string;
    server: Server;
    how: Failing;
    becomes: string;
    arm: (deps: OrchestratorDeps, fail: () => unknown) => OrchestratorDeps;
  }[] = [];
  const add = (
    at: string,
    server: Server,
    hows: Failing[],
    becomes: string,
    arm: (deps: OrchestratorDeps, fail: () => unknown) => OrchestratorDeps,
  ) => {
    if (!(servers as readonly string[]).includes(server)) return;
    for (const how of hows) cases.push({ at, server, how, becomes, arm });
  };
  add('before loading', 'database', ['cut', 'freeze', 'resetResponses'], 'unavailable', (deps, fail) =>
    interpose(deps, 'store', 'loadAdmission', 'before', fail),
  );
  add('before reserving', 'redis', ['cut', 'freeze', 'dropResponses', 'resetResponses'], 'unavailable', (deps, fail) =>
    interpose(deps, 'slots', 'reserve', 'before', fail),
  );
  add('after reserving', 'redis', ['cut', 'freeze', 'dropResponses', 'resetResponses'], 'rolled_back', (deps, fail) =>
    interpose(deps, 'slots', 'reserve', 'after', fail),
  );
  add(
    'after enqueueing',
    'database',
    ['cut', 'freeze', 'dropResponses', 'resetResponses'],
    'rolled_back',
    (deps, fail) => interpose(deps, 'queue', 'add', 'after', fail),
  );
  add('after recording', 'redis', ['cut', 'freeze'], 'admitted', (deps, fail) =>
    interpose(deps, 'store', 'recordProgress', 'after', fail),
  );

  it.each(cases)('$server: $how $at → $becomes', async ({ server, how, becomes, arm }) => {
    const result = await run(arm(world.deps, () => world[server][how]()));
    expect(result.outcome.kind).toBe(becomes);
    await expectConsistent(result);
  });

  it('both servers: freeze after enqueueing → rolled back, and undone once they answer again', async () => {
    const freezeBoth = () => {
      world.redis.freeze();
      world.database.freeze();
    };
    const result = await run(interpose(world.deps, 'queue', 'add', 'after', freezeBoth));
    expect(result.outcome.kind).toBe('rolled_back');
    await expectConsistent(result);
  });

  it.each(servers)('%s: slow all the way → admitted', async (server) => {
    world[server].delay(150);
    const result = await run(world.deps);
    expect(result.outcome.kind).toBe('admitted');
    await expectConsistent(result);
  });

  it('a record that committed and then lost its connection is recognised by the next try', async () => {
    let tries = 0;
    const deps = interpose(world.deps, 'store', 'recordProgress', 'before', async () => {
      tries += 1;
      if (tries === 1) world.database.resetResponses();
      else await world.database.restore();
    });
    const result = await run(deps);
    expect(result.outcome.kind).toBe('admitted');
    expect(tries).toBe(2);
    await expectConsistent(result);
  });

  it('tries four times in all: the first and three retries', async () => {
    let tries = 0;
    const result = await run(
      interpose(world.deps, 'store', 'recordProgress', 'before', async () => {
        tries += 1;
        if (tries === 1) await world.database.cut();
      }),
    );
    expect(tries).toBe(4);
    expect(result.outcome.kind).toBe('rolled_back');
    await expectConsistent(result);
  });

  it('a course that was deleted meanwhile is not a failing database: one try, not found, nothing left', async () => {
    let tries = 0;
    const { userId, courseIds } = await world.person('FREE');
    const courseId = courseIds[0] ?? '';
    const deps = interpose(
      interpose(world.deps, 'queue', 'add', 'after', () =>
        world.sql('delete from public.courses where id = $1', [courseId]),
      ),
      'store',
      'recordProgress',
      'before',
      () => {
        tries += 1;
      },
    );
    const outcome = await startGeneration(deps, { courseId, userId, requestId: 'r', webhookUrl: null });
    expect(outcome).toEqual({ kind: 'not_found' });
    expect(tries).toBe(1);
    expect(await world.truth.slots.counts(userId)).toMatchObject({ userJobs: 0 });
    expect((await world.truth.queue.bull.getJobs()).filter((job) => job.data.courseId === courseId)).toEqual([]);
  });
});

describe('an admission that cannot be undone', () => {
  useWorld('straight');
  it('goes on when a worker already has the job, and the worker’s record makes it whole', async () => {
    const databaseIsBack = Promise.withResolvers<void>();
    const recorded = Promise.withResolvers<unknown>();
    const worker = world.work(async (job) => {
      await databaseIsBack.promise;
      recorded.resolve(await ensureAdmitted(world.truth, job.data));
    });
    try {
      const taken = () => waitFor(async () => (await world.truth.queue.counts()).waiting === 0, { what: 'jobs taken' });
      const result = await run(
        interpose(world.deps, 'queue', 'add', 'after', async () => {
          await taken();
          await world.database.cut();
        }),
      );
      if (result.outcome.kind !== 'admitted') throw new Error(`not admitted: ${result.outcome.kind}`);
      const { generationId } = result.outcome;
      const isRecorded = async () => (await world.truth.store.loadGeneration(generationId)) !== null;
      expect(await isRecorded()).toBe(false);
      databaseIsBack.resolve();
      expect(await recorded.promise).toEqual({ kind: 'admitted' });
      expect(await isRecorded()).toBe(true);
      const [course] = await world.sql('select * from public.courses where id = $1', [result.courseId]);
      expect(course).toMatchObject({ generation_id: generationId, generation_status: 'initializing' });
      expect(course?.['generation_progress']).toMatchObject({
        percentage: 20,
        steps: [{ status: 'completed' }, {}, {}, {}, {}],
      });
      expect(await world.truth.slots.counts(result.userId)).toMatchObject({ userJobs: 1 });
    } finally {
      databaseIsBack.resolve();
      await worker.close(true);
    }
  });

  it('leaves a mark, so that a record which commits too late changes nothing', async () => {
    const result = await run(interpose(world.deps, 'queue', 'add', 'after', () => world.database.freeze()));
    expect(result.outcome.kind).toBe('rolled_back');
    await world.deps.deferred.idle();
    const rows = await world.sql('select id, status from public.generations where course_id = $1', [result.courseId]);
    expect(rows).toHaveLength(1);
    const late = await world.truth.store.recordProgress({
      courseId: result.courseId,
      stepId: 1,
      status: 'completed',
      message: 'late',
      metadata: { generation_id: rows[0]?.['id'] },
    });
    expect(late?.currentGenerationId).not.toBe(rows[0]?.['id']);
    const all = await world.truth.store.listInFlight();
    expect(all.filter((one) => one.course_id === result.courseId && !hasEnded(one.status))).toEqual([]);
  });
});

describe('an admission whose events cannot be stored either', () => {
  // They go through the REST API, whichever way the rest does.
  useWorld('rest');
  it('writes job_rollback and rpc_retry_exhausted once the database is back', async () => {
    const result = await run(interpose(world.deps, 'queue', 'add', 'after', () => world.database.cut()));
    expect(result.outcome.kind).toBe('rolled_back');
    await expectConsistent(result);
    await world.deps.metrics.flush();
    const events = await world.sql('select event_type from public.system_metrics where course_id = $1', [
      result.courseId,
    ]);
    expect(events.map((row) => row['event_type']).sort()).toEqual(['job_rollback', 'rpc_retry_exhausted']);
  });
});
