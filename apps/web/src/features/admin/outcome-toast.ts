'use client';

import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { toast } from '@/ui/toast.ts';
import type { AdminOutcome } from './actions.ts';

/** Runs a change and says what became of it. */
export function useAdminChange() {
  const t = useTranslations('admin.outcome');
  const [isPending, start] = useTransition();
  const run = (change: () => Promise<AdminOutcome>) =>
    start(async () => {
      const outcome = await change().catch((): AdminOutcome => 'failed');
      toast[outcome === 'changed' ? 'success' : outcome === 'unchanged' ? 'info' : 'error'](t(outcome));
    });
  return { isPending, run };
}
