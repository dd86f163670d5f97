import { useTranslations } from 'next-intl';
import { Loading, Skeleton } from '@/ui/skeleton.tsx';

export function ListLoading() {
  const t = useTranslations('common');
  return (
    <Loading label={t('loading')} className="space-y-6">
      <Skeleton className="h-28" />
      <Skeleton className="h-96" />
    </Loading>
  );
}
