import { LocalTime } from '@/ui/local-time.tsx';

/** Date and time in the reader's zone; a dash for none. */
export function Moment({ iso }: { readonly iso: string | null }) {
  if (iso === null) return <>—</>;
  return (
    <span className="whitespace-nowrap">
      <LocalTime iso={iso} as="date" /> <LocalTime iso={iso} as="time" />
    </span>
  );
}
