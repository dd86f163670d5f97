import { randomBytes } from 'node:crypto';
import type { Brief } from '@megacampus/domain/course';

/** Marks around data that the data cannot contain, as it was written before they were drawn. New for each request. */
export interface Marks {
  readonly code: string;
  open(name: string): string;
  readonly close: string;
}

export function drawMarks(): Marks {
  const code = randomBytes(9).toString('hex');
  return { code, open: (name) => `<<<data ${code} ${name}>>>`, close: `<<<end ${code}>>>` };
}

export interface Source {
  /** A short name the model can repeat, such as `P3`. */
  readonly label: string;
  readonly headingPath: readonly string[];
  readonly text: string;
}

/** The text of passages, between marks. Names of documents stay out: they may be personal, and nothing needs them. */
export function sourcesBlock(sources: readonly Source[], marks: Marks): string {
  return sources
    .map(({ label, headingPath, text }) => {
      const heading = headingPath.length > 0 ? `[${headingPath.join(' > ')}]\n` : '';
      return `${marks.open(label)}\n${heading}${text}\n${marks.close}`;
    })
    .join('\n\n');
}

/** What a person said about the course they want: the content of the brief and nothing else of the course. */
export function briefBlock(brief: Brief, marks: Marks): string {
  const { title, course_description, target_audience, prerequisites, learning_outcomes } = brief;
  const said = { title, description: course_description, audience: target_audience, prerequisites, learning_outcomes };
  const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value.length > 0));
  return `${marks.open('BRIEF')}\n${JSON.stringify(given, null, 1)}\n${marks.close}`;
}
