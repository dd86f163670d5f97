import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { withDollars } from './formulas.ts';
import { markdownTree } from './testing/markdown-tree.ts';

const html = (text: string) => renderToStaticMarkup(markdownTree(text));

test('formulas of language models become formulas with dollars, but not in code', () => {
  expect(withDollars('так \\(a+b\\), и')).toBe('так $a+b$, и');
  expect(withDollars('\\[\nx^2\n\\]')).toBe('\n$$\nx^2\n$$\n');
  expect(withDollars('`\\(a\\)` и \\(b\\)')).toBe('`\\(a\\)` и $b$');
  expect(withDollars('```tex\n\\(a\\)\n```\n\\(b\\)')).toBe('```tex\n\\(a\\)\n```\n$b$');
  expect(withDollars('нет формул')).toBe('нет формул');
});

test('formulas are made into MathML, which needs no script', () => {
  expect(html('Площадь $\\pi r^2$')).toContain('<msup>');
  expect(html('$$\n\\frac{a}{b}\n$$')).toMatch(/<math[^>]*display="block"/);
});

test.each(['от $5 до $10 за штуку', 'цена $ 5 и $ 6', '$5, $6 и $7'])('money is not a formula: %s', (text) => {
  expect(html(text)).not.toContain('<math');
  expect(html(text)).toContain(text);
});
