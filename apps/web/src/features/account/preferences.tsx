import { cookies } from 'next/headers';
import { getLocale, getTranslations } from 'next-intl/server';
import { chooseLocale, chooseTheme } from '@/features/preferences/actions.ts';
import { isTheme, THEME_COOKIE, THEME_LABELS, THEMES } from '@/features/preferences/theme.ts';
import { LOCALE_NAMES, LOCALES } from '@/i18n/locales.ts';
import { Button } from '@/ui/button.tsx';

interface Choice {
  readonly key: string;
  readonly label: string;
  readonly lang?: string;
  readonly isChosen: boolean;
  readonly choose: () => Promise<void>;
}

/** Language and theme as plain forms: unlike the menus of the header they work without scripts. */
export async function Preferences() {
  const [t, locale, store] = await Promise.all([getTranslations('common'), getLocale(), cookies()]);
  const kept = store.get(THEME_COOKIE)?.value;
  const theme = isTheme(kept) ? kept : 'system';
  const languages = LOCALES.map((choice) => ({
    key: choice,
    label: LOCALE_NAMES[choice],
    lang: choice,
    isChosen: choice === locale,
    choose: chooseLocale.bind(null, choice),
  }));
  const themes = THEMES.map((choice) => ({
    key: choice,
    label: t(THEME_LABELS[choice]),
    isChosen: choice === theme,
    choose: chooseTheme.bind(null, choice),
  }));
  return (
    <>
      <Choices legend={t('language')} choices={languages} />
      <Choices legend={t('theme')} choices={themes} />
    </>
  );
}

function Choices({ legend, choices }: { readonly legend: string; readonly choices: readonly Choice[] }) {
  return (
    <form>
      <fieldset>
        <legend className="mb-2 font-medium text-sm">{legend}</legend>
        <div className="flex flex-wrap gap-2">
          {choices.map(({ key, label, lang, isChosen, choose }) => (
            <Button
              key={key}
              type="submit"
              formAction={choose}
              variant={isChosen ? 'primary' : 'secondary'}
              aria-pressed={isChosen}
              lang={lang}
            >
              {label}
            </Button>
          ))}
        </div>
      </fieldset>
    </form>
  );
}
