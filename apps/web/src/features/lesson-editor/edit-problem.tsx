'use client';

import { useTranslations } from 'next-intl';
import { Alert } from '@/ui/alert.tsx';
import { Button } from '@/ui/button.tsx';
import type { EditOutcome } from './actions.tsx';

interface EditProblemProps {
  readonly problem: EditOutcome;
  readonly href: string;
  /** Saves over the version that was saved by somebody else meanwhile. */
  readonly onOverwrite: (version: number) => void;
}

/** Why nothing was saved, and what can be done. What was written stays on the page. */
export function EditProblem({ problem, href, onOverwrite }: EditProblemProps) {
  const t = useTranslations('editor');
  if (problem.outcome === 'saved') return null;
  if (problem.outcome !== 'conflict') {
    return (
      <Alert tone="danger" announce>
        {t(problem.outcome)}
      </Alert>
    );
  }
  return (
    <Alert tone="warning" title={t('conflictTitle')} announce>
      <p>{t('conflictText')}</p>
      <div className="mt-3 flex flex-wrap gap-3">
        <Button asChild variant="secondary" size="small">
          <a href={href} target="_blank" rel="noopener">
            {t('conflictLook')}
          </a>
        </Button>
        <Button variant="danger" size="small" onClick={() => onOverwrite(problem.version)}>
          {t('conflictOverwrite')}
        </Button>
      </div>
    </Alert>
  );
}
