import { type JobSpec, newGenerationId } from '@megacampus/queue/jobs';

/** A job of the product, with the whole brief; `requestId` carries its number. */
export function analysisJob(n: number): JobSpec {
  const id = '6f1a0e0c-5a53-4c8d-9d0e-0d6a7c1b2e3f';
  return {
    stage: 'structure_analysis',
    priority: 1,
    payload: {
      ...{
        jobType: 'structure_analysis',
        generationId: newGenerationId(),
        organizationId: id,
        courseId: id,
        userId: id,
      },
      ...{
        tier: 'FREE',
        requestId: String(n),
        webhookUrl: null,
        createdAt: new Date().toISOString(),
        hasDocuments: false,
        rewrite: null,
      },
      ...{ title: 'A course to be measured', course_description: '', target_audience: '', prerequisites: '' },
      ...{ learning_outcomes: [], language: 'en', style: 'conversational', difficulty: 'beginner' },
      ...{ content_strategy: 'auto', estimated_sections: null, estimated_lessons: null, lesson_duration_minutes: 5 },
      ...{ output_formats: ['text'], rewrite: null },
    },
  };
}
