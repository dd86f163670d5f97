import { expect, test } from 'vitest';
import { withoutTags } from './diagram-text.ts';

test.each([
  ['a tag', '<img src=x onerror=a()>', '‹img src=x onerror=a()>'],
  ['a tag that looks like a stereotype', '<<img src=x>>', '<‹img src=x>>'],
  ['an entity', '&lt;img&gt;', '＆lt;img&gt;'],
  ['an entity without its end', '&ltimg &#60img', '＆ltimg ＆#60img'],
  ['an entity that is decoded twice', '&amp;lt;img', '＆amp;lt;img'],
  ['numbers', '&#60;a &#x3C;a &#0060;a', '＆＃60;a ＆＃x3C;a ＆＃0060;a'],
  ['the entities of diagrams', '#lt;a #60;a', '＃lt;a ＃60;a'],
  ['entities within one another', '&&lt;lt;', '&＆lt;lt;'],
  ['a break with more in it', '<br onclick=1>', '‹br onclick=1>'],
])('%s becomes text', (_, source, text) => {
  expect(withoutTags(source)).toBe(text);
});

test.each([
  'A <|-- B',
  'A <--> B',
  'A["x < y"]',
  'A[первая<br/>вторая]',
  '<<interface>>',
  'A & B --> C',
  'a#quot;b',
  'x <- y',
])('%s is left as it is', (source) => {
  expect(withoutTags(source)).toBe(source);
});
