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

/** Asks before something that can't be undone. */
export function ConfirmDialog({ trigger, ...question }: ConfirmDialogProps) {
  const { part, prepare, want } = useOnDemand(load);
  const [isOpen, setOpen] = useState(false);
  const open = () => {
    setOpen(true);
    want();
  };
  return (
    <>
      <Slot.Root aria-haspopup="dialog" onPointerEnter={prepare} onFocus={prepare} onClick={open}>
        {trigger}
      </Slot.Root>
      {part ? <part.ConfirmQuestion {...question} isOpen={isOpen} onOpenChange={setOpen} /> : null}
    </>
  );
}
