'use client';

import { Check, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/ui/class-names.ts';
import type { Given, QuizQuestionView } from './quiz-view.ts';

interface OptionListProps {
  readonly question: QuizQuestionView;
  readonly checked: Given | null;
}

/** The options of a question: one to choose, or several. Once checked, the right ones and the mistakes are marked. */
export function OptionList({ question, checked }: OptionListProps) {
  const t = useTranslations('quiz');
  const isMultiple = question.kind === 'multiple';
  const rightOnes = typeof question.answer === 'string' ? [] : question.answer;
  return (
    <div className="space-y-2">
      <p className="text-muted-foreground text-sm">{t(isMultiple ? 'chooseMany' : 'chooseOne')}</p>
      {question.options.map((option, index) => {
        const mark = checked === null ? null : markOf(rightOnes.includes(index), checked, index);
        return (
          <label
            key={option}
            className={cn(
              'flex min-h-11 items-start gap-3 rounded-lg border px-3 py-2.5 has-focus-visible:outline-2 has-focus-visible:outline-ring',
              mark === null && 'has-checked:border-primary',
              mark === 'right' && 'border-success bg-success-soft has-checked:border-success',
              mark === 'wrong' && 'border-danger bg-danger-soft has-checked:border-danger',
              checked === null ? 'cursor-pointer' : 'cursor-default',
            )}
          >
            <input
              type={isMultiple ? 'checkbox' : 'radio'}
              name={question.id}
              value={index}
              className="mt-1 size-4 shrink-0 accent-primary outline-none"
            />
            <span className="flex-1 leading-relaxed">{option}</span>
            {mark === 'right' ? <Check className="mt-1 size-4 text-success" aria-label={t('right')} /> : null}
            {mark === 'wrong' ? <X className="mt-1 size-4 text-danger" aria-label={t('wrong')} /> : null}
          </label>
        );
      })}
    </div>
  );
}

function markOf(isRight: boolean, checked: Given, index: number): 'right' | 'wrong' | null {
  if (isRight) return 'right';
  return typeof checked !== 'string' && checked.includes(index) ? 'wrong' : null;
}
