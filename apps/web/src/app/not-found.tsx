import { Compass } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { PageFrame } from '@/features/shell/page-frame.tsx';
import { Button } from '@/ui/button.tsx';
import { EmptyState } from '@/ui/empty-state.tsx';
import { Link } from '@/ui/link.tsx';

export default function NotFoundPage() {
  const t = useTranslations('errors');
  return (
    <PageFrame width="medium">
      <EmptyState
        level={1}
        icon={<Compass />}
        title={t('notFoundTitle')}
        text={t('notFoundText')}
        action={
          <Button asChild>
            <Link href="/">{t('toStart')}</Link>
          </Button>
        }
      />
    </PageFrame>
  );
}
