import type { GenerationState } from '@megacampus/db/generations';
import { briefSchema } from '@megacampus/domain/course';
import { GENERATION_STATUSES, hasEnded } from '@megacampus/domain/steps';
import { jobIdOf, parsePayload } from '@megacampus/queue/jobs';
import { describe, expect, it } from 'vitest';
import { dueJobs, LESSONS_QUEUED } from './jobs.ts';

const USER = '01890a5d-ac96-774b-bcce-b302099a8057';
const LESSONS = ['01890a5d-ac96-774b-bcce-b302099a8001', '01890a5d-ac96-774b-bcce-b302099a8002'] as const;
const ADMITTED_AT = new Date('2026-01-01T00:00:00Z');

const state = (change: Partial<GenerationState> = {}): GenerationState => ({
  id: 'course-gen-one',
  course_id: USER,
  user_id: USER,
  organization_id: USER,
  tier: 'STANDARD',
  weight: 5,
  status: 'initializing',
  request_id: 'req',
  webhook_url: null,
  created_at: ADMITTED_AT.toISOString(),
  last_progress_at: ADMITTED_AT.toISOString(),
  has_documents: true,
  documents_ready: false,
  analysis_ready: false,
  outline_ready: false,
  summary_ready: false,
  current: true,
  brief: briefSchema.parse({ title: 'A course' }),
  rewrite: null,
  lessons: [],
  ...change,
});

const lessons = (...statuses: ('pending' | 'completed' | 'failed')[]): GenerationState['lessons'] =>
  statuses.map((status, index) => ({ id: LESSONS[index] ?? '', position: index + 1, status }));

const idsOf = (given: GenerationState) => dueJobs(given, ADMITTED_AT).map(jobIdOf);

describe('due jobs', () => {
  it('of a rewriting: a first job with the id of the generation, also with documents, then its one lesson', () => {
    const copied = { documents_ready: true, analysis_ready: true, outline_ready: true, summary_ready: true };
    const rewrite = { lesson_id: LESSONS[0], instruction: 'shorter' };
    const given = state({ ...copied, rewrite, lessons: lessons('completed', 'pending') });
    expect(idsOf(given)).toEqual([given.id]);
    expect(dueJobs(given, ADMITTED_AT)[0]?.payload).toMatchObject({
      jobType: 'structure_analysis',
      rewrite: { lessonId: LESSONS[0], instruction: 'shorter' },
    });
    expect(idsOf({ ...given, status: 'generating_content' })).toEqual([`${given.id}.text_generation.${LESSONS[1]}`]);
  });

  it('follow the stages, the first under the generation’s own id', () => {
    expect(idsOf(state())).toEqual(['course-gen-one']);
    expect(dueJobs(state())[0]?.stage).toBe('document_processing');
    expect(dueJobs(state({ has_documents: false }))[0]?.stage).toBe('structure_analysis');
    expect(idsOf(state({ has_documents: false }))).toEqual(['course-gen-one']);
    expect(idsOf(state({ documents_ready: true }))).toEqual(['course-gen-one.structure_analysis']);
    const analysed = { documents_ready: true, analysis_ready: true };
    expect(idsOf(state(analysed))).toEqual(['course-gen-one.structure_generation']);
  });

  it('are one a pending lesson, and finalization once every lesson has ended, however', () => {
    const outlined = { documents_ready: true, analysis_ready: true, outline_ready: true };
    expect(idsOf(state({ ...outlined, lessons: lessons('pending', 'pending') }))).toEqual([
      `course-gen-one.text_generation.${LESSONS[0]}`,
      `course-gen-one.text_generation.${LESSONS[1]}`,
    ]);
    expect(idsOf(state({ ...outlined, lessons: lessons('failed', 'pending') }))).toHaveLength(1);
    expect(idsOf(state({ ...outlined, lessons: lessons('completed', 'failed') }))).toEqual([
      'course-gen-one.finalization',
    ]);
  });

  it('are the next lessons of a long course, not all of them, so that others are not kept waiting', () => {
    const outlined = { documents_ready: true, analysis_ready: true, outline_ready: true };
    const all = Array.from({ length: 30 }, (_, n) => ({
      id: `01890a5d-ac96-774b-bcce-b3020000${String(n).padStart(4, '0')}`,
      position: n + 1,
      status: n === 2 ? ('completed' as const) : ('pending' as const),
    }));
    const positions = dueJobs(state({ ...outlined, lessons: all })).map(({ payload }) =>
      payload.jobType === 'text_generation' ? payload.lessonPosition : 0,
    );
    expect(positions).toEqual([1, 2, 4, 5, 6, 7, 8, 9]);
    expect(positions).toHaveLength(LESSONS_QUEUED);
  });

  it('are none for a generation that has ended or lost its course', () => {
    for (const status of GENERATION_STATUSES.filter(hasEnded)) expect(dueJobs(state({ status }))).toEqual([]);
    expect(dueJobs(state({ current: false }))).toEqual([]);
  });

  it('carry a payload that the worker accepts', () => {
    for (const job of dueJobs(state())) expect(parsePayload(job.stage, job.payload)).toEqual(job.payload);
  });

  it('rise in priority with the time since the admission', () => {
    const later = new Date(ADMITTED_AT.getTime() + 3 * 60_000);
    expect(dueJobs(state(), ADMITTED_AT)[0]?.priority).toBe(6);
    expect(dueJobs(state(), later)[0]?.priority).toBe(3);
  });
});
