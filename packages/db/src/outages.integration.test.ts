import { randomUUID } from 'node:crypto';
import { Fault, UnavailableFault } from '@megacampus/domain/errors';
import { startTcpProxy, type TcpProxy } from '@megacampus/test-kit/tcp-proxy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServiceClient, must } from './clients.ts';
import { createGenerationStore } from './generations.ts';
import { useDatabase } from './testing/database.ts';

const db = useDatabase();
const { supabaseUrl: url, publishableKey, serviceKey: key } = db.stack;

describe('outages', () => {
  let proxy: TcpProxy;
  beforeAll(async () => {
    proxy = await startTcpProxy(url);
  });
  afterAll(() => proxy.close());
  const slow = () => createGenerationStore(createServiceClient({ url: proxy.url, key, timeoutMs: 300 }));

  test('an API that cannot be reached, or does not answer in time, is an outage', async () => {
    await proxy.cut();
    await expect(slow().loadAdmission(randomUUID())).rejects.toBeInstanceOf(UnavailableFault);
    await expect(slow().listPassages(randomUUID())).rejects.toBeInstanceOf(UnavailableFault);
    await expect(slow().globalLimit()).rejects.toBeInstanceOf(UnavailableFault);
    await proxy.restore();
    proxy.freeze();
    const before = performance.now();
    await expect(slow().loadAdmission(randomUUID())).rejects.toBeInstanceOf(UnavailableFault);
    expect(performance.now() - before).toBeLessThan(1_500);
    await proxy.restore();
    expect(await slow().loadAdmission(randomUUID())).toBeNull();
  });

  test("a call that its caller gives up rejects with the caller's reason", async () => {
    proxy.freeze();
    const reason = new Error('cancelled');
    const caller = new AbortController();
    const call = slow().loadGeneration('x', { signal: caller.signal });
    caller.abort(reason);
    await expect(call).rejects.toBe(reason);
    await proxy.restore();
  });

  test('a refusal is not an outage', async () => {
    const stranger = createGenerationStore(createServiceClient({ url, key: publishableKey }));
    const refused = stranger.loadAdmission(randomUUID());
    await expect(refused).rejects.toMatchObject({ code: 'unauthorized', retry: false });
    const step = { courseId: (await db.addCourse()).courseId, stepId: 1, status: 'completed', message: '' } as const;
    await expect(db.store.recordProgress(step)).rejects.toMatchObject({ retry: false, context: { code: '22023' } });
    // A CHECK that fails has no code of its own at @supabase/lite.
    const bad = await db.client.from('courses').insert({ title: 'x', user_id: await db.addUser() });
    expect(bad.error).not.toBeNull();
    expect(() => must(bad)).toThrow(Fault);
    expect(() => must(bad)).not.toThrow(UnavailableFault);
  });
});
