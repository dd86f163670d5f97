'use client';

import { Copy, ExternalLink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { Input } from '@/ui/input.tsx';
import { toast } from '@/ui/toast.ts';

interface ShareLinkProps {
  readonly token: string;
  readonly isPending: boolean;
  readonly onWithdraw: () => void;
}

/** The link itself, to be copied, opened, or withdrawn after a question. */
export function ShareLink({ token, isPending, onWithdraw }: ShareLinkProps) {
  const t = useTranslations('share');
  const [isAsking, setAsking] = useState(false);
  const url = `${window.location.origin}/share/${token}`;

  async function copy() {
    try {
      await navigator.clipboard.writeText(url);
      toast.success(t('copied'));
    } catch {
      toast.error(t('notCopied'));
    }
  }

  return (
    <div className="space-y-4">
      <Field label={t('link')}>
        {(control) => <Input {...control} readOnly value={url} onFocus={(event) => event.target.select()} />}
      </Field>
      <div className="flex flex-wrap gap-3">
        <Button onClick={() => void copy()}>
          <Copy aria-hidden />
          {t('copy')}
        </Button>
        <Button asChild variant="secondary">
          <a href={url} target="_blank" rel="noopener">
            <ExternalLink aria-hidden />
            {t('look')}
          </a>
        </Button>
      </div>
      <div className="space-y-3 border-t pt-4">
        {isAsking ? (
          <div role="alert" className="space-y-3">
            <p className="leading-relaxed">{t('withdrawText')}</p>
            <div className="flex flex-wrap gap-3">
              <Button variant="danger" pending={isPending} onClick={onWithdraw}>
                {t('withdrawConfirm')}
              </Button>
              <Button variant="secondary" onClick={() => setAsking(false)}>
                {t('keep')}
              </Button>
            </div>
          </div>
        ) : (
          <Button variant="ghost" onClick={() => setAsking(true)}>
            {t('withdraw')}
          </Button>
        )}
      </div>
    </div>
  );
}
