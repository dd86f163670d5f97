'use client';

import { useTranslations } from 'next-intl';
import { type SyntheticEvent, useRef, useState } from 'react';
import { Alert } from '@/ui/alert.tsx';
import { Button } from '@/ui/button.tsx';
import { Question } from './question.tsx';
import { type Given, isAnswered, isRight, type QuizQuestionView } from './quiz-view.ts';

type Answers = Readonly<Record<string, Given>>;

/**
 * The lesson's questions: answer, check, see the score and why, try again. The answers are read from the form when
 * they are checked, so that what is chosen before the page's scripts have loaded counts.
 */
export function Quiz({ questions }: { readonly questions: readonly QuizQuestionView[] }) {
  const t = useTranslations('quiz');
  const form = useRef<HTMLFormElement>(null);
  const [checked, setChecked] = useState<Answers | null>(null);
  const [missing, setMissing] = useState(0);

  function check(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    const answers = readAnswers(event.currentTarget, questions);
    const unanswered = questions.filter((question) => !isAnswered(answers[question.id]));
    setMissing(unanswered.length);
    if (unanswered.length === 0) return setChecked(answers);
    focusOn(event.currentTarget, unanswered[0]?.id);
  }

  function again() {
    setChecked(null);
    form.current?.reset();
    requestAnimationFrame(() => focusOn(form.current, questions[0]?.id));
  }

  return (
    <form ref={form} onSubmit={check} className="space-y-6" noValidate>
      {questions.map((question, index) => (
        <Question key={question.id} number={index + 1} question={question} checked={checked?.[question.id] ?? null} />
      ))}
      {missing > 0 ? (
        <Alert tone="warning" announce>
          {t('unanswered', { count: missing })}
        </Alert>
      ) : null}
      {checked ? (
        <Score right={questions.filter((q) => isRight(q, checked[q.id])).length} total={questions.length} />
      ) : null}
      {checked ? (
        <Button key="again" variant="secondary" onClick={again}>
          {t('again')}
        </Button>
      ) : (
        <Button key="check" type="submit">
          {t('check')}
        </Button>
      )}
    </form>
  );
}

function Score({ right, total }: { readonly right: number; readonly total: number }) {
  const t = useTranslations('quiz');
  return (
    <Alert tone={right === total ? 'success' : 'info'} title={t('score', { right, total })} announce>
      {t(right === total ? 'scoreAll' : 'scoreSome')}
    </Alert>
  );
}

function readAnswers(form: HTMLFormElement, questions: readonly QuizQuestionView[]): Answers {
  const data = new FormData(form);
  return Object.fromEntries(
    questions.map(({ id, kind }) => [id, kind === 'short' ? String(data.get(id) ?? '') : data.getAll(id).map(Number)]),
  );
}

function focusOn(form: HTMLFormElement | null, questionId: string | undefined): void {
  form?.querySelector<HTMLElement>(`[name="${questionId}"]`)?.focus();
}
