type Values = Readonly<Record<string, string>>;

/**
 * What has been typed into a form, kept in this tab of the browser: a reload, a crash of the page or a sign-in in between
 * loses nothing, and nothing is sent anywhere. Where the browser keeps nothing it does nothing.
 */
export const draftStore = {
  read(key: string): Values {
    try {
      const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '{}');
      const entries = Object.entries(kept as object).filter((entry): entry is [string, string] => {
        return typeof entry[1] === 'string';
      });
      return Object.fromEntries(entries);
    } catch {
      return {};
    }
  },
  /** Nothing to keep: nothing is kept. */
  write(key: string, values: Values): void {
    try {
      if (Object.keys(values).length === 0) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify(values));
    } catch {
      // Full, or not allowed.
    }
  },
};
