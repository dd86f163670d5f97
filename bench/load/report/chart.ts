/** A line of a chart: one y for each x of the chart. */
export interface Series {
  readonly name: string;
  readonly values: readonly number[];
}

export interface Chart {
  /** Of the file, without its extension. */
  readonly file: string;
  readonly title: string;
  readonly xName: string;
  readonly yName: string;
  /** Above zero; drawn by their logarithm. */
  readonly xs: readonly number[];
  readonly series: readonly Series[];
}

const [WIDTH, HEIGHT] = [640, 320];
const PLOT = { left: 64, right: 616, top: 48, bottom: 264 } as const;
/** Legible on white and on black, and told apart by colour-blind readers (Okabe and Ito). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7'];
const INK = '#808080';

/** A line chart with a logarithmic x axis and a y axis from zero, as SVG without scripts or fonts of its own. */
export function toSvg({ title, xName, yName, xs, series }: Chart): string {
  const [first, last] = [Math.log10(xs[0] ?? 1), Math.log10(xs.at(-1) ?? 10)];
  const top = niceTop(Math.max(...series.flatMap(({ values }) => values)));
  const x = (value: number) =>
    PLOT.left + ((Math.log10(value) - first) / (last - first || 1)) * (PLOT.right - PLOT.left);
  const y = (value: number) => PLOT.bottom - (value / top) * (PLOT.bottom - PLOT.top);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => share * top);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="sans-serif" font-size="12" fill="${INK}">`,
    `<title>${escaped(title)}</title>`,
    text(WIDTH / 2, 20, title, 'middle', 14),
    text(PLOT.left - 8, PLOT.top - 12, yName, 'start'),
    text((PLOT.left + PLOT.right) / 2, HEIGHT - 28, xName, 'middle'),
    ...ticks.map((value) => line(PLOT.left, y(value), PLOT.right, y(value))),
    ...ticks.map((value) => text(PLOT.left - 8, y(value) + 4, short(value), 'end')),
    ...xs.map((value) => text(x(value), PLOT.bottom + 18, short(value), 'middle')),
    ...series.flatMap(({ name, values }, index) =>
      drawn(
        name,
        index,
        series.length,
        values.map((value, at) => [x(xs[at] ?? 1), y(value)]),
      ),
    ),
    '</svg>',
    '',
  ].join('\n');
}

function drawn(name: string, index: number, count: number, points: readonly (readonly [number, number])[]): string[] {
  const colour = COLOURS[index % COLOURS.length] ?? INK;
  const path = points.map((point) => point.map((value) => value.toFixed(1)).join(',')).join(' ');
  const legend = PLOT.left + (index * (PLOT.right - PLOT.left)) / count;
  return [
    `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...points.map(([cx, cy]) => `<circle cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" r="3.5" fill="${colour}"/>`),
    `<rect x="${legend.toFixed(1)}" y="${HEIGHT - 18}" width="10" height="10" fill="${colour}"/>`,
    text(legend + 16, HEIGHT - 9, name, 'start'),
  ];
}

const text = (x: number, y: number, content: string, anchor: 'start' | 'middle' | 'end', size = 12) =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" font-size="${size}">${escaped(content)}</text>`;
const line = (x1: number, y1: number, x2: number, y2: number) =>
  `<line x1="${x1}" y1="${y1.toFixed(1)}" x2="${x2}" y2="${y2.toFixed(1)}" stroke="${INK}" stroke-opacity="0.35"/>`;

function escaped(content: string): string {
  return content.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** The next of 1, 2, 4, 6, 8 or 10 times a power of ten. */
function niceTop(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value > 0 ? value : 1));
  return unit * ([1, 2, 4, 6, 8].find((step) => step * unit >= value) ?? 10);
}

function short(value: number): string {
  return value >= 1_000 ? value.toLocaleString('en') : String(Number(value.toPrecision(3)));
}
