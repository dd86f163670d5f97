import { expect, test } from 'vitest';
import { toSvg } from './chart.ts';

const chart = {
  file: 'x',
  title: 'Latency & <more>',
  xName: 'jobs',
  yName: 'ms',
  xs: [1, 10, 1000],
  series: [
    { name: 'ours', values: [2, 4, 3] },
    { name: 'theirs', values: [0, 1, 2] },
  ],
};

test('a line for each series, its points in the order of x and the larger values higher', () => {
  const svg = toSvg(chart);
  const lines = [...svg.matchAll(/<polyline points="([^"]+)"/g)].map(([, points = '']) =>
    points.split(' ').map((point) => point.split(',').map(Number)),
  );
  expect(lines).toHaveLength(2);
  const [[first, second, third] = []] = lines;
  expect(first?.[0]).toBe(64);
  expect(third?.[0]).toBe(616);
  // 10 is a third of the way from 1 to 1,000 by its logarithm.
  expect(second?.[0]).toBeCloseTo(64 + (616 - 64) / 3);
  expect(second?.[1]).toBeLessThan(Number(third?.[1]));
  expect(lines[1]?.[0]?.[1]).toBe(264);
});

test('nothing of a text becomes markup', () => {
  expect(toSvg(chart)).toContain('<title>Latency &amp; &lt;more&gt;</title>');
});

test('all lines fit under the top of the scale', () => {
  const svg = toSvg({ ...chart, series: [{ name: 'a', values: [0.0021, 0.0039, 0.0081] }] });
  const heights = [...svg.matchAll(/<circle [^>]*cy="([\d.]+)"/g)].map(([, cy]) => Number(cy));
  for (const height of heights) expect(height).toBeGreaterThanOrEqual(48);
});
