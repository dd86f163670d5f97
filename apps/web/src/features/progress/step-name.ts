import type { GenerationStatus, StepId } from '@megacampus/domain/steps';
import { useLocale, useTranslations } from 'next-intl';

const STEP_KEYS = { 1: 'step1', 2: 'step2', 3: 'step3', 4: 'step4', 5: 'step5' } as const satisfies Record<
  StepId,
  string
>;

/** The step's name in the language of the page; the database keeps the Russian ones only. */
export function useStepName(): (id: StepId, hasDocuments: boolean) => string {
  const t = useTranslations('progress');
  return (id, hasDocuments) => t(id === 2 && hasDocuments ? 'step2Documents' : STEP_KEYS[id]);
}

const STATUS_MESSAGES = {
  initializing: 'msgInitializing',
  processing_documents: 'msgProcessingDocuments',
  analyzing_task: 'msgAnalyzingTask',
  generating_structure: 'msgGeneratingStructure',
  generating_content: 'msgGeneratingContent',
  finalizing: 'msgFinalizing',
  completed: null,
  failed: null,
  cancelled: null,
} as const satisfies Record<GenerationStatus, string | null>;

/** What is going on, in a sentence: the generation's own message where it is in the page's language. */
export function useStatusMessage(): (status: GenerationStatus | null, message: string) => string {
  const t = useTranslations('progress');
  const locale = useLocale();
  return (status, message) => {
    const key = status === null ? null : STATUS_MESSAGES[status];
    return locale === 'ru' || key === null ? message : t(key);
  };
}
