import { type Messages, NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';

interface ClientMessagesProps {
  /** The parts of the message file that client components below use; only these are sent to the browser. */
  readonly of: readonly (keyof Messages)[];
  readonly children: ReactNode;
}

/** Hands client components their texts without sending every page's texts to every page. */
export async function ClientMessages({ of, children }: ClientMessagesProps) {
  const all = await getMessages();
  const wanted = new Set<string>(['common', ...of]);
  const messages = Object.fromEntries(Object.entries(all).filter(([name]) => wanted.has(name)));
  return <NextIntlClientProvider messages={messages}>{children}</NextIntlClientProvider>;
}
