'use client';

import { DropdownMenu } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { buttonStyles } from './button.tsx';
import { cn } from './class-names.ts';

interface MenuProps {
  /** What the button is called; what is in it may be an icon only. */
  readonly label: string;
  readonly trigger: ReactNode;
  readonly children: ReactNode;
}

export function Menu({ label, trigger, children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        title={label}
        className={cn(buttonStyles({ variant: 'ghost', size: 'small' }), 'h-10 min-w-10 px-2')}
      >
        <span className="sr-only">{label}</span>
        {trigger}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          className="z-50 min-w-44 animate-fade-in rounded-lg border bg-card p-1 shadow-lg"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function MenuChoice({ className, ...props }: ComponentProps<typeof DropdownMenu.Item>) {
  return (
    <DropdownMenu.Item
      className={cn(
        'flex min-h-10 cursor-pointer items-center gap-2 rounded-md px-3 text-sm outline-none data-[highlighted]:bg-muted',
        className,
      )}
      {...props}
    />
  );
}

export function MenuText({ children }: { readonly children: ReactNode }) {
  return <DropdownMenu.Label className="px-3 py-2 text-sm text-muted-foreground">{children}</DropdownMenu.Label>;
}
