'use client';

import {
  BRIEF_LIMITS,
  CONTENT_STRATEGIES,
  COURSE_LANGUAGES,
  COURSE_STYLES,
  DIFFICULTIES,
  LESSON_DURATIONS_MINUTES,
  OUTPUT_FORMATS,
} from '@megacampus/domain/course';
import { useLocale, useTranslations } from 'next-intl';
import { languageName } from '@/i18n/language-name.ts';
import { Field } from '@/ui/field.tsx';
import { Input, Select, Textarea } from '@/ui/input.tsx';
import type { BriefForm } from './new-course-form.tsx';

interface GroupProps {
  readonly form: BriefForm;
}

type TextField = 'course_description' | 'target_audience' | 'prerequisites' | 'learning_outcomes';

/** What the course is about and for whom. */
export function ContentFields({ form }: GroupProps) {
  const t = useTranslations('brief');
  const text = (name: TextField, hint?: string) => (
    <Field label={t(name)} hint={hint} error={form.errorOf(name)}>
      {(control) => <Textarea {...control} {...form.control(name)} />}
    </Field>
  );
  return (
    <>
      {text('course_description', t('course_descriptionHint'))}
      {text('target_audience')}
      {text('learning_outcomes', t('learning_outcomesHint', { max: BRIEF_LIMITS.outcomesMax }))}
      {text('prerequisites')}
    </>
  );
}

/** How it is written. */
export function StyleFields({ form }: GroupProps) {
  const t = useTranslations();
  const locale = useLocale();
  const languages = COURSE_LANGUAGES.map((code) => ({ value: code, label: languageName(code, locale) }));
  const styles = COURSE_STYLES.map((style) => ({ value: style, label: t(`styles.${style}`) }));
  const difficulties = DIFFICULTIES.map((difficulty) => ({
    value: difficulty,
    label: t(`difficulties.${difficulty}`),
  }));
  const formats = OUTPUT_FORMATS.map((format) => ({ value: format, label: t(`formats.${format}`) }));
  const strategies = CONTENT_STRATEGIES.map((strategy) => ({ value: strategy, label: t(`strategies.${strategy}`) }));
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      {/* The course is most likely to be in the language in which its author reads this page. */}
      <Choice form={form} name="language" options={languages} start={locale} />
      <Choice form={form} name="style" options={styles} />
      <Choice form={form} name="difficulty" options={difficulties} />
      <Choice form={form} name="content_strategy" options={strategies} />
      <Choice form={form} name="output_formats" options={formats} />
    </div>
  );
}

/** How long it is. */
export function SizeFields({ form }: GroupProps) {
  const t = useTranslations('brief');
  const tCommon = useTranslations('common');
  const minutes = LESSON_DURATIONS_MINUTES.map((count) => ({
    value: String(count),
    label: tCommon('minutes', { count }),
  }));
  const count = (name: 'estimated_sections' | 'estimated_lessons', max: number) => (
    <Field label={t(name)} hint={t('countHint')} error={form.errorOf(name)}>
      {(control) => <Input {...control} {...form.control(name)} type="number" inputMode="numeric" min={1} max={max} />}
    </Field>
  );
  return (
    <div className="grid gap-5 sm:grid-cols-3">
      {count('estimated_sections', BRIEF_LIMITS.sectionsMax)}
      {count('estimated_lessons', BRIEF_LIMITS.lessonsMax)}
      <Choice form={form} name="lesson_duration_minutes" options={minutes} start="5" />
    </div>
  );
}

interface ChoiceProps extends GroupProps {
  readonly name:
    | 'language'
    | 'style'
    | 'difficulty'
    | 'content_strategy'
    | 'lesson_duration_minutes'
    | 'output_formats';
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly start?: string;
}

function Choice({ form, name, options, start }: ChoiceProps) {
  const t = useTranslations('brief');
  return (
    <Field label={t(name)} error={form.errorOf(name)}>
      {(control) => (
        <Select {...control} {...form.control(name, start ?? options[0]?.value)}>
          {options.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
