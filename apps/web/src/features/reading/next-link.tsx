'use client';

import { useRouter } from 'next/navigation';
import { type MouseEvent, type ReactNode, useTransition } from 'react';
import { Link } from '@/ui/link.tsx';
import { setLessonRead } from './actions.ts';

interface NextLinkProps {
  readonly href: string;
  readonly rel?: string;
  readonly className: string;
  /** The lesson that is read with this step; null for a reader of whom nothing is kept. */
  readonly lessonId: string | null;
  readonly children: ReactNode;
}

/** Going on must not wait longer than this for what is noted on the way. */
const NOTE_TIMEOUT_MS = 1_500;

/** The way to the next lesson, which notes that this one has been read. */
export function NextLink({ href, rel, className, lessonId, children }: NextLinkProps) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();

  function go(event: MouseEvent<HTMLAnchorElement>) {
    if (lessonId === null) return;
    const noted = setLessonRead(lessonId, true).catch(() => false);
    // Another tab is opened by the browser itself.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    // The next page shows what has been read, so it is asked for after.
    startTransition(async () => {
      await Promise.race([noted, new Promise((resolve) => setTimeout(resolve, NOTE_TIMEOUT_MS))]);
      startTransition(() => router.push(href));
    });
  }

  return (
    <Link href={href} rel={rel} prefetch={false} onClick={go} aria-busy={isPending || undefined} className={className}>
      {children}
    </Link>
  );
}
