'use client';

import { List } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { buttonStyles } from '@/ui/button.tsx';
import { cn } from '@/ui/class-names.ts';

interface ContentsPanelProps {
  readonly label: string;
  /** The lesson that is open. */
  readonly position: number;
  readonly children: ReactNode;
}

/** The list of contents: behind a button on a phone, always open beside the text, with the open lesson in view. */
export function ContentsPanel({ label, position, children }: ContentsPanelProps) {
  const id = useId();
  const list = useRef<HTMLOListElement>(null);
  // Another lesson closes it: the state belongs to the lesson it was opened in.
  const [openAt, setOpenAt] = useState<number | null>(null);
  const isOpen = openAt === position;

  useEffect(() => {
    const current = list.current?.querySelector<HTMLElement>(`[aria-current=page]`);
    const scroller = list.current?.closest('nav');
    if (!current || !scroller || scroller.scrollHeight <= scroller.clientHeight) return;
    const top = current.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    // By hand, as scrollIntoView would move the page too.
    if (position > 0) scroller.scrollTop += top - scroller.clientHeight / 2;
  }, [position]);

  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpenAt(isOpen ? null : position)}
        className={cn(buttonStyles({ variant: 'secondary', size: 'small' }), 'lg:hidden')}
      >
        <List aria-hidden />
        {label}
      </button>
      <ol id={id} ref={list} className={cn('space-y-3 pt-4 lg:block lg:pt-0', isOpen ? 'block' : 'hidden')}>
        {children}
      </ol>
    </>
  );
}
