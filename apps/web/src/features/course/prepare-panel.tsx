import type { CourseDocument } from '@megacampus/db/documents';
import { type Tier, tierPolicy } from '@megacampus/domain/tiers';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { DocumentsPanel } from '@/features/documents/documents-panel.tsx';
import { UploadsProvider } from '@/features/documents/uploads-context.tsx';
import { GenerateButton } from '@/features/generate/generate-button.tsx';
import { Card } from '@/ui/card.tsx';
import type { CourseView } from './load-course.ts';
import { Readiness } from './readiness.tsx';

interface PreparePanelProps {
  readonly course: CourseView;
  readonly tier: Tier;
  readonly documents: readonly CourseDocument[];
  /** There is a finished version, which a new generation will replace when it is done. */
  readonly hasContent: boolean;
  readonly aside: ReactNode;
}

const LABELS = {
  failed: 'common.tryAgain',
  cancelled: 'course.generateAgain',
  completed: 'course.generateAgain',
} as const;

/** Before a generation: documents on one side, the button on the other. */
export function PreparePanel({ course, tier, documents, hasContent, aside }: PreparePanelProps) {
  const t = useTranslations();
  const status = course.generationStatus;
  const ended = status === 'failed' || status === 'cancelled' || status === 'completed';
  return (
    <UploadsProvider courseId={course.id} policy={tierPolicy(tier)} documents={documents}>
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <DocumentsPanel tier={tier} policy={tierPolicy(tier)} documents={documents} />
        <div className="space-y-6">
          <Card className="space-y-4 border-primary/40">
            <Readiness documents={documents} hasContent={hasContent} />
            <GenerateButton
              courseId={course.id}
              label={t(ended ? LABELS[status] : 'course.generate')}
              variant={hasContent ? 'secondary' : 'primary'}
            />
          </Card>
          {aside}
        </div>
      </div>
    </UploadsProvider>
  );
}
