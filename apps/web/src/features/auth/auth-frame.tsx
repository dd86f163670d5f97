import type { ReactNode } from 'react';
import { PageFrame } from '@/features/shell/page-frame.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Card } from '@/ui/card.tsx';

interface AuthFrameProps {
  readonly title: string;
  readonly lead: ReactNode;
  /** The form. */
  readonly children: ReactNode;
  /** Under the form: other ways on. */
  readonly footer?: ReactNode;
}

/** The narrow page around a form about signing in. */
export function AuthFrame({ title, lead, children, footer }: AuthFrameProps) {
  return (
    <PageFrame width="narrow">
      <h1 className="font-semibold text-2xl">{title}</h1>
      <p className="mt-1.5 text-muted-foreground leading-relaxed">{lead}</p>
      <Card className="mt-6">
        <ClientMessages of={['auth', 'validation']}>{children}</ClientMessages>
      </Card>
      {footer ? <div className="mt-6 space-y-3 text-center text-sm">{footer}</div> : null}
    </PageFrame>
  );
}

export const authLinkStyles = 'font-medium text-primary underline underline-offset-4';
