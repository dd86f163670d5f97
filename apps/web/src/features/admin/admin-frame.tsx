import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { PageFrame } from '@/features/shell/page-frame.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Button } from '@/ui/button.tsx';
import { Link } from '@/ui/link.tsx';

const PAGES = { overview: '/admin', generations: '/admin/generations', users: '/admin/users', events: '/admin/events' };

interface AdminFrameProps {
  readonly page: keyof typeof PAGES;
  readonly title?: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** What all pages of the admin have in common: the way between them, the heading, the messages. */
export async function AdminFrame({ page, title, action, children }: AdminFrameProps) {
  const t = await getTranslations('admin');
  return (
    <ClientMessages of={['admin']}>
      <PageFrame>
        <nav aria-label={t('navigation')} className="-mx-2 mb-6 flex flex-wrap gap-1">
          {Object.entries(PAGES).map(([name, href]) => (
            <Button key={name} asChild variant="ghost" size="small" className="aria-[current]:bg-muted">
              <Link href={href} aria-current={name === page ? 'page' : undefined}>
                {t(`pages.${name as keyof typeof PAGES}`)}
              </Link>
            </Button>
          ))}
          <Button asChild variant="ghost" size="small">
            {/* Not a Link: it would be fetched ahead, and with it the ticket. */}
            <a href="/admin/queues">{t('bullBoard')}</a>
          </Button>
        </nav>
        <div className="mb-6 flex flex-wrap items-center justify-between gap-3">
          <h1 className="min-w-0 font-semibold text-3xl">{title ?? t(`pages.${page}`)}</h1>
          {action}
        </div>
        {children}
      </PageFrame>
    </ClientMessages>
  );
}
