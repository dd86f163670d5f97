import { useTranslations } from 'next-intl';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { Input, Select } from '@/ui/input.tsx';

export interface FilterChoice {
  readonly name: string;
  readonly label: string;
  readonly value: string | null;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

interface FiltersProps {
  readonly search?: { readonly label: string; readonly value: string | null };
  readonly choices: readonly FilterChoice[];
}

/** A form that asks for the same page with other parameters; needs no script. */
export function Filters({ search, choices }: FiltersProps) {
  const t = useTranslations('admin');
  return (
    <form className="mb-6 grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-4">
      {search ? (
        <div className="sm:col-span-2 lg:col-span-4">
          <Field label={search.label}>
            {(control) => (
              <Input {...control} type="search" name="q" defaultValue={search.value ?? ''} maxLength={200} />
            )}
          </Field>
        </div>
      ) : null}
      {choices.map((choice) => (
        <Field key={choice.name} label={choice.label}>
          {(control) => (
            <Select {...control} name={choice.name} defaultValue={choice.value ?? ''}>
              <option value="">{t('any')}</option>
              {choice.options.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      ))}
      <Button type="submit">{t('show')}</Button>
    </form>
  );
}
