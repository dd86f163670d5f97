import type { Asked } from './asked.ts';
import { PHRASES, randomFrom, sentenceOf } from './phrases.ts';

/** A good answer to what was asked, from the prompt alone and always the same. */
export function answerWell(asked: Asked): unknown {
  switch (asked.name) {
    case 'analysis':
      return analysis(asked);
    case 'outline':
      return outline(asked);
    case 'sections':
      return sections(asked);
    case 'section':
      return { lessons: lessonsOf(asked, countIn(asked.prompt, /exactly (\d+) lessons/), sectionOf(asked)) };
    case 'lesson':
      return lesson(asked);
    case 'quiz':
      return quiz(asked);
    default:
      return summary(asked);
  }
}

function countIn(text: string, pattern: RegExp): number {
  return Number(pattern.exec(text)?.[1] ?? 1);
}

function briefOf({ data }: Asked): { title: string; learning_outcomes?: string[] } {
  return JSON.parse(data['BRIEF'] ?? '{"title":""}');
}

function sectionOf({ data }: Asked): string {
  return JSON.parse(data['SECTION'] ?? '{}').section?.title ?? '';
}

function analysis(asked: Asked) {
  const { title, learning_outcomes } = briefOf(asked);
  const phrases = PHRASES[asked.language];
  const random = randomFrom(title);
  const sentences = (count: number) =>
    Array.from({ length: count }, () => sentenceOf(asked.language, random)).join(' ');
  return {
    summary: `${phrases.lead(title)} ${sentences(2)}`,
    audience: sentences(2),
    scope: sentences(2),
    objectives: learning_outcomes ?? [phrases.objective(title)],
    prerequisites: [],
    keyTopics: [title],
  };
}

function outline(asked: Asked) {
  const sectionCount = countIn(asked.prompt, /(?:exactly|about) (\d+) sections/);
  const lessons = lessonsOf(asked, countIn(asked.prompt, /and (?:exactly|about) (\d+) lessons/), briefOf(asked).title);
  const { part, lead } = PHRASES[asked.language];
  const size = Math.ceil(lessons.length / sectionCount);
  const starts = Array.from({ length: sectionCount }, (_, index) =>
    Math.min(index * size, lessons.length - sectionCount + index),
  );
  return {
    sections: starts.map((start, index) => ({
      title: `${part} ${index + 1}`,
      summary: lead(lessons[start]?.title ?? ''),
      lessons: lessons.slice(start, starts[index + 1] ?? lessons.length),
    })),
  };
}

function sections(asked: Asked) {
  const count = countIn(asked.prompt, /(?:exactly|about) (\d+) sections/);
  const lessonCount = countIn(asked.prompt, /and (?:exactly|about) (\d+) lessons/);
  const { part, lead } = PHRASES[asked.language];
  const shareOf = (total: number, index: number) =>
    Math.floor(((index + 1) * total) / count) - Math.floor((index * total) / count);
  let from = 0;
  return {
    sections: Array.from({ length: count }, (_, index) => {
      const sources = asked.sources.slice(from, from + shareOf(asked.sources.length, index)).map(({ label }) => label);
      from += sources.length;
      const title = `${part} ${index + 1}`;
      return { title, summary: lead(title), lessonCount: shareOf(lessonCount, index), sources };
    }),
  };
}

function lessonsOf(asked: Asked, count: number, scope: string) {
  const { objective } = PHRASES[asked.language];
  const random = randomFrom(scope);
  const titles = new Set<string>();
  return Array.from({ length: count }, (_, index) => {
    const [from, to] = [index, index + 1].map((at) => Math.floor((at * asked.sources.length) / count));
    const own = asked.sources.slice(from, to);
    const heading = own[0]?.heading.split(' > ').at(-1) ?? '';
    // The subject of a lesson without sources is one of its sentences.
    const subject = heading || sentenceOf(asked.language, random).slice(0, -1);
    const isTaken = titles.has(subject) || asked.name === 'section';
    const title = isTaken ? `${subject} (${scope}, ${index + 1})` : subject;
    titles.add(title);
    return { title, objectives: [objective(subject)], keyTopics: [subject], sources: own.map(({ label }) => label) };
  });
}

const SENTENCE = /[^.!?。\n]+[.!?。]+/gu;
const wordsIn = (text: string) => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;

function lesson(asked: Asked) {
  const plan = JSON.parse(asked.data['PLACE'] ?? '{}').thisLesson ?? { title: '', objectives: [] };
  const words = countIn(asked.prompt, /about (\d+) words/);
  return asked.sources.length > 0 ? lessonFromSources(asked, plan, words) : lessonFromNothing(asked, plan, words);
}

/** Sentences of the passages as they stand, three a paragraph, the first of which is quoted. */
function lessonFromSources(asked: Asked, plan: { title: string }, words: number) {
  const parts: string[] = [`## ${plan.title}`];
  const citations: { passage: string; quote: string }[] = [];
  let written = 0;
  for (const { label, heading, text } of asked.sources) {
    const sentences = (text.replace(/^#+ .*$/gm, '').match(SENTENCE) ?? [])
      .map((one) => one.trim())
      .filter((one) => wordsIn(one) > 3);
    if (sentences.length === 0 || written >= words) continue;
    parts.push(`### ${heading.split(' > ').at(-1) || plan.title}`);
    for (let from = 0; from < sentences.length && written < words; from += 3) {
      const some = sentences.slice(from, from + 3);
      citations.push({ passage: label, quote: some[0] ?? '' });
      parts.push(`${some.join(' ')} [^${citations.length}]`);
      written += wordsIn(some.join(' '));
    }
  }
  return { markdown: parts.join('\n\n'), keyPoints: citations.slice(0, 3).map(({ quote }) => quote), citations };
}

function lessonFromNothing(asked: Asked, plan: { title: string; objectives: string[] }, words: number) {
  const { lead, part } = PHRASES[asked.language];
  const random = randomFrom(`${plan.title} ${asked.language}`);
  const paragraphs = [`${lead(plan.title)} ${plan.objectives.join('. ')}.`];
  while (wordsIn(paragraphs.join(' ')) < words) {
    if (paragraphs.length % 4 === 1) paragraphs.push(`## ${part} ${Math.ceil(paragraphs.length / 4)}`);
    paragraphs.push(Array.from({ length: 4 }, () => sentenceOf(asked.language, random)).join(' '));
  }
  const keyPoints = Array.from(
    { length: 3 },
    (_, index) =>
      paragraphs
        .at(-1 - index)
        ?.match(SENTENCE)?.[0]
        .trim() ?? '',
  );
  return { markdown: paragraphs.join('\n\n'), keyPoints: keyPoints.filter((point) => point !== ''), citations: [] };
}

function quiz(asked: Asked) {
  const phrases = PHRASES[asked.language];
  const count = countIn(asked.prompt, /exactly (\d+) questions/);
  const text = (asked.data['LESSON'] ?? '')
    .split('\n')
    .slice(2)
    .filter((line) => !/^#|^\s*[-|]/.test(line))
    .join('\n');
  const sentences = [...new Set((text.match(SENTENCE) ?? []).map((one) => one.trim()))].filter(
    (one) => wordsIn(one) > 4,
  );
  const at = (index: number) => sentences[index % sentences.length] ?? '';
  const about = (sentence: string) => sentence.split(/\s+/).slice(0, 4).join(' ');
  const wrong = (sentence: string) => `${phrases.never} ${sentence}`;
  const explain = (sentence: string) => `${phrases.because} ${sentence}`;
  return {
    questions: Array.from({ length: count }, (_, index) => {
      const [one, two] = [at(index), at(index + 1)];
      const common = { answer: '', explanation: explain(one) };
      const prompt = `${phrases.which} ${about(one)}? (${index + 1})`;
      switch (index % 4) {
        case 0:
          return { kind: 'single', prompt, options: [wrong(one), one, wrong(two)], correct: [1], ...common };
        case 1:
          return {
            kind: 'multiple',
            prompt,
            options: [one, wrong(one), two],
            correct: two === one ? [0] : [0, 2],
            ...common,
          };
        case 2:
          return { kind: 'true_false', prompt: one, options: [...phrases.truth], correct: [0], ...common };
        default: {
          const word = [...(one.match(/\p{L}+/gu) ?? [])].sort((a, b) => b.length - a.length)[0] ?? '';
          const gap = `${phrases.gap} ${one.replace(word, '___')}`;
          return { kind: 'short', prompt: gap, options: [], correct: [], answer: word, explanation: explain(one) };
        }
      }
    }),
  };
}

function summary(asked: Asked) {
  const { title } = briefOf(asked);
  const { lead } = PHRASES[asked.language];
  const random = randomFrom(title);
  const lessons = Object.entries(asked.data).filter(([name]) => /^L\d+$/.test(name));
  const glossary = lessons.slice(0, 10).flatMap(([, text]) => {
    const word = [
      ...(text
        .split('\n')
        .slice(1)
        .join(' ')
        .match(/\p{L}{6,}/gu) ?? []),
    ][0];
    return word === undefined ? [] : [{ term: word, definition: `${word}: ${sentenceOf(asked.language, random)}` }];
  });
  return {
    overview: `${lead(title)} ${Array.from({ length: 4 }, () => sentenceOf(asked.language, random)).join(' ')}`,
    glossary,
  };
}
