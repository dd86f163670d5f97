'use server';

import { GLOBAL_LIMIT } from '@megacampus/domain/global-limit';
import { generationStatusSchema } from '@megacampus/domain/steps';
import { tierSchema } from '@megacampus/domain/tiers';
import { cancelGeneration } from '@megacampus/orchestrator/cancel-generation';
import { refresh } from 'next/cache';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { getDeps } from '@/deps.ts';
import { requestLog } from '@/http/request-log.ts';
import { adminOrNull } from './access.ts';

/** What became of a change: a name of a message in `admin.outcome`. */
export type AdminOutcome = 'changed' | 'unchanged' | 'not_found' | 'own_role' | 'last_admin' | 'ended' | 'failed';

const limitSchema = z.number().int().min(GLOBAL_LIMIT.min).max(GLOBAL_LIMIT.max);
const roleSchema = z.enum(['user', 'admin']);
const idSchema = z.uuid();
const CANCEL_TIMEOUT_MS = 3_000;

export async function changeGlobalLimit(limit: number): Promise<AdminOutcome> {
  return change(async (actor) => {
    const wanted = limitSchema.safeParse(limit);
    if (!wanted.success) return 'failed';
    const { admin, orchestrator } = getDeps();
    const log = await requestLog();
    const outcome = await admin.setGlobalLimit(actor, wanted.data);
    // At once; where Redis can't be told now, the reconciler tells it the database's number.
    await orchestrator.slots
      .setGlobalLimit(wanted.data)
      .catch((err: unknown) => log.warn({ err }, 'limit not in Redis'));
    return outcome;
  });
}

export async function changeTier(userId: string, tier: string): Promise<AdminOutcome> {
  return change(async (actor) => {
    const wanted = tierSchema.safeParse(tier);
    if (!wanted.success || !idSchema.safeParse(userId).success) return 'failed';
    return getDeps().admin.setTier(actor, userId, wanted.data);
  });
}

export async function changeRole(userId: string, role: string): Promise<AdminOutcome> {
  return change(async (actor) => {
    const wanted = roleSchema.safeParse(role);
    if (!wanted.success || !idSchema.safeParse(userId).success) return 'failed';
    return getDeps().admin.setRole(actor, userId, wanted.data);
  });
}

export async function cancelAsAdmin(generationId: string): Promise<AdminOutcome> {
  return change(async (actor) => {
    const { admin, orchestrator } = getDeps();
    const found = await admin.loadGeneration(actor, z.string().max(128).parse(generationId));
    if (found === null) return 'not_found';
    const { courseId, userId } = found;
    const ref = { courseId, userId, generationId: found.id };
    const deps = { ...orchestrator, log: await requestLog() };
    const { kind } = await cancelGeneration(deps, ref, AbortSignal.timeout(CANCEL_TIMEOUT_MS));
    if (kind !== 'cancelled') return 'ended';
    await admin.noteCancel(actor, found.id, generationStatusSchema.parse(found.status));
    return 'changed';
  });
}

/** To anybody but an admin there is no such action. */
async function change(work: (actor: string) => Promise<AdminOutcome>): Promise<AdminOutcome> {
  const actor = (await adminOrNull()) ?? notFound();
  try {
    const outcome = await work(actor.id);
    (await requestLog()).info({ actor: actor.id, outcome }, 'change by an admin');
    refresh();
    return outcome;
  } catch (err) {
    (await requestLog()).error({ err, actor: actor.id }, 'change by an admin failed');
    return 'failed';
  }
}
