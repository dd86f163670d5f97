interface PointListProps {
  readonly id: string;
  readonly title: string;
  readonly points: readonly string[];
}

export function PointList({ id, title, points }: PointListProps) {
  return (
    <section aria-labelledby={`${id}-title`} className="space-y-3">
      <h2 id={`${id}-title`} className="font-semibold text-xl">
        {title}
      </h2>
      <ul className="list-disc space-y-1.5 pl-5 leading-relaxed">
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </section>
  );
}
