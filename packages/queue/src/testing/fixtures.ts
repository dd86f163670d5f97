import { createLogger } from '@megacampus/log';
import { useStack } from '@megacampus/test-kit/servers';
import { nanoid } from 'nanoid';
import { afterAll, beforeAll } from 'vitest';
import { closeRedis, createProducerRedis, type RedisClient, waitUntilReady } from '../connections/connections.ts';
import type { JobSpec, PayloadBase } from '../jobs/contracts.ts';
import { createKeys, type Keys } from '../keys.ts';

export const silentLog = createLogger({ name: 'test', level: 'silent' });

/** A hash tag of a test's own: tests share a Redis. */
export function testKeys(): Keys {
  return createKeys(`{test-${nanoid()}}`);
}

/** A connection to the run's Redis, closed after the file's tests. */
export function connectForTest(): RedisClient {
  const redis = createProducerRedis(useStack().redisUrl, { log: silentLog, name: 'test' });
  beforeAll(() => waitUntilReady(redis, 5_000));
  afterAll(() => closeRedis(redis));
  return redis;
}

/** What all payloads have, of a generation of its own. */
export function payloadBase(overrides: Partial<PayloadBase> = {}): PayloadBase {
  return {
    generationId: `course-gen-${nanoid()}`,
    organizationId: crypto.randomUUID(),
    courseId: crypto.randomUUID(),
    userId: crypto.randomUUID(),
    tier: 'FREE',
    requestId: 'request',
    webhookUrl: null,
    createdAt: new Date().toISOString(),
    hasDocuments: false,
    rewrite: null,
    title: 'A course',
    course_description: '',
    target_audience: '',
    prerequisites: '',
    learning_outcomes: [],
    language: 'en',
    style: 'conversational',
    difficulty: 'beginner',
    content_strategy: 'auto',
    estimated_sections: null,
    estimated_lessons: null,
    lesson_duration_minutes: 5,
    output_formats: ['text'],
    ...overrides,
  };
}

type AnalysisJob = Extract<JobSpec, { stage: 'structure_analysis' }> & { readonly id: string };

/** The analysis job of a generation of its own; its id is the generation's. */
export function analysisJob(priority: number, overrides: Partial<PayloadBase> = {}): AnalysisJob {
  const payload = { ...payloadBase(overrides), jobType: 'structure_analysis' as const };
  return { stage: 'structure_analysis', payload, priority, id: payload.generationId };
}
