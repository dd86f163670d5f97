import { must } from '@megacampus/db/clients';
import { type GenerationStatus, generationStatusSchema } from '@megacampus/domain/steps';
import { z } from 'zod';
import { getDeps } from '@/deps.ts';
import { statusesOf } from '@/features/courses/course-query.ts';
import type { SessionUser } from '@/features/session/session-user.ts';

export interface RunningCourse {
  readonly slug: string;
  readonly title: string;
  readonly status: GenerationStatus;
  /** 0–100. */
  readonly percentage: number;
}

export interface Usage {
  /** The user's generations in flight, by their courses, the oldest first. */
  readonly running: readonly RunningCourse[];
  /** Over all users; null where it can't be known. */
  readonly system: { readonly inFlight: number; readonly limit: number } | null;
}

const progressSchema = z.object({ percentage: z.number() }).catch({ percentage: 0 });

/** What the user has in flight, and whether there is room for more. @throws UnavailableFault */
export async function loadUsage(user: SessionUser): Promise<Usage> {
  const [rows, system] = await Promise.all([
    user.db
      .from('courses')
      .select('slug, title, generation_status, generation_progress')
      .eq('user_id', user.id)
      .in('generation_status', [...(statusesOf('running') ?? [])])
      .order('generation_started_at'),
    loadSystem(user.id).catch(() => null),
  ]);
  const running = must(rows, 'database').map((row) => ({
    slug: row.slug,
    title: row.title,
    status: generationStatusSchema.parse(row.generation_status),
    percentage: progressSchema.parse(row.generation_progress).percentage,
  }));
  return { running, system };
}

/** Slots over all users, as the next admission would count them. */
async function loadSystem(userId: string): Promise<Usage['system']> {
  const { orchestrator, env } = getDeps();
  const [{ globalJobs }, limit] = await Promise.all([
    orchestrator.slots.counts(userId),
    orchestrator.slots.getGlobalLimit(),
  ]);
  return { inFlight: globalJobs, limit: limit ?? env.GLOBAL_CONCURRENCY_LIMIT };
}
