import { randomUUID } from 'node:crypto';
import { Fault, UnavailableFault } from '@megacampus/domain/errors';
import { createLogger } from '@megacampus/log';
import { startTcpProxy, type TcpProxy } from '@megacampus/test-kit/tcp-proxy';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createServiceClient } from '../clients.ts';
import { createGenerationStore } from '../generations.ts';
import { useDatabase } from '../testing/database.ts';
import type { Access } from './access.ts';
import { createDirectAccess } from './direct-access.ts';
import { createRestAccess } from './rest-access.ts';

const db = useDatabase();
const { supabaseUrl, databaseUrl, serviceKey: key } = db.stack;
const log = createLogger({ name: 'test', level: 'silent' });

interface Side {
  readonly target: string;
  open(url: string, timeoutMs?: number): Access;
  close(): Promise<void>;
}

function rest(): Side {
  return {
    target: supabaseUrl,
    open: (url, timeoutMs) => createRestAccess(createServiceClient({ url, key, ...(timeoutMs ? { timeoutMs } : {}) })),
    close: async () => undefined,
  };
}

function direct(): Side {
  const opened: { close(): Promise<void> }[] = [];
  return {
    target: databaseUrl,
    open(url, timeoutMs) {
      const access = createDirectAccess({ url, log, ...(timeoutMs ? { timeoutMs } : {}) });
      opened.push(access);
      return access;
    },
    close: async () => void (await Promise.all(opened.map((access) => access.close()))),
  };
}

describe.each([
  { name: 'through the REST API', side: rest() },
  { name: 'straight', side: direct() },
])('asked $name', ({ side }) => {
  let proxy: TcpProxy;
  beforeAll(async () => {
    proxy = await startTcpProxy(side.target);
  });
  afterAll(async () => {
    await proxy.close();
    await side.close();
  });
  const client = createServiceClient({ url: supabaseUrl, key });
  const storeAt = (url: string, timeoutMs?: number) => createGenerationStore(client, side.open(url, timeoutMs));

  test('a generation is admitted, worked on and listed with the same answers', async () => {
    const store = storeAt(side.target);
    const { courseId, userId } = await db.addCourse();
    const generationId = `course-gen-${randomUUID().slice(0, 21)}`;
    const before = await store.loadAdmission(courseId);
    expect(before).toMatchObject({ course: { id: courseId, user_id: userId }, in_flight_id: null, tier: 'PREMIUM' });
    const metadata = { generation_id: generationId, user_id: userId, tier: 'FREE', weight: 1, has_documents: false };
    const step = { courseId, stepId: 1, status: 'completed', message: 'Запуск «генерации» \\ "1"', metadata } as const;
    const recorded = await store.recordProgress(step);
    expect(recorded).toMatchObject({ currentGenerationId: generationId, progress: { percentage: 20 } });
    expect(recorded).toEqual(await db.store.recordProgress(step));
    expect(await store.loadGeneration(generationId)).toEqual(await db.store.loadGeneration(generationId));
    expect((await store.listInFlight()).map(({ id }) => id)).toContain(generationId);
    expect(await store.cancel({ courseId, generationId })).toMatchObject({ outcome: 'cancelled' });
    // The count over all users moves while other tests use this database.
    const sameButAllUsers = { ...(await db.store.loadAdmission(courseId)), global_in_flight: expect.any(Number) };
    expect(await store.loadAdmission(courseId)).toEqual(sameButAllUsers);
  });

  test('lists, empty lists, vectors and NULL arrive as they were sent', async () => {
    const store = storeAt(side.target);
    const { courseId } = await db.addCourse();
    expect(await store.loadAdmission(randomUUID())).toBeNull();
    expect(await store.loadGeneration('nobody')).toBeNull();
    expect(await store.replaceChunks({ documentId: randomUUID(), language: 'ru', chunks: [] })).toBeNull();
    const search = { courseId, query: 'слово', limit: 5 };
    expect(await store.searchChunks(search)).toEqual([]);
    expect(await store.searchChunks({ ...search, embedding: { model: 'm', vector: [0.6, -0.8] } })).toEqual([]);
    expect(await store.saveEmbeddings({ courseId, model: 'm', vectors: [] })).toEqual({ saved: 0 });
  });

  test('what the database refuses is a fault with its code, and the next call works', async () => {
    const store = storeAt(side.target);
    const { courseId } = await db.addCourse();
    const step = { courseId, stepId: 1, status: 'completed', message: '' } as const;
    const refused = store.recordProgress(step);
    await expect(refused).rejects.toMatchObject({ code: 'internal', retry: false, context: { code: '22023' } });
    await expect(refused).rejects.not.toBeInstanceOf(UnavailableFault);
    await expect(store.loadAdmission('not-a-uuid')).rejects.toBeInstanceOf(Fault);
    expect(await store.loadAdmission(courseId)).not.toBeNull();
  });

  test('an answer of another shape is a fault', async () => {
    const access = side.open(side.target);
    const call = access.rpc('list_in_flight', {}, z.object({ nothing: z.literal('like this') }));
    await expect(call).rejects.toMatchObject({ code: 'internal', retry: false });
  });

  test('a server that is away or does not answer in time is an outage, and works again when it is back', async () => {
    const store = storeAt(proxy.url, 400);
    expect(await store.loadAdmission(randomUUID())).toBeNull();
    await proxy.cut();
    await expect(store.loadAdmission(randomUUID())).rejects.toBeInstanceOf(UnavailableFault);
    await proxy.restore();
    expect(await store.loadAdmission(randomUUID())).toBeNull();
    proxy.freeze();
    const before = performance.now();
    await expect(store.loadAdmission(randomUUID())).rejects.toBeInstanceOf(UnavailableFault);
    expect(performance.now() - before).toBeLessThan(2_000);
    await proxy.restore();
    await waitFor(async () => (await store.loadAdmission(randomUUID()).catch(() => 'away')) === null, {
      what: 'the database to answer again',
    });
  });

  test('an answer that is lost is an outage, though the change was made', async () => {
    const store = storeAt(proxy.url, 2_000);
    await store.listInFlight();
    const { courseId } = await db.addCourse();
    proxy.resetResponses();
    const step = { courseId, stepId: 1, status: 'completed', message: 'x' } as const;
    await expect(store.recordProgress(step)).rejects.toBeInstanceOf(UnavailableFault);
    await proxy.restore();
    const row = await db.one('SELECT generation_progress FROM public.courses WHERE id = $1', [courseId]);
    expect(row).toMatchObject({ generation_progress: { percentage: 20 } });
  });

  test("a call that its caller gives up rejects at once with the caller's reason", async () => {
    const store = storeAt(proxy.url);
    await store.listInFlight();
    proxy.freeze();
    const reason = new Error('cancelled');
    const caller = new AbortController();
    const call = store.loadGeneration('x', { signal: caller.signal });
    caller.abort(reason);
    await expect(call).rejects.toBe(reason);
    await expect(store.loadGeneration('x', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await proxy.restore();
  });
});
