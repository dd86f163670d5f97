import { PermanentFault } from '@megacampus/domain/errors';
import { STAGES } from '@megacampus/domain/steps';
import { nanoid } from 'nanoid';
import { describe, expect, it } from 'vitest';
import { JOB_CONTRACTS, jobIdOf, newGenerationId, parsePayload } from './contracts.ts';

const base = {
  generationId: `course-gen-${nanoid()}`,
  organizationId: crypto.randomUUID(),
  courseId: crypto.randomUUID(),
  userId: crypto.randomUUID(),
  tier: 'FREE',
  requestId: 'r',
  webhookUrl: null,
  createdAt: '2026-11-01T10:00:00+00:00',
  hasDocuments: false,
  title: 'A course',
} as const;
const lesson = { lessonId: crypto.randomUUID(), lessonPosition: 1 };
const { generationId } = base;

describe('job ids', () => {
  it('give the first stage the id of the generation, with documents or without', () => {
    const analysis = parsePayload('structure_analysis', { ...base, jobType: 'structure_analysis' });
    expect(jobIdOf({ stage: 'structure_analysis', payload: analysis })).toBe(generationId);

    const documents = parsePayload('document_processing', {
      ...base,
      jobType: 'document_processing',
      hasDocuments: true,
    });
    expect(jobIdOf({ stage: 'document_processing', payload: documents })).toBe(generationId);
    const second = parsePayload('structure_analysis', { ...base, jobType: 'structure_analysis', hasDocuments: true });
    expect(jobIdOf({ stage: 'structure_analysis', payload: second })).toBe(`${generationId}.structure_analysis`);
  });

  it('are the same for the same work, different for other work, and such as BullMQ takes', () => {
    const ids = (hasDocuments: boolean) =>
      STAGES.filter((stage) => hasDocuments || stage !== 'document_processing').map((stage) => {
        const payload = parsePayload(stage, { ...base, ...lesson, hasDocuments, jobType: stage });
        return jobIdOf({ stage, payload } as Parameters<typeof jobIdOf>[0]);
      });
    for (const hasDocuments of [true, false]) {
      expect(ids(hasDocuments)).toEqual(ids(hasDocuments));
      expect(new Set(ids(hasDocuments)).size).toBe(ids(hasDocuments).length);
      for (const id of ids(hasDocuments)) expect(id).toMatch(/^[^:]*[^:\d][^:]*$/);
    }
    const other = { ...lesson, lessonId: crypto.randomUUID() };
    const [first, second] = [lesson, other].map((one) => ({
      stage: 'text_generation' as const,
      payload: parsePayload('text_generation', { ...base, ...one, jobType: 'text_generation' }),
    }));
    expect(first && second && jobIdOf(first) !== jobIdOf(second)).toBe(true);
  });

  it('are made anew for each generation', () => {
    expect(newGenerationId()).toMatch(/^course-gen-[\w-]{21}$/);
    expect(newGenerationId()).not.toBe(newGenerationId());
  });
});

describe('parsePayload', () => {
  it('reads what was written, through JSON, with the whole brief', () => {
    const payload = parsePayload('text_generation', { ...base, ...lesson, jobType: 'text_generation' });
    expect(parsePayload('text_generation', JSON.parse(JSON.stringify(payload)))).toEqual(payload);
    expect(payload).toMatchObject({ title: 'A course', language: 'ru', learning_outcomes: [] });
  });

  it.each([
    ['another stage', 'finalization', { ...base, jobType: 'text_generation' }],
    ['a missing field', 'text_generation', { ...base, jobType: 'text_generation' }],
    ['an unknown tier', 'finalization', { ...base, jobType: 'finalization', tier: 'free' }],
    ['a foreign id', 'finalization', { ...base, jobType: 'finalization', generationId: 'a:b' }],
    ['nothing', 'finalization', undefined],
  ] as const)('refuses %s for good', (_, stage, data) => {
    expect(() => parsePayload(stage, data)).toThrow(PermanentFault);
  });
});

it('has a contract for every stage, bounded in time and attempts', () => {
  expect(Object.keys(JOB_CONTRACTS)).toEqual([...STAGES]);
  for (const stage of STAGES) {
    const contract = JOB_CONTRACTS[stage];
    expect(contract).toMatchObject({ stage, attempts: 3, backoff: { delayMs: 1_000 } });
    expect(contract.deadlineMs).toBeGreaterThan(0);
  }
});
