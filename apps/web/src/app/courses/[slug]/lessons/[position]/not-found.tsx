import { Compass } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { PageFrame } from '@/features/shell/page-frame.tsx';
import { Button } from '@/ui/button.tsx';
import { EmptyState } from '@/ui/empty-state.tsx';
import { Link } from '@/ui/link.tsx';

export default function LessonNotFoundPage() {
  const t = useTranslations();
  return (
    <PageFrame width="medium">
      <EmptyState
        level={1}
        icon={<Compass />}
        title={t('reader.lessonNotFoundTitle')}
        text={t('reader.lessonNotFoundText')}
        action={
          <Button asChild>
            <Link href="/courses">{t('errors.toCourses')}</Link>
          </Button>
        }
      />
    </PageFrame>
  );
}
