import { type GenerationUsage, loadGenerationUsage, type UsageSums } from '@megacampus/db/usage';
import { useFormatter, useTranslations } from 'next-intl';
import { type ContentView, lessonsOf } from '@/features/reader/content-view.ts';
import type { SessionUser } from '@/features/session/session-user.ts';
import { Fold } from '@/ui/fold.tsx';

interface UsageBlockProps {
  readonly db: SessionUser['db'];
  readonly content: ContentView;
}

/** What the language model used for this version of the course; nothing where none was asked. @throws UnavailableFault */
export async function UsageBlock({ db, content }: UsageBlockProps) {
  const usage = await loadGenerationUsage(db, content.generationId);
  return usage === null ? null : <UsageFold usage={usage} content={content} />;
}

function UsageFold({ usage, content }: { readonly usage: GenerationUsage; readonly content: ContentView }) {
  const t = useTranslations('usage');
  const format = useFormatter();
  const { total, course, lessons } = usage;
  const byPosition = new Map(lessons.map((lesson) => [lesson.position, lesson]));
  const withCost = total.cost !== null;
  const tokens = total.inputTokens + total.outputTokens;
  const head = 'py-2 pr-4 text-right font-normal';
  return (
    <Fold title={t('title')}>
      <div className="space-y-3 text-sm">
        <p>
          {t('summary', { requests: total.requests, tokens })}
          {total.cost === null ? null : ` ${t('cost', { cost: formatCost(total.cost, format) })}`}
        </p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways on narrow screens, by keyboard too */}
        <section className="overflow-x-auto" tabIndex={0} aria-label={t('title')}>
          <table className="w-full min-w-lg">
            <thead className="text-muted-foreground">
              <tr>
                <th scope="col" className="py-2 pr-4 text-left font-normal">
                  {t('part')}
                </th>
                <th scope="col" className={head}>
                  {t('requests')}
                </th>
                <th scope="col" className={head}>
                  {t('input')}
                </th>
                <th scope="col" className={head}>
                  {t('output')}
                </th>
                {withCost ? (
                  <th scope="col" className="py-2 text-right font-normal">
                    {t('costColumn')}
                  </th>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {course === null ? null : <Row position={null} name={t('course')} sums={course} withCost={withCost} />}
              {lessonsOf(content).map(({ position, title }) => {
                const sums = byPosition.get(position);
                return sums ? (
                  <Row key={position} position={position} name={title} sums={sums} withCost={withCost} />
                ) : null;
              })}
            </tbody>
          </table>
        </section>
        {withCost && !total.hasWholeCost ? <p className="text-muted-foreground">{t('partCost')}</p> : null}
        {total.isEstimated ? <p className="text-muted-foreground">{t('estimated')}</p> : null}
      </div>
    </Fold>
  );
}

interface RowProps {
  /** Of the lesson, as in the contents. */
  readonly position: number | null;
  readonly name: string;
  readonly sums: UsageSums;
  readonly withCost: boolean;
}

function Row({ position, name, sums, withCost }: RowProps) {
  const format = useFormatter();
  const cell = 'py-2 pr-4 text-right align-top tabular-nums';
  return (
    <tr className="border-t">
      <th scope="row" className="break-words py-2 pr-4 text-left align-top font-normal">
        {position === null ? null : <span className="mr-3 text-muted-foreground tabular-nums">{position}</span>}
        {name}
      </th>
      <td className={cell}>{format.number(sums.requests)}</td>
      <td className={cell}>{format.number(sums.inputTokens)}</td>
      <td className={cell}>{format.number(sums.outputTokens)}</td>
      {withCost ? (
        <td className="py-2 text-right align-top tabular-nums">
          {sums.cost === null ? '–' : formatCost(sums.cost, format)}
        </td>
      ) : null}
    </tr>
  );
}

/** Parts of a cent matter where a lesson costs less than one. */
function formatCost(cost: number, format: ReturnType<typeof useFormatter>): string {
  return format.number(cost, { minimumFractionDigits: 2, maximumFractionDigits: 4 });
}
