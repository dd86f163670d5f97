import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { NewCourseForm } from '@/features/new-course/new-course-form.tsx';
import { requireUser } from '@/features/session/session-user.ts';
import { PageFrame } from '@/features/shell/page-frame.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('brief'))('pageTitle') };
}

export default async function NewCoursePage() {
  const user = await requireUser('/courses/new');
  const t = await getTranslations('brief');
  return (
    <PageFrame width="medium">
      <h1 className="font-semibold text-3xl">{t('pageTitle')}</h1>
      <p className="mt-2 mb-8 text-muted-foreground">{t('lead')}</p>
      <ClientMessages of={['brief', 'validation', 'styles', 'difficulties', 'strategies', 'formats']}>
        <NewCourseForm userId={user.id} />
      </ClientMessages>
    </PageFrame>
  );
}
