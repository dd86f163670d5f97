import type { GenerationStatus } from '@megacampus/domain/lifecycle';
import { hasEnded } from '@megacampus/domain/lifecycle';
import type { BadgeTone } from '@/ui/badge.tsx';

/** The colour of a course's state. */
export function toneOf(status: GenerationStatus | null): BadgeTone {
  if (status === 'completed') return 'success';
  if (status === 'failed') return 'danger';
  return hasEnded(status) ? 'neutral' : 'primary';
}
