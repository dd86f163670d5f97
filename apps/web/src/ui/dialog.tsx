'use client';

import { X } from 'lucide-react';
import { Dialog as RadixDialog } from 'radix-ui';
import type { ReactNode } from 'react';

interface DialogProps {
  readonly trigger: ReactNode;
  readonly title: string;
  readonly closeLabel: string;
  readonly children: ReactNode;
}

export function Dialog({ trigger, title, closeLabel, children }: DialogProps) {
  return (
    <RadixDialog.Root>
      <RadixDialog.Trigger asChild>{trigger}</RadixDialog.Trigger>
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
