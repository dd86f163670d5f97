'use client';

import { Sparkles } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { generateAnswer } from '@/api-client/answers.ts';
import { type ApiAnswer, callApi } from '@/api-client/call-api.ts';
import { useUploads } from '@/features/documents/uploads-context.tsx';
import { Button } from '@/ui/button.tsx';
import type { Refusal } from './refusal.ts';
import { RefusalAlert } from './refusal-alert.tsx';

interface GenerateButtonProps {
  readonly courseId: string;
  readonly label: string;
  readonly variant?: 'primary' | 'secondary';
}

/** What can't even be explained, because the page is cut off from its server, is a matter of the network. */
async function explain(answer: Exclude<ApiAnswer<unknown>, { kind: 'ok' }>): Promise<Refusal> {
  const { readRefusal } = await import('./refusal.ts').catch(() => ({
    readRefusal: () => ({ kind: 'network' }) as const,
  }));
  return readRefusal(answer);
}

export function GenerateButton({ courseId, label, variant = 'primary' }: GenerateButtonProps) {
  const t = useTranslations('course');
  const router = useRouter();
  const { isUploading } = useUploads();
  const [isAsking, setAsking] = useState(false);
  const [isRefreshing, startTransition] = useTransition();
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  async function generate() {
    setAsking(true);
    setRefusal(null);
    const answer = await callApi('/api/coursegen/generate', {
      method: 'POST',
      body: { courseId },
      answer: generateAnswer,
    });
    setAsking(false);
    const refused = answer.kind === 'ok' ? null : await explain(answer);
    setRefusal(refused);
    if (refused === null || ['conflict', 'signedOut', 'gone'].includes(refused.kind)) {
      startTransition(() => router.refresh());
    }
  }

  return (
    <div className="space-y-4">
      {refusal ? <RefusalAlert key={JSON.stringify(refusal)} refusal={refusal} /> : null}
      <Button
        variant={variant}
        size="large"
        className="w-full"
        pending={isAsking || isRefreshing}
        disabled={isUploading}
        onClick={() => void generate()}
      >
        {isAsking || isRefreshing ? null : <Sparkles aria-hidden />}
        {label}
      </Button>
      {isUploading ? <p className="text-sm text-muted-foreground">{t('uploadsRunning')}</p> : null}
    </div>
  );
}
