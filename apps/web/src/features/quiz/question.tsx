'use client';

import { useTranslations } from 'next-intl';
import { Badge } from '@/ui/badge.tsx';
import { Input } from '@/ui/input.tsx';
import { OptionList } from './option-list.tsx';
import { type Given, isRight, type QuizQuestionView } from './quiz-view.ts';

interface QuestionProps {
  readonly number: number;
  readonly question: QuizQuestionView;
  /** The answer that has been checked; null while there is still something to answer. */
  readonly checked: Given | null;
}

export function Question({ number, question, checked }: QuestionProps) {
  const t = useTranslations('quiz');
  return (
    <fieldset className="rounded-xl border bg-card p-5" disabled={checked !== null}>
      <legend className="contents">
        <span className="mb-1 flex items-center justify-between gap-3 text-muted-foreground text-sm">
          {t('question', { number })}
          {checked === null ? null : <Verdict isRight={isRight(question, checked)} />}
        </span>
        <span className="block font-medium leading-relaxed">{question.prompt}</span>
      </legend>
      <div className="mt-3">
        {question.kind === 'short' ? (
          <Input name={question.id} aria-label={t('typeAnswer')} autoComplete="off" />
        ) : (
          <OptionList question={question} checked={checked} />
        )}
      </div>
      {checked === null ? null : <Answer question={question} checked={checked} />}
    </fieldset>
  );
}

function Verdict({ isRight }: { readonly isRight: boolean }) {
  const t = useTranslations('quiz');
  return <Badge tone={isRight ? 'success' : 'danger'}>{t(isRight ? 'right' : 'wrong')}</Badge>;
}

function Answer({ question, checked }: { readonly question: QuizQuestionView; readonly checked: Given }) {
  const t = useTranslations('quiz');
  const { answer, explanation } = question;
  // Right options are marked where they stand.
  const hasToBeSaid = typeof answer === 'string' && !isRight(question, checked);
  if (!hasToBeSaid && explanation === '') return null;
  return (
    <div className="mt-3 space-y-1 border-t pt-3 text-sm leading-relaxed">
      {hasToBeSaid ? <p className="font-medium">{t('rightAnswer', { answer })}</p> : null}
      {explanation ? <p className="text-muted-foreground">{explanation}</p> : null}
    </div>
  );
}
