'use client';

import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { Link } from '@/ui/link.tsx';
import type { MenuEntry, MenuProps } from './menu.tsx';
import { menuButtonStyles } from './menu-button-styles.ts';

/** The menu itself, open when it first appears. */
export function MenuList({ label, trigger, note, entries }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger title={label} className={menuButtonStyles}>
        <span className="sr-only">{label}</span>
        {trigger}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          className="z-50 min-w-44 animate-fade-in rounded-lg border bg-card p-1 shadow-lg"
        >
          {note ? (
            <DropdownMenu.Label className="px-3 py-2 text-muted-foreground text-sm">{note}</DropdownMenu.Label>
          ) : null}
          {entries.map((entry) => (
            <DropdownMenu.Item
              key={entry.key}
              asChild={entry.href !== undefined}
              lang={entry.lang}
              onSelect={entry.onSelect}
              className="flex min-h-10 cursor-pointer items-center gap-2 rounded-md px-3 text-sm outline-none data-[highlighted]:bg-muted"
            >
              {entry.href === undefined ? (
                <EntryContent {...entry} />
              ) : (
                <Link href={entry.href}>
                  <EntryContent {...entry} />
                </Link>
              )}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function EntryContent({ label, isChosen }: MenuEntry) {
  return (
    <>
      <span className="flex flex-1 items-center gap-2">{label}</span>
      {isChosen ? <Check className="size-4" aria-hidden /> : null}
    </>
  );
}
