'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { type Drawing, drawDiagram } from './draw-diagram.ts';

interface DiagramProps {
  readonly source: string;
  readonly label: string;
  readonly sourceLabel: string;
  /** The source as code: what shows without scripts, until the picture is there, and when it can't be drawn. */
  readonly children: ReactNode;
}

/** A ```mermaid fence as a picture. A picture of SVG runs nothing, whatever is in it. */
export function Diagram({ source, label, sourceLabel, children }: DiagramProps) {
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  useEffect(() => {
    let isWanted = true;
    drawDiagram(source).then(
      (drawn) => isWanted && setDrawing(drawn),
      () => isWanted && setDrawing(null),
    );
    return () => {
      isWanted = false;
    };
  }, [source]);
  if (drawing === null) return children;
  return (
    <figure className="space-y-2">
      {/* biome-ignore lint/performance/noImgElement: a data address, there is nothing to make smaller. */}
      <img
        src={drawing.url}
        width={drawing.width}
        height={drawing.height}
        alt={label}
        className="mx-auto h-auto max-w-full rounded-lg bg-white p-3"
      />
      <figcaption>
        <details className="text-sm print:hidden">
          <summary className="inline-block py-1 text-muted-foreground">{sourceLabel}</summary>
          {children}
        </details>
      </figcaption>
    </figure>
  );
}
