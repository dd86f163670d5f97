'use client';

import type { CSSProperties } from 'react';
import { Toaster as Sonner } from 'sonner';

/** Our own colours: those that sonner brings are too pale to read. */
const colours = {
  '--normal-bg': 'var(--card)',
  '--normal-text': 'var(--foreground)',
  '--normal-border': 'var(--border)',
} as CSSProperties;

/** The one place where toasts appear; show one with `toast` from sonner. */
export function Toaster({ theme, label }: { readonly theme: 'light' | 'dark' | 'system'; readonly label: string }) {
  return <Sonner theme={theme} position="bottom-right" containerAriaLabel={label} closeButton style={colours} />;
}
