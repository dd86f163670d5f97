import type { Aftermath, GenerationRow } from '../observe/aftermath.ts';
import type { Answer } from '../users.ts';
import { hasEnded, type Violation } from './violation.ts';

const lost = (text: string, mayPass = false): Violation => ({ category: 'lost', text, mayPass });

/** Every 200 came to an end that its user can see, and nothing is in flight that nobody works on. */
export function checkOutcomes(answers: readonly Answer[], aftermath: Aftermath): Violation[] {
  return [...answers.flatMap((answer) => checkAnswer(answer, aftermath)), ...checkEndings(aftermath)];
}

function checkAnswer({ generationId: id, courseId, status }: Answer, aftermath: Aftermath): Violation[] {
  if (id === null || status !== 200) return [];
  // With the course, all that was generated for it goes too.
  if (!aftermath.courses.some((course) => course.id === courseId)) return [];
  const row = aftermath.generations.find((generation) => generation.id === id);
  if (row === undefined) return [lost(`${id} was answered with 200 and is not recorded`, true)];
  return row.undone ? [lost(`${id} was answered with 200 and then taken back`)] : [];
}

function checkEndings({ generations, jobs, courses }: Aftermath): Violation[] {
  const endings = generations.flatMap(({ id, status, error }) => {
    if (!hasEnded(status)) {
      const hasJob = jobs.some(({ generationId }) => generationId === id);
      return [lost(`${id} is still ${status}, ${hasJob ? 'with' : 'without'} a job`, true)];
    }
    return status === 'failed' && !error?.trim() ? [lost(`${id} failed without a reason`)] : [];
  });
  const shown = courses.flatMap(({ id, generation_id, generation_status }) => {
    if (generation_id === null) return [];
    const row = generations.find((generation) => generation.id === generation_id);
    if (row?.status === generation_status) return [];
    return [lost(`course ${id} shows ${generation_status}, and its generation is ${row?.status ?? 'gone'}`)];
  });
  return [...endings, ...shown];
}

/** What a completed generation has planned is there, all of it, and has ended. */
export function checkWholeness({ generations, lessons, events }: Aftermath): Violation[] {
  return generations.filter(({ status }) => status === 'completed').flatMap(checkCompleted);

  function checkCompleted({ id, overview }: GenerationRow): Violation[] {
    const own = lessons.filter((lesson) => lesson.generation_id === id);
    const made = events.filter((event) => event.kind === 'lesson made' && event.generation_id === id).length;
    const problems: string[] = [];
    if (made === 0 || own.length !== made) problems.push(`has ${own.length} of ${made} lessons`);
    if (!overview?.trim()) problems.push('has no summary');
    if (!own.some(({ status }) => status === 'completed')) problems.push('has no lesson that is completed');
    for (const lesson of own) if (lesson.status === 'pending') problems.push(`has lesson ${lesson.id} still pending`);
    return problems.map((problem) => lost(`${id} is completed and ${problem}`));
  }
}
