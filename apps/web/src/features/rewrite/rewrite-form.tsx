'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { z } from 'zod';
import { callApi } from '@/api-client/call-api.ts';
import { type Refusal, readRefusal } from '@/features/generate/refusal.ts';
import { RefusalAlert } from '@/features/generate/refusal-alert.tsx';
import { Alert } from '@/ui/alert.tsx';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { Textarea } from '@/ui/input.tsx';

/** Longest wish, in characters; as the database has it. */
const INSTRUCTION_MAX = 1_000;

/** That it was admitted is all that is asked. */
const answerSchema = z.object({});

const EXAMPLES = ['exampleSimpler', 'exampleShorter', 'exampleExamples', 'examplePractice'] as const;

interface RewriteFormProps {
  readonly slug: string;
  readonly lessonId: string;
  readonly isFailed: boolean;
}

/** What the lesson should be like, with examples to begin from. */
export default function RewriteForm({ slug, lessonId, isFailed }: RewriteFormProps) {
  const t = useTranslations('rewrite');
  const router = useRouter();
  const [instruction, setInstruction] = useState('');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isPending, startTransition] = useTransition();

  function send() {
    startTransition(async () => {
      const answer = await callApi(`/api/courses/${encodeURIComponent(slug)}/lessons/${lessonId}/regenerate`, {
        method: 'POST',
        body: instruction.trim() === '' ? {} : { instruction: instruction.trim() },
        answer: async () => answerSchema,
      });
      const refused = answer.kind === 'ok' ? null : readRefusal(answer);
      startTransition(() => {
        setRefusal(refused);
        // The page then shows what is going on, here or in another tab.
        if (refused === null) router.refresh();
      });
    });
  }

  return (
    <div className="space-y-4">
      <p className="text-muted-foreground leading-relaxed">{t(isFailed ? 'explanationFailed' : 'explanation')}</p>
      <Field label={t('wishLabel')} hint={t('wishHint')}>
        {(control) => (
          <Textarea
            {...control}
            rows={4}
            maxLength={INSTRUCTION_MAX}
            value={instruction}
            onChange={(event) => setInstruction(event.target.value)}
          />
        )}
      </Field>
      <ul aria-label={t('examples')} className="flex flex-wrap gap-2">
        {EXAMPLES.map((example) => (
          <li key={example}>
            <Button
              variant="secondary"
              size="small"
              className="rounded-full!"
              onClick={() => setInstruction(t(example))}
            >
              {t(example)}
            </Button>
          </li>
        ))}
      </ul>
      {refusal?.kind === 'conflict' ? (
        <Alert tone="warning" title={t('conflictTitle')} announce>
          {t('conflictText')}
        </Alert>
      ) : null}
      {refusal && refusal.kind !== 'conflict' ? <RefusalAlert key={JSON.stringify(refusal)} refusal={refusal} /> : null}
      <Button pending={isPending} onClick={send}>
        {t('send')}
      </Button>
    </div>
  );
}
