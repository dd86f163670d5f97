import { METRIC_EVENTS, SEVERITIES } from '@megacampus/domain/events';
import { generationStatusSchema, stepStatusSchema } from '@megacampus/domain/steps';
import { tierSchema } from '@megacampus/domain/tiers';
import { z } from 'zod';

const time = z.iso.datetime({ offset: true });
export const roleSchema = z.enum(['user', 'admin']);
export type Role = z.infer<typeof roleSchema>;
const metricEventSchema = z.enum(METRIC_EVENTS);
const severitySchema = z.enum(SEVERITIES);

export const generationRowsSchema = z.array(
  z.object({
    id: z.string(),
    courseTitle: z.string(),
    courseSlug: z.string(),
    email: z.string().nullable(),
    tier: tierSchema,
    status: generationStatusSchema,
    createdAt: time,
    finishedAt: time.nullable(),
    error: z.string().nullable(),
  }),
);
export type GenerationRow = z.infer<typeof generationRowsSchema>[number];

const usageNumbers = {
  requests: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  /** In the currency of the configured prices; null without prices. */
  cost: z.number().nullable(),
};

const eventSchema = z.object({
  id: z.string(),
  type: metricEventSchema,
  severity: severitySchema,
  at: time,
  jobId: z.string().nullable(),
  metadata: z.record(z.string(), z.unknown()),
});

export const generationTraceSchema = z.object({
  id: z.string(),
  courseId: z.string(),
  userId: z.string(),
  courseTitle: z.string(),
  courseSlug: z.string(),
  email: z.string().nullable(),
  tier: tierSchema,
  status: generationStatusSchema,
  requestId: z.string().nullable(),
  hasDocuments: z.boolean(),
  createdAt: time,
  outlinedAt: time.nullable(),
  finishedAt: time.nullable(),
  lastProgressAt: time,
  error: z.string().nullable(),
  errorDetails: z.unknown(),
  steps: z
    .array(
      z.object({
        id: z.number(),
        status: stepStatusSchema,
        started_at: z.string().nullish(),
        completed_at: z.string().nullish(),
        error: z.string().nullish(),
      }),
    )
    .nullable(),
  lessons: z.array(
    z.object({
      id: z.string(),
      position: z.number(),
      title: z.string(),
      status: z.enum(['pending', 'completed', 'failed']),
      completedAt: time.nullable(),
      error: z.string().nullable(),
    }),
  ),
  incidents: z.array(z.object({ kind: z.string(), stage: z.string(), attempt: z.number(), at: time })),
  events: z.array(eventSchema),
  webhooks: z.array(
    z.object({
      id: z.number(),
      url: z.string(),
      status: z.string().nullable(),
      attempts: z.number(),
      createdAt: time,
      deliveredAt: time.nullable(),
      nextAttemptAt: time.nullable(),
      lastError: z.string().nullable(),
    }),
  ),
  usage: z.array(z.object({ call: z.string(), model: z.string(), position: z.number().nullable(), ...usageNumbers })),
});
export type GenerationTrace = z.infer<typeof generationTraceSchema>;

export const userRowsSchema = z.array(
  z.object({
    id: z.string(),
    email: z.string().nullable(),
    tier: tierSchema,
    role: roleSchema,
    createdAt: time,
    /** Generations in flight. */
    inFlight: z.number(),
  }),
);
export type UserRow = z.infer<typeof userRowsSchema>[number];

export const eventRowsSchema = z.array(eventSchema.extend({ email: z.string().nullable() }));
export type EventRow = z.infer<typeof eventRowsSchema>[number];

export const eventCountsSchema = z.array(z.object({ at: time, type: metricEventSchema, count: z.number() }));
export type EventCount = z.infer<typeof eventCountsSchema>[number];

export const overviewSchema = z.object({
  /** Null: none is set, the configuration's holds. */
  globalLimit: z.number().nullable(),
  inFlight: z.number(),
  /** By day in UTC, the newest first; days without any are left out. */
  usage: z.array(z.object({ day: time, ...usageNumbers })),
  actions: z.array(
    z.object({
      action: z.enum(['global_limit', 'tier', 'role', 'cancel']),
      target: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
      at: time,
      email: z.string().nullable(),
    }),
  ),
});
export type AdminOverview = z.infer<typeof overviewSchema>;

export const namedUsersSchema = z.array(z.object({ id: z.string(), email: z.string().nullable(), tier: tierSchema }));
