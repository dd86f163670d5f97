'use client';

import { Slot } from 'radix-ui';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useOnDemand } from './use-on-demand.ts';

export interface Question {
  readonly title: string;
  readonly text: string;
  readonly confirmLabel: string;
  readonly dismissLabel: string;
  readonly onConfirm: () => void;
}

interface ConfirmDialogProps extends Question {
  /** The button that opens the question. */
  readonly trigger: ReactElement;
}

const load = () => import('./confirm-question.tsx');

/**
 * A question before something that can't be undone, where it depends whether there is one: `ask` opens `window`, which
 * has to be rendered somewhere.
 */
export function useQuestion(question: Question) {
  const { part, prepare, want } = useOnDemand(load);
  const [isOpen, setOpen] = useState(false);
  return {
    prepare,
    ask: () => {
      setOpen(true);
      want();
    },
    window: part ? <part.ConfirmQuestion {...question} isOpen={isOpen} onOpenChange={setOpen} /> : null,
  };
}

/** Asks before something that can't be undone. */
export function ConfirmDialog({ trigger, ...question }: ConfirmDialogProps) {
  const { prepare, ask, window } = useQuestion(question);
  return (
    <>
      <Slot.Root aria-haspopup="dialog" onPointerEnter={prepare} onFocus={prepare} onClick={ask}>
        {trigger}
      </Slot.Root>
      {window}
    </>
  );
}
