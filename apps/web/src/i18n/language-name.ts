/** What a language is called in another (`en` in `ru`: the Russian word for English), with a capital letter. */
export function languageName(language: string, inLocale: string): string {
  const name = new Intl.DisplayNames([inLocale], { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(inLocale) + name.slice(1);
}
