/** One case in a process of its own: `node run-case.process.ts <engine> <case>`; the result goes to the parent. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkCourse } from '@megacampus/generation/course-gates';
import type { LessonContent } from '@megacampus/generation/engine';
import { BOOK_DIR, CASES } from './cases.ts';
import { createEngine, ENGINE_KINDS } from './engines.ts';
import { citationValidity, duplicateRate, headingCoverage } from './metrics.ts';
import type { CaseResult } from './result.ts';
import { makeCourse } from './run-course.ts';

const [, , kindName, caseName] = process.argv;
const kind = ENGINE_KINDS.find((name) => name === kindName);
const evalCase = CASES.find(({ name }) => name === caseName);
if (kind === undefined || evalCase === undefined) throw new Error(`no such engine or case: ${kindName}, ${caseName}`);

evalCase.documents.filter((path) => path.startsWith(BOOK_DIR)).forEach(makeLongBook);
const engine = createEngine(kind);
const startedAt = performance.now();
const course = await makeCourse(engine, evalCase);
const seconds = (performance.now() - startedAt) / 1000;
const peakMb = peakMemoryMb();

const contents = course.lessons.flatMap(({ content }): LessonContent[] => (content === null ? [] : [content]));
const gates = checkCourse(course);
const result: CaseResult = {
  name: evalCase.name,
  engine: engine.name,
  lessons: course.lessons.length,
  gates: { part: gates.filter(({ failures }) => failures.length === 0).length, whole: gates.length },
  failed: gates.flatMap(({ where, gate, failures }) => failures.map((detail) => `${where}: ${gate}: ${detail}`)),
  headings: headingCoverage(course.passages, contents),
  citations: citationValidity(course.passages, contents),
  duplicates: duplicateRate(contents),
  seconds,
  tokens: course.tokens,
  peakMb,
};
process.send?.(result, undefined, {}, () => process.disconnect());

/** By another process, whose memory is not counted. */
function makeLongBook(path: string): void {
  execFileSync(process.execPath, [fileURLToPath(new URL('./long-book.process.ts', import.meta.url)), path]);
}

/** The most memory this process has had, in megabytes, documents and engine included, measuring excluded. */
function peakMemoryMb(): number {
  // maxRSS begins, on Linux, with that of the process that started this one; VmHWM does not.
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024;
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
