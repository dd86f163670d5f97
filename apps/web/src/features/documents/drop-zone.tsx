'use client';

import { FileUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { Button } from '@/ui/button.tsx';
import { cn } from '@/ui/class-names.ts';

interface DropZoneProps {
  /** For the browser's file dialog, like `.md,.txt`. */
  readonly accept: string;
  readonly hint: string;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Takes files by drag and drop or, for keyboard and touch, by a button. */
export function DropZone({ accept, hint, onFiles }: DropZoneProps) {
  const t = useTranslations('documents');
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  // A file dropped beside the zone would open in place of the page.
  useEffect(() => {
    const stop = new AbortController();
    const refuse = (event: Event) => event.preventDefault();
    window.addEventListener('dragover', refuse, { signal: stop.signal });
    window.addEventListener('drop', refuse, { signal: stop.signal });
    return () => stop.abort();
  }, []);

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra for the mouse; the button inside does the same.
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cn(
        'flex flex-col items-center gap-3 rounded-xl border-2 border-dashed px-4 py-8 text-center transition-colors',
        isOver && 'border-primary bg-primary-soft',
      )}
    >
      <FileUp className="size-7 text-muted-foreground" aria-hidden />
      <p className="hidden font-medium pointer-fine:block">{t('dropHere')}</p>
      <p className="hidden text-sm text-muted-foreground pointer-fine:block">{t('or')}</p>
      <input
        ref={input}
        type="file"
        multiple
        accept={accept}
        aria-label={t('choose')}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file can be chosen again after it has failed.
          event.target.value = '';
        }}
      />
      <Button variant="secondary" onClick={() => input.current?.click()}>
        {t('choose')}
      </Button>
      <p className="text-sm text-muted-foreground">{hint}</p>
    </div>
  );
}
