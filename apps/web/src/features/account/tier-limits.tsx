import { type Tier, tierPolicy } from '@megacampus/domain/tiers';
import { useFormatter, useTranslations } from 'next-intl';
import { useFileSize } from '@/features/documents/file-size.ts';

/** What the user's tier allows. */
export function TierLimits({ tier }: { readonly tier: Tier }) {
  const t = useTranslations('account');
  const format = useFormatter();
  const fileSize = useFileSize();
  const policy = tierPolicy(tier);
  const documents: readonly (readonly [string, string])[] =
    policy.documentsPerCourse === 0
      ? [[t('documents'), t('noDocuments')]]
      : [
          [t('documents'), format.number(policy.documentsPerCourse)],
          [t('largestFile'), fileSize(policy.maxFileSizeBytes)],
          [t('types'), policy.documentTypes.map((type) => type.toUpperCase()).join(', ')],
        ];
  const limits = [[t('generations'), format.number(policy.concurrentGenerations)] as const, ...documents];
  return (
    <>
      <dl className="divide-y text-sm">
        {limits.map(([name, value]) => (
          <div key={name} className="flex flex-wrap justify-between gap-x-6 gap-y-0.5 py-2.5">
            <dt className="text-muted-foreground">{name}</dt>
            <dd className="font-medium">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="text-muted-foreground text-sm leading-relaxed">{t('tierNote')}</p>
    </>
  );
}
