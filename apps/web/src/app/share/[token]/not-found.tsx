import { Link2Off } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { PageFrame } from '@/features/shell/page-frame.tsx';
import { Button } from '@/ui/button.tsx';
import { EmptyState } from '@/ui/empty-state.tsx';
import { Link } from '@/ui/link.tsx';

export default function ShareNotFoundPage() {
  const t = useTranslations();
  return (
    <PageFrame width="medium">
      <EmptyState
        level={1}
        icon={<Link2Off />}
        title={t('share.goneTitle')}
        text={t('share.goneText')}
        action={
          <Button asChild>
            <Link href="/">{t('errors.toStart')}</Link>
          </Button>
        }
      />
    </PageFrame>
  );
}
