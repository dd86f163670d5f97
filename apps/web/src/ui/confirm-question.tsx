'use client';

import { AlertDialog } from 'radix-ui';
import { Button } from './button.tsx';
import type { Question } from './confirm-dialog.tsx';

interface ConfirmQuestionProps extends Question {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

/** The question itself. When it is closed the focus goes back to where it came from. */
export function ConfirmQuestion({ isOpen, onOpenChange, ...question }: ConfirmQuestionProps) {
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 animate-fade-in bg-black/50" />
        <AlertDialog.Content className="-translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-50 w-[min(28rem,calc(100vw-2rem))] animate-fade-in rounded-xl border bg-card p-6 shadow-xl">
          <AlertDialog.Title className="text-lg font-semibold">{question.title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-muted-foreground leading-relaxed">
            {question.text}
          </AlertDialog.Description>
          <div className="mt-6 flex flex-wrap justify-end gap-3">
            <AlertDialog.Cancel asChild>
              <Button variant="secondary">{question.dismissLabel}</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button variant="danger" onClick={question.onConfirm}>
                {question.confirmLabel}
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
