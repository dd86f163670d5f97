import { randomUUID } from 'node:crypto';
import type { Brief } from '@megacampus/domain/course';
import { type GenerationStatus, hasEnded } from '@megacampus/domain/steps';
import type { DocumentType, Tier } from '@megacampus/domain/tiers';
import { createLogger } from '@megacampus/log';
import { startGeneration } from '@megacampus/orchestrator/start-generation';
import { waitUntilReady } from '@megacampus/queue/connections';
import { createKeys } from '@megacampus/queue/keys';
import type { LocalStack } from '@megacampus/stack/local-stack';
import { clientFor, createCourse, signUp, type TestCourse, type TestUser } from '@megacampus/test-kit/users';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { connect, type Dependencies } from '../dependencies.ts';
import type { WorkerEnv } from '../env.ts';
import { JobLog } from '../job-log.ts';
import { type StartedWorker, startWorker, type WorkerOptions } from '../start-worker.ts';
import { type EngineDelays, spawnWorker, type WorkerProcess } from './spawn-worker.ts';

interface TestDocument {
  readonly name: string;
  readonly type: DocumentType;
  readonly text: string;
}

interface Admitted {
  readonly user: TestUser;
  readonly course: TestCourse;
  readonly generationId: string;
}

/** One test's surroundings: its own Redis keys, its workers, and what the web process would have. */
export interface Lab extends AsyncDisposable {
  readonly deps: Dependencies;
  readonly env: WorkerEnv;
  /** Lines logged by workers in this process. */
  readonly logLines: Record<string, unknown>[];
  startWorker(options?: Partial<WorkerOptions>): Promise<StartedWorker>;
  spawnWorker(delaysMs?: EngineDelays, env?: Partial<WorkerEnv>): Promise<WorkerProcess>;
  /** A course with a brief and documents, not admitted. */
  prepare(options?: CourseOptions): Promise<{ user: TestUser; course: TestCourse }>;
  /** The same, admitted as by a click. */
  admit(options?: CourseOptions): Promise<Admitted>;
  /** Waits until the generation has this status, and says what it had at last if it never does. */
  reaches(generationId: string, status: GenerationStatus, timeoutMs?: number): Promise<void>;
  /** What is stored, in the order of happening. A worker that runs may still hold events back; one that was stopped has stored them. */
  events(type: string, courseId: string): Promise<{ metadata: Record<string, unknown> }[]>;
}

interface CourseOptions {
  readonly tier?: Tier;
  readonly brief?: Partial<Brief>;
  readonly documents?: readonly TestDocument[];
  readonly webhookUrl?: string;
}

export const TEST_ADMIN = { user: 'admin', password: 'a long enough password' };

/** Made with `await using`, so that every worker has ended when the test has. */
export async function createLab(stack: LocalStack): Promise<Lab> {
  const tag = `{test-${randomUUID()}}`;
  const env = envFor(stack);
  const resources = new AsyncDisposableStack();
  const logLines: Record<string, unknown>[] = [];
  const jobLog = new JobLog();
  const log = createLogger({
    name: 'test',
    level: 'debug',
    tap: jobLog.tap,
    destination: { write: (line) => void logLines.push(JSON.parse(line)) },
  });
  const deps = connect(env, createKeys(tag), log, resources);
  await waitUntilReady(deps.producer, 5_000);
  const service = clientFor(stack, stack.serviceKey);

  const prepare = async ({ tier = 'PREMIUM', brief, documents = [] }: CourseOptions = {}) => {
    const user = await signUp(stack, tier);
    const course = await createCourse(stack, user, brief);
    for (const document of documents) await addDocument(service, user, course, document);
    return { user, course };
  };

  return {
    deps,
    env,
    logLines,
    prepare,
    async startWorker(options = {}) {
      const worker = await startWorker({ env, log, jobLog, keys: createKeys(tag), ...options });
      resources.defer(() => worker.stop());
      await worker.takingJobs;
      return worker;
    },
    async spawnWorker(delaysMs = {}, changes = {}) {
      const worker = await spawnWorker({ env: { ...env, ...changes }, tag, delaysMs });
      resources.defer(() => worker.kill());
      return worker;
    },
    async admit(options) {
      const { user, course } = await prepare(options);
      const request = {
        courseId: course.id,
        userId: user.userId,
        requestId: randomUUID(),
        webhookUrl: options?.webhookUrl ?? null,
      };
      const outcome = await startGeneration(deps, request);
      if (outcome.kind !== 'admitted') throw new Error(`Not admitted: ${outcome.kind}\n${problemsIn(logLines)}`);
      return { user, course, generationId: outcome.generationId };
    },
    async reaches(generationId, status, timeoutMs = 45_000) {
      let last: GenerationStatus | undefined;
      await waitFor(
        async () => {
          last = (await deps.store.loadGeneration(generationId))?.status;
          return last !== undefined && (last === status || hasEnded(last));
        },
        { timeoutMs, what: `${generationId} to be ${status}` },
      ).catch(() => {});
      if (last !== status) throw new Error(`${generationId} is ${last}, not ${status}\n${problemsIn(logLines)}`);
    },
    async events(type, courseId) {
      await deps.metrics.flush();
      const { data, error } = await service
        .from('system_metrics')
        .select('metadata')
        .eq('event_type', type)
        .eq('course_id', courseId)
        .order('timestamp');
      if (error) throw error;
      return data;
    },
    async [Symbol.asyncDispose]() {
      await endWhatRuns(deps);
      await resources.disposeAsync();
    },
  };
}

function envFor(stack: LocalStack): WorkerEnv {
  return {
    redisUrl: stack.redisUrl,
    supabaseUrl: stack.supabaseUrl,
    serviceKey: stack.serviceKey,
    databaseUrl: stack.databaseUrl,
    defaultGlobalLimit: 50,
    concurrency: 2,
    admin: { port: 0, credentials: TEST_ADMIN },
    webhook: { secret: null, allowPrivate: false },
    ai: null,
    isTraced: false,
    logLevel: 'info',
    nodeEnv: 'test',
    version: 'test',
  };
}

/** What workers in this process have warned of, for the message of a failing test. */
function problemsIn(lines: readonly Record<string, unknown>[]): string {
  const problems = lines.filter(({ level }) => level === 'warn' || level === 'error');
  return problems
    .slice(-8)
    .map(({ stage, attempt, msg, err }) =>
      JSON.stringify({ stage, attempt, msg, err: (err as Error | undefined)?.message }),
    )
    .join('\n');
}

/** The next test's workers would go on with what this one leaves in flight. */
async function endWhatRuns(deps: Dependencies): Promise<void> {
  for (const { id, course_id } of await deps.store.listInFlight()) {
    await deps.store.cancel({ courseId: course_id, generationId: id });
  }
}

async function addDocument(
  service: ReturnType<typeof clientFor>,
  user: TestUser,
  course: TestCourse,
  document: TestDocument,
): Promise<void> {
  const path = `${user.userId}/${course.id}/${randomUUID()}.${document.type}`;
  const bytes = new TextEncoder().encode(document.text);
  const upload = await service.storage.from('course-documents').upload(path, bytes, { contentType: 'text/plain' });
  if (upload.error) throw upload.error;
  const { error } = await service.from('course_documents').insert({
    course_id: course.id,
    user_id: user.userId,
    name: document.name,
    size_bytes: bytes.length,
    type: document.type,
    path,
  });
  if (error) throw error;
}
