'use client';

import type { QuizResult } from '@megacampus/db/reading';
import { useTranslations } from 'next-intl';
import { type ReactNode, type SyntheticEvent, useRef, useState, useTransition } from 'react';
import { saveQuizAnswers } from '@/features/reading/actions.ts';
import { Alert } from '@/ui/alert.tsx';
import { Button } from '@/ui/button.tsx';
import { Question } from './question.tsx';
import { type Given, isAnswered, isRight, type QuizQuestionView } from './quiz-view.ts';

type Answers = Readonly<Record<string, Given>>;

interface QuizProps {
  readonly questions: readonly QuizQuestionView[];
  /** Whose result is kept; null where none is. */
  readonly lessonId: string | null;
  /** The result of earlier tries. */
  readonly kept: QuizResult | null;
}

/**
 * The lesson's questions: answer, check, see the score and why, try again. The answers are read from the form when
 * they are checked, so that what is chosen before the page's scripts have loaded counts.
 */
export function Quiz({ questions, lessonId, kept }: QuizProps) {
  const t = useTranslations('quiz');
  const form = useRef<HTMLFormElement>(null);
  const [checked, setChecked] = useState<Answers | null>(null);
  const [missing, setMissing] = useState(0);
  const { result, isLost, keep } = useKeptResult(lessonId, kept);

  function check(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    const answers = readAnswers(event.currentTarget, questions);
    const unanswered = questions.filter((question) => !isAnswered(answers[question.id]));
    setMissing(unanswered.length);
    if (unanswered.length > 0) return focusOn(event.currentTarget, unanswered[0]?.id);
    setChecked(answers);
    keep(answers);
  }

  function again() {
    setChecked(null);
    form.current?.reset();
    requestAnimationFrame(() => focusOn(form.current, questions[0]?.id));
  }

  return (
    <form ref={form} onSubmit={check} className="space-y-6" noValidate>
      {result && !checked ? (
        <p className="text-muted-foreground text-sm">{t('best', { right: result.best, total: result.total })}</p>
      ) : null}
      {questions.map((question, index) => (
        <Question key={question.id} number={index + 1} question={question} checked={checked?.[question.id] ?? null} />
      ))}
      {missing > 0 ? (
        <Alert tone="warning" announce>
          {t('unanswered', { count: missing })}
        </Alert>
      ) : null}
      {checked ? (
        <Score right={questions.filter((q) => isRight(q, checked[q.id])).length} total={questions.length}>
          {result && result.best > result.last ? ` ${t('best', { right: result.best, total: result.total })}` : null}
          {isLost ? ` ${t('notKept')}` : null}
        </Score>
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

/** The result as the server keeps it. */
function useKeptResult(lessonId: string | null, kept: QuizResult | null) {
  const [result, setResult] = useState(kept);
  const [isLost, setLost] = useState(false);
  const [, startTransition] = useTransition();
  const keep = (answers: Answers) => {
    if (lessonId === null) return;
    startTransition(async () => {
      const saved = await saveQuizAnswers(lessonId, answers).catch(() => null);
      startTransition(() => {
        setLost(saved === null);
        if (saved !== null) setResult(saved);
      });
    });
  };
  return { result, isLost, keep };
}

interface ScoreProps {
  readonly right: number;
  readonly total: number;
  readonly children: ReactNode;
}

function Score({ right, total, children }: ScoreProps) {
  const t = useTranslations('quiz');
  return (
    <Alert tone={right === total ? 'success' : 'info'} title={t('score', { right, total })} announce>
      {t(right === total ? 'scoreAll' : 'scoreSome')}
      {children}
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
