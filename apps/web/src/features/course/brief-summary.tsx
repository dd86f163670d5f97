import { useLocale, useTranslations } from 'next-intl';
import { languageName } from '@/i18n/language-name.ts';
import { Card } from '@/ui/card.tsx';
import type { CourseView } from './load-course.ts';

/** What was asked for, in short. */
export function BriefSummary({ brief }: Pick<CourseView, 'brief'>) {
  const t = useTranslations('brief');
  const tAll = useTranslations();
  const locale = useLocale();
  const facts: [string, string | number | null][] = [
    [t('language'), languageName(brief.language, locale)],
    [t('style'), tAll(`styles.${brief.style}`)],
    [t('difficulty'), tAll(`difficulties.${brief.difficulty}`)],
    [t('content_strategy'), tAll(`strategies.${brief.content_strategy}`)],
    [t('output_formats'), brief.output_formats.map((format) => tAll(`formats.${format}`)).join(', ')],
    [t('lesson_duration_minutes'), tAll('common.minutes', { count: brief.lesson_duration_minutes })],
    [t('estimated_sections'), brief.estimated_sections],
    [t('estimated_lessons'), brief.estimated_lessons],
    [t('course_description'), brief.course_description],
    [t('target_audience'), brief.target_audience],
    [t('prerequisites'), brief.prerequisites],
    [t('learning_outcomes'), brief.learning_outcomes.map((line) => `• ${line}`).join('\n')],
  ];
  return (
    <Card className="@container">
      <h2 className="font-semibold text-lg">{tAll('course.brief')}</h2>
      <dl className="mt-3 grid gap-3 text-sm @md:grid-cols-2 @2xl:grid-cols-3">
        {facts.map(([name, value]) =>
          value === null || value === '' ? null : (
            <div key={name}>
              <dt className="text-muted-foreground">{name}</dt>
              <dd className="whitespace-pre-line leading-relaxed">{value}</dd>
            </div>
          ),
        )}
      </dl>
    </Card>
  );
}
