import type { ExternalToast, toast as sonnerToast } from 'sonner';

type Kind = 'success' | 'error' | 'info';
type SonnerToast = typeof sonnerToast;

const listeners = new Set<() => void>();
let isWanted = false;
let nowReady: (sonner: SonnerToast) => void = () => {};
const ready = new Promise<SonnerToast>((resolve) => {
  nowReady = resolve;
});

function show(kind: Kind, text: string, options?: ExternalToast): void {
  isWanted = true;
  for (const listener of listeners) listener();
  void ready.then((sonner) => sonner[kind](text, options));
}

/** Says something in passing. What shows it is fetched with the first toast: most visits see none. */
export const toast = {
  success: (text: string, options?: ExternalToast) => show('success', text, options),
  error: (text: string, options?: ExternalToast) => show('error', text, options),
  info: (text: string, options?: ExternalToast) => show('info', text, options),
};

/** For the one place where toasts appear: whether any was wanted yet, and how it says that it is there. */
export const toastDemand = {
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  isWanted: () => isWanted,
  ready: (sonner: SonnerToast) => nowReady(sonner),
};
