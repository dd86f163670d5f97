'use client';

import { X } from 'lucide-react';
import { Dialog as RadixDialog } from 'radix-ui';
import type { DialogContent } from './dialog.tsx';

interface DialogWindowProps extends DialogContent {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

/** The window itself. When it is closed the focus goes back to where it came from. */
export function DialogWindow({ isOpen, onOpenChange, title, closeLabel, children }: DialogWindowProps) {
  return (
    <RadixDialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 animate-fade-in bg-black/50" />
        <RadixDialog.Content
          aria-describedby={undefined}
          className="-translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-50 max-h-[85dvh] w-[min(38rem,calc(100vw-2rem))] animate-fade-in overflow-y-auto rounded-xl border bg-card p-6 shadow-xl"
        >
          <RadixDialog.Title className="pr-10 text-lg font-semibold">{title}</RadixDialog.Title>
          <div className="mt-4">{children}</div>
          <RadixDialog.Close
            aria-label={closeLabel}
            className="absolute top-4 right-4 grid size-10 place-items-center rounded-lg hover:bg-muted"
          >
            <X className="size-4" aria-hidden />
          </RadixDialog.Close>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
