import { Fault } from '@megacampus/domain/errors';
import type { DbClient } from './clients.ts';
import * as answers from './generation-schemas.ts';
import { listPassages } from './passages.ts';
import type { CallOptions, Rpc } from './rpc.ts';

/** Reading what stages work with. */
export function workCalls(rpc: Rpc, client: DbClient) {
  return {
    /** All passages of the course's documents, in reading order. */
    listPassages: (courseId: string, options?: CallOptions) => listPassages(client, courseId, options),

    /** What has been saved so far; null when the generation is gone. */
    loadWork: (generationId: string, options?: CallOptions) =>
      rpc('load_work', { p_generation_id: generationId }, answers.workSchema, options),

    /** The outline and the completed lessons. @throws Fault when the generation is gone. */
    async loadFinishedWork(generationId: string, options?: CallOptions) {
      const args = { p_generation_id: generationId };
      const work = await rpc('load_finished_work', args, answers.finishedWorkSchema, options);
      if (work === null) throw new Fault('not_found', 'the generation is gone', { retry: false });
      return work;
    },

    /** All that the writer of a lesson needs; null when the lesson is gone. Indexes count from 0. */
    async lessonInput(lessonId: string, options?: CallOptions) {
      const answer = await rpc('load_lesson_input', { p_lesson_id: lessonId }, answers.lessonInputSchema, options);
      if (answer === null) return null;
      const { section_index: sectionIndex, lesson_index: lessonIndex, ...input } = answer;
      return { ...input, sectionIndex, lessonIndex };
    },
  };
}
