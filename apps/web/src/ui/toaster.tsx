'use client';

import { lazy, Suspense, useSyncExternalStore } from 'react';
import { toastDemand } from './toast.ts';

export interface ToasterProps {
  readonly theme: 'light' | 'dark' | 'system';
  readonly label: string;
}

const ToastList = lazy(() => import('./toast-list.tsx'));

/** The one place where toasts appear; show one with `toast` of `toast.ts`. */
export function Toaster(props: ToasterProps) {
  const isWanted = useSyncExternalStore(toastDemand.subscribe, toastDemand.isWanted, () => false);
  return isWanted ? (
    <Suspense>
      <ToastList {...props} />
    </Suspense>
  ) : null;
}
