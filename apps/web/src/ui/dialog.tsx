'use client';

import { Slot } from 'radix-ui';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useOnDemand } from './use-on-demand.ts';

export interface DialogContent {
  readonly title: string;
  readonly closeLabel: string;
  readonly children: ReactNode;
}

interface DialogProps extends DialogContent {
  /** The button that opens the dialog. */
  readonly trigger: ReactElement;
}

const load = () => import('./dialog-window.tsx');

export function Dialog({ trigger, ...content }: DialogProps) {
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
      {part ? <part.DialogWindow {...content} isOpen={isOpen} onOpenChange={setOpen} /> : null}
    </>
  );
}
