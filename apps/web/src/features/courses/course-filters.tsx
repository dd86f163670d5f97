import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { Input, Select } from '@/ui/input.tsx';
import { COURSE_FILTERS, COURSE_SORTS, type CourseQuery, SEARCH_MAX } from './course-query.ts';

/** Search, filter and order. A plain form that asks for an address: it works without scripts. */
export function CourseFilters({ query }: { readonly query: CourseQuery }) {
  const t = useTranslations('courses');
  return (
    <search>
      <form
        key={JSON.stringify(query)}
        action="/courses"
        className="mb-6 grid grid-cols-[2fr_3fr] items-end gap-3 max-sm:*:first:col-span-2 max-sm:*:last:col-span-2 sm:grid-cols-[1fr_auto_auto_auto] max-sm:[&_label]:sr-only"
      >
        <Field label={t('search')}>
          {(control) => (
            <Input
              {...control}
              name="q"
              type="search"
              defaultValue={query.search}
              maxLength={SEARCH_MAX}
              // On a phone it stands for the label, which would take a line.
              placeholder={t('search')}
              className="sm:placeholder:text-transparent"
            />
          )}
        </Field>
        <Field label={t('filter')}>
          {(control) => (
            <Select {...control} name="state" defaultValue={query.filter}>
              {COURSE_FILTERS.map((filter) => (
                <option key={filter} value={filter}>
                  {t(`filters.${filter}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('sort')}>
          {(control) => (
            <Select {...control} name="sort" defaultValue={query.sort}>
              {COURSE_SORTS.map((sort) => (
                <option key={sort} value={sort}>
                  {t(`sorts.${sort}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Button type="submit" variant="secondary">
          <Search aria-hidden />
          {t('show')}
        </Button>
      </form>
    </search>
  );
}
