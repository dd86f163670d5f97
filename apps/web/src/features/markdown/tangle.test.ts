import ReactMarkdown from 'react-markdown';
import { expect, test } from 'vitest';
import { withDollars } from './formulas.ts';
import { pipelineFor } from './pipeline.ts';
import { isTangled } from './tangle.ts';

/** As long as a lesson may be. */
const CHARS = 100_000;
const filled = (text: string) => text.repeat(Math.floor(CHARS / text.length));

test.each([
  '>',
  '> - ',
  '1. ',
  '[',
  ']',
  '![',
  '*a',
  '**a *b ',
  '`a',
  '$a$ ',
  '\\(a',
  '[^1]',
  '[^a]: b\n',
  '~~a',
  '|a',
  '<a ',
  'a@b.',
])('a text of nothing but %j is not parsed', (text) => {
  expect(isTangled(filled(text))).toBe(true);
  expect(isTangled(filled(`${text}\n\n`))).toBe(true);
});

test.each([
  ['the longest plain lesson', filled('Обычное предложение, и ещё одно (со скобками). \n\n')],
  ['formulas on every line', 'Пусть $a_i = b_i^2$ и $\\frac{1}{2}$.\n\n'.repeat(200)],
  ['a long table', `| a | b | c |\n|---|---|---|\n${'| 1 | 2 | 3 |\n'.repeat(150)}`],
  ['a list within lists', ['- a', '  - b', '    - c', '      1. d', '        > e'].join('\n')],
  ['a quote of a quote of a quote', '> > > слова'],
  ['code', `\`\`\`ts\n${'const a = b[0] * c[1];\n'.repeat(200)}\`\`\``],
  ['a diagram', `\`\`\`mermaid\nflowchart LR\n${'  A[Вопрос] --> B{Есть?}\n'.repeat(100)}\`\`\``],
  ['a rule and a line of stars', `---\n\n${'*'.repeat(80)}\n\nтекст`],
])('%s is parsed', (_, text) => {
  expect(isTangled(text)).toBe(false);
});

test.each(['`a', '*a', '](', '$a$ ', '[^a]: b\n\n', '- a\n', '\\(', '\n', ' '])(
  'as much of %j as is parsed costs no more than seconds of work',
  { timeout: 60_000 },
  (text) => {
    let sample = filled(text);
    while (isTangled(sample)) sample = sample.slice(0, Math.floor(sample.length * 0.9));
    const markdown = withDollars(sample);
    const before = process.cpuUsage();
    ReactMarkdown({ ...pipelineFor(markdown), children: markdown });
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(10_000);
  },
);
