'use client';

import { type CSSProperties, useEffect } from 'react';
import { Toaster as Sonner, toast } from 'sonner';
import { toastDemand } from './toast.ts';
import type { ToasterProps } from './toaster.tsx';

/** Our own colours: those that sonner brings are too pale to read; and the font of the page. */
const look = {
  fontFamily: 'inherit',
  '--normal-bg': 'var(--card)',
  '--normal-text': 'var(--foreground)',
  '--normal-border': 'var(--border)',
} as CSSProperties;

/** A button that a thumb can hit. */
const options = { actionButtonStyle: { height: '2.25rem', padding: '0 0.75rem', fontSize: '0.875rem' } } as const;

export default function ToastList({ theme, label }: ToasterProps) {
  // Runs after Sonner's own effect, by which it listens: nothing that was said before is lost.
  useEffect(() => toastDemand.ready(toast), []);
  return (
    <Sonner
      theme={theme}
      position="bottom-right"
      containerAriaLabel={label}
      closeButton
      style={look}
      toastOptions={options}
    />
  );
}
