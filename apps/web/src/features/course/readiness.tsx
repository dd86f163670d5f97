import type { CourseDocument } from '@megacampus/db/documents';
import { useTranslations } from 'next-intl';

interface ReadinessProps {
  readonly documents: readonly CourseDocument[];
  /** There is a finished version. */
  readonly hasContent: boolean;
}

/** What a generation would be made from, and what to do about documents that the last one could not read. */
export function Readiness({ documents, hasContent }: ReadinessProps) {
  const t = useTranslations('course');
  const count = documents.length;
  const usable = documents.filter(({ status }) => status !== 'failed').length;
  const sources = count === 0 ? t('readyWithoutDocuments') : t('readyWithDocuments', { count });
  const outlook = t(hasContent ? 'generateAgainText' : 'readyText');
  if (usable === count) return <Text title={hasContent ? null : t('readyTitle')} text={`${sources} ${outlook}`} />;
  const problem = t('unreadableText', { count, usable });
  // From nothing but documents that can't be read no course is made.
  return (
    <Text title={t('unreadableTitle', { count, usable })} text={usable === 0 ? problem : `${problem} ${outlook}`} />
  );
}

function Text({ title, text }: { readonly title: string | null; readonly text: string }) {
  return (
    <div className="space-y-1.5">
      {title === null ? null : <h2 className="font-semibold text-lg">{title}</h2>}
      <p className="text-muted-foreground text-sm leading-relaxed">{text}</p>
    </div>
  );
}
