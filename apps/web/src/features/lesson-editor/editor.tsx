'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useState, useTransition } from 'react';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { Input, Textarea } from '@/ui/input.tsx';
import { Link } from '@/ui/link.tsx';
import { toast } from '@/ui/toast.ts';
import { type EditOutcome, saveLesson } from './actions.tsx';
import { EditProblem } from './edit-problem.tsx';
import { Preview } from './preview.tsx';
import { useUnsavedGuard } from './use-unsaved-guard.ts';

interface EditorProps {
  readonly lessonId: string;
  readonly title: string;
  readonly content: string;
  readonly version: number;
  /** The lesson's page. */
  readonly href: string;
}

/** A lesson's title and Markdown to be edited, with a look at what it will be. */
export function Editor({ lessonId, title: oldTitle, content: oldContent, version, href }: EditorProps) {
  const t = useTranslations('editor');
  const router = useRouter();
  const [title, setTitle] = useState(oldTitle);
  const [content, setContent] = useState(oldContent);
  const [isPreview, setPreview] = useState(false);
  const [problem, setProblem] = useState<EditOutcome | null>(null);
  const [isSaved, setSaved] = useState(false);
  const [isPending, startTransition] = useTransition();
  useUnsavedGuard(!isSaved && (title !== oldTitle || content !== oldContent), t('leave'));

  function save(expectedVersion: number) {
    if (isPending) return;
    startTransition(async () => {
      const outcome = await saveLesson({ lessonId, expectedVersion, title, content }).catch(
        (): EditOutcome => ({ outcome: 'failed' }),
      );
      startTransition(() => {
        setProblem(outcome.outcome === 'saved' ? null : outcome);
        if (outcome.outcome !== 'saved') return;
        setSaved(true);
        toast.success(t('saved'));
        router.push(href);
      });
    });
  }

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.code !== 'KeyS' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    save(version);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);

  return (
    <div className="space-y-6">
      <Field label={t('lessonTitle')}>
        {(control) => <Input {...control} value={title} onChange={(event) => setTitle(event.target.value)} />}
      </Field>
      <div className="flex gap-2">
        <Button variant={isPreview ? 'ghost' : 'secondary'} aria-pressed={!isPreview} onClick={() => setPreview(false)}>
          {t('write')}
        </Button>
        <Button variant={isPreview ? 'secondary' : 'ghost'} aria-pressed={isPreview} onClick={() => setPreview(true)}>
          {t('preview')}
        </Button>
      </div>
      {isPreview ? (
        <Preview content={content} />
      ) : (
        <Field label={t('text')} hint={t('textHint')}>
          {(control) => (
            <Textarea
              {...control}
              rows={24}
              value={content}
              onChange={(event) => setContent(event.target.value)}
              className="font-mono"
            />
          )}
        </Field>
      )}
      {problem ? <EditProblem problem={problem} href={href} onOverwrite={save} /> : null}
      <div className="flex flex-wrap items-center gap-3">
        <Button pending={isPending} onClick={() => save(version)}>
          {t('save')}
        </Button>
        <Button asChild variant="ghost">
          <Link href={href}>{t('cancel')}</Link>
        </Button>
        <span className="hidden text-muted-foreground text-sm [@media(hover:hover)]:inline">{t('keys')}</span>
      </div>
    </div>
  );
}
