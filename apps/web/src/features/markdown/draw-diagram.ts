import { withoutTags } from './diagram-text.ts';

export interface Drawing {
  /** A data address of the SVG. */
  readonly url: string;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
}

interface Mermaid {
  initialize(config: Readonly<Record<string, unknown>>): void;
  render(id: string, source: string): Promise<{ readonly svg: string }>;
}

/** A diagram of a lesson is far smaller; drawing a huge one would hold the page up. */
const SOURCE_MAX_CHARACTERS = 20_000;
const EDGES_MAX = 300;

/** The fonts are those of an SVG that is shown as a picture: it can't use the page's own. */
const CONFIG = {
  startOnLoad: false,
  securityLevel: 'strict',
  theme: 'neutral',
  htmlLabels: false,
  flowchart: { htmlLabels: false },
  fontFamily: 'Arial, sans-serif',
  suppressErrorRendering: true,
  maxTextSize: SOURCE_MAX_CHARACTERS,
  maxEdges: EDGES_MAX,
  // What the diagram's own source can't change.
  secure: ['secure', 'securityLevel', 'startOnLoad', 'maxTextSize', 'maxEdges', 'htmlLabels', 'fontFamily', 'themeCSS'],
} as const;

/** Draws one after another: the library keeps what it is drawing in one place. */
let last: Promise<unknown> = Promise.resolve();
let loaded: Promise<Mermaid> | null = null;
let drawn = 0;

/** Rejects what is no diagram, or when the library can't be had. The library is loaded with the first. */
export function drawDiagram(source: string): Promise<Drawing> {
  loaded ??= load();
  const mermaid = loaded;
  const drawing = last.then(async () => {
    drawn += 1;
    return toPicture((await (await mermaid).render(`diagram-${drawn}`, withoutTags(source))).svg);
  });
  last = drawing.catch(() => {});
  return drawing;
}

/** Nearly three megabytes in one file, ready to run: a file to be loaded, which the build need not look into. */
async function load(): Promise<Mermaid> {
  const script = document.createElement('script');
  script.src = new URL('@mermaid-js/tiny/dist/mermaid.tiny.js', import.meta.url).href;
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  const { mermaid } = globalThis as typeof globalThis & { mermaid?: Mermaid };
  if (mermaid === undefined) throw new Error('no diagrams');
  mermaid.initialize(CONFIG);
  return mermaid;
}

function toPicture(markup: string): Drawing {
  const svg = new DOMParser().parseFromString(markup, 'image/svg+xml').documentElement;
  const [, , width = Number.NaN, height = Number.NaN] = (svg.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  if (svg.nodeName !== 'svg' || !(width > 0 && height > 0)) throw new Error('not a picture');
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  const url = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
  return { url, width: Math.ceil(width), height: Math.ceil(height) };
}
