import { BookOpenCheck, FileUp, Sparkles } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { PageFrame } from '@/features/shell/page-frame.tsx';
import { Button } from '@/ui/button.tsx';

const STEPS = [
  { icon: FileUp, title: 'step1Title', text: 'step1Text' },
  { icon: Sparkles, title: 'step2Title', text: 'step2Text' },
  { icon: BookOpenCheck, title: 'step3Title', text: 'step3Text' },
] as const;

export default function WelcomePage() {
  const t = useTranslations('welcome');
  return (
    <PageFrame>
      <div className="max-w-3xl py-6 sm:py-12">
        <h1 className="font-semibold text-4xl leading-[1.12] sm:text-5xl">{t('title')}</h1>
        <p className="mt-5 max-w-2xl text-lg text-muted-foreground leading-relaxed">{t('lead')}</p>
        <Button asChild size="large" className="mt-8">
          <Link href="/courses/new">{t('start')}</Link>
        </Button>
      </div>
      <section aria-labelledby="how-title" className="mt-8 border-t pt-10">
        <h2 id="how-title" className="font-semibold text-xl">
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
    </PageFrame>
  );
}
