import type { LocalStackOptions } from '@megacampus/stack/local-stack';
import { waitFor } from './wait-for.ts';

/** The mails of a stack of a test's own, which prints them instead of sending them. */
export interface Mailbox {
  /** To be given to the stack. */
  readonly log: LocalStackOptions['log'];
  /** Path and query of the link in the next mail to this address; each mail is taken once. */
  takeLink(email: string): Promise<string>;
  /** Links that have come for this address and were not taken. */
  linksTo(email: string): readonly string[];
}

export function createMailbox(): Mailbox {
  const waiting: { readonly to: string; readonly link: string }[] = [];
  let to = '';
  return {
    log(source, line) {
      if (source !== 'supabase') return;
      const [, header, value = ''] = /^(To|Subject): (.*)$/.exec(line) ?? [];
      if (header === 'To') to = value;
      if (header === 'Subject') waiting.push({ to, link: value });
    },
    async takeLink(email) {
      const mail = await waitFor(() => waiting.find((one) => one.to === email), { what: `a mail to ${email}` });
      waiting.splice(waiting.indexOf(mail), 1);
      const { pathname, search } = new URL(mail.link);
      return `${pathname}${search}`;
    },
    linksTo: (email) => waiting.filter((mail) => mail.to === email).map(({ link }) => link),
  };
}
