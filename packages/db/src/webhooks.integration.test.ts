import { describe, expect, test } from 'vitest';
import { useDatabase } from './testing/database.ts';
import { createWebhookOutbox } from './webhooks.ts';

const db = useDatabase();

describe('webhooks', () => {
  const outbox = createWebhookOutbox(db.client);
  const webhook_url = 'https://example.test/hook';
  /** Deliveries of one generation only: others share the database. */
  const claimOf = async (generationId: string) => {
    await db.rows('UPDATE webhook_deliveries SET next_attempt_at = NULL WHERE generation_id <> $1', [generationId]);
    return (await outbox.claim({ limit: 50, leaseSeconds: 30 })).filter(
      (delivery) => delivery.generationId === generationId,
    );
  };
  const makeDue = (generationId: string) =>
    db.rows(
      'UPDATE webhook_deliveries SET next_attempt_at = now() WHERE generation_id = $1 AND next_attempt_at IS NOT NULL',
      [generationId],
    );

  test('each change of status is delivered once, in its order, as it was then', async () => {
    const { courseId } = await db.addCourse();
    const generationId = await db.admit(courseId, { webhook_url });
    await db.move(courseId, 1, 'completed', { generationId });
    await db.move(courseId, 2, 'in_progress', { generationId, message: 'Читаем' });
    await db.move(courseId, 2, 'in_progress', { generationId });
    await db.move(courseId, 2, 'failed', { generationId, error: 'не вышло' });
    const sent: unknown[] = [];
    for (;;) {
      const claimed = await claimOf(generationId);
      if (claimed.length === 0) break;
      expect(claimed).toHaveLength(1);
      const [{ id, url, payload, courseId: ofCourse }] = claimed as [(typeof claimed)[0]];
      expect({ url, ofCourse }).toEqual({ url: webhook_url, ofCourse: courseId });
      sent.push(payload);
      expect(await claimOf(generationId)).toEqual([]);
      expect(await outbox.finish(id, { kind: 'delivered' })).toEqual({ retryAt: null });
    }
    const data = { generationId };
    expect(sent).toEqual([
      { courseId, data, status: 'initializing', progress: { step: 1, message: 'сообщение', percentage: 20 } },
      { courseId, data, status: 'analyzing_task', progress: { step: 2, message: 'Читаем', percentage: 30 } },
      {
        courseId,
        data,
        status: 'failed',
        error: 'не вышло',
        progress: { step: 2, message: 'сообщение', percentage: 30 },
      },
    ]);
  });

  test('a failed delivery comes back later, a refused one never, a claimed one when its worker died', async () => {
    const { courseId } = await db.addCourse();
    const generationId = await db.admit(courseId, { webhook_url });
    const [first] = await claimOf(generationId);
    await makeDue(generationId);
    const [again] = await claimOf(generationId);
    expect(again).toMatchObject({ id: first?.id, attempts: 2 });
    const { retryAt } = await outbox.finish(again?.id ?? 0, { kind: 'failed', reason: '503' });
    expect(Date.parse(retryAt ?? '')).toBeGreaterThan(Date.now() + 5_000);
    expect(await claimOf(generationId)).toEqual([]);
    await makeDue(generationId);
    const [third] = await claimOf(generationId);
    expect(await outbox.finish(third?.id ?? 0, { kind: 'refused', reason: '410' })).toEqual({ retryAt: null });
    await makeDue(generationId);
    expect(await claimOf(generationId)).toEqual([]);
  });

  test('many workers claim each delivery once; after ten failures it is given up', async () => {
    const { courseId } = await db.addCourse();
    const generationId = await db.admit(courseId, { webhook_url });
    await db.rows('UPDATE webhook_deliveries SET next_attempt_at = NULL WHERE generation_id <> $1', [generationId]);
    const claims = await Promise.all(Array.from({ length: 10 }, () => outbox.claim({ limit: 5, leaseSeconds: 30 })));
    expect(claims.flat().filter((delivery) => delivery.generationId === generationId)).toHaveLength(1);
    const id = claims.flat().find((delivery) => delivery.generationId === generationId)?.id ?? 0;
    await db.rows('UPDATE webhook_deliveries SET attempts = 10 WHERE id = $1', [id]);
    expect(await outbox.finish(id, { kind: 'failed', reason: 'timeout' })).toEqual({ retryAt: null });
  });

  test('nothing is told of an admission that was undone, nor without an address', async () => {
    const { courseId, userId } = await db.addCourse();
    const undone = await db.admit(courseId, { webhook_url });
    await db.store.undoAdmission({ courseId, userId, generationId: undone, reason: 'x' });
    const silent = await db.admit(courseId);
    await db.store.cancel({ courseId, generationId: silent });
    expect(await db.rows('SELECT FROM webhook_deliveries WHERE course_id = $1', [courseId])).toEqual([]);
  });
});
