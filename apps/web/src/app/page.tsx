import { COURSE_LANGUAGES } from '@megacampus/domain/course';
import { BookOpenCheck, Check, FileUp, Sparkles } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { sessionUserOrNull } from '@/features/session/session-user.ts';
import { PageFrame } from '@/features/shell/page-frame.tsx';
import { SampleLesson } from '@/features/welcome/sample-lesson.tsx';
import { Button } from '@/ui/button.tsx';
import { Link } from '@/ui/link.tsx';

const STEPS = [
  { icon: FileUp, title: 'step1Title', text: 'step1Text' },
  { icon: Sparkles, title: 'step2Title', text: 'step2Text' },
  { icon: BookOpenCheck, title: 'step3Title', text: 'step3Text' },
] as const;

const GAINS = ['gainSources', 'gainEdit', 'gainShare'] as const;

export default async function WelcomePage() {
  const [t, tCommon, user] = await Promise.all([
    getTranslations('welcome'),
    getTranslations('common'),
    sessionUserOrNull(),
  ]);
  const gains = [...GAINS.map((gain) => t(gain)), t('gainLanguages', { count: COURSE_LANGUAGES.length })];
  return (
    <PageFrame>
      <div className="grid items-center gap-x-12 gap-y-10 sm:py-4 lg:grid-cols-[1fr_26rem]">
        <div>
          <h1 className="font-semibold text-4xl leading-[1.12] sm:text-5xl">{t('title')}</h1>
          <p className="mt-5 text-lg text-muted-foreground leading-relaxed">{t('lead')}</p>
          <div className="mt-8 flex flex-wrap gap-3">
            <Button asChild size="large">
              <Link href={user ? '/courses/new' : '/sign-up?next=%2Fcourses%2Fnew'}>
                {user ? tCommon('newCourse') : t('start')}
              </Link>
            </Button>
            <Button asChild size="large" variant="secondary">
              <Link href={user ? '/courses' : '/sign-in'}>{user ? tCommon('myCourses') : t('haveAccount')}</Link>
            </Button>
          </div>
        </div>
        <SampleLesson />
      </div>
      <section aria-labelledby="how-title" className="mt-12 border-t pt-10 sm:mt-16">
        <h2 id="how-title" className="font-semibold text-2xl">
          {t('howTitle')}
        </h2>
        <ol className="mt-6 grid gap-8 sm:grid-cols-3">
          {STEPS.map(({ icon: Icon, title, text }) => (
            <li key={title}>
              <Icon className="size-6 text-primary" aria-hidden />
              <h3 className="mt-3 font-semibold">{t(title)}</h3>
              <p className="mt-1.5 text-muted-foreground leading-relaxed">{t(text)}</p>
            </li>
          ))}
        </ol>
      </section>
      <section aria-labelledby="gains-title" className="mt-12 border-t pt-10">
        <h2 id="gains-title" className="font-semibold text-2xl">
          {t('gainsTitle')}
        </h2>
        <ul className="mt-6 grid gap-x-8 gap-y-4 sm:grid-cols-2">
          {gains.map((gain) => (
            <li key={gain} className="flex gap-3 leading-relaxed">
              <Check className="mt-1 size-4 shrink-0 text-primary" aria-hidden />
              {gain}
            </li>
          ))}
        </ul>
      </section>
    </PageFrame>
  );
}
