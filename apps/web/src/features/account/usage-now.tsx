import type { Tier } from '@megacampus/domain/tiers';
import { tierPolicy } from '@megacampus/domain/tiers';
import { useTranslations } from 'next-intl';
import type { SessionUser } from '@/features/session/session-user.ts';
import { Alert } from '@/ui/alert.tsx';
import { Link } from '@/ui/link.tsx';
import { loadUsage, type RunningCourse, type Usage } from './load-usage.ts';

interface UsageNowProps {
  readonly user: SessionUser;
  readonly tier: Tier;
}

/** What the user has in flight against the limit of the tier, and whether the system has room. @throws UnavailableFault */
export async function UsageNow({ user, tier }: UsageNowProps) {
  const usage = await loadUsage(user);
  return <UsageView {...usage} limit={tierPolicy(tier).concurrentGenerations} />;
}

function UsageView({ running, system, limit }: Usage & { readonly limit: number }) {
  const t = useTranslations('account');
  const isFull = running.length >= limit;
  return (
    <div className="space-y-4">
      <p className="font-medium">{t('inFlight', { count: running.length, limit })}</p>
      {running.length > 0 ? (
        <ul className="divide-y rounded-lg border">
          {running.map((course) => (
            <Running key={course.slug} course={course} />
          ))}
        </ul>
      ) : null}
      {isFull ? <p className="text-muted-foreground text-sm leading-relaxed">{t('userFull')}</p> : null}
      <SystemState system={system} />
    </div>
  );
}

function Running({ course }: { readonly course: RunningCourse }) {
  const t = useTranslations('account');
  const tStatus = useTranslations('status');
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-4 py-3">
      <Link
        href={`/courses/${course.slug}`}
        className="min-w-0 break-words font-medium text-primary underline underline-offset-4"
      >
        {course.title}
      </Link>
      <span className="text-muted-foreground text-sm tabular-nums">
        {t('runningState', { state: tStatus(course.status), percentage: course.percentage })}
      </span>
    </li>
  );
}

function SystemState({ system }: Pick<Usage, 'system'>) {
  const t = useTranslations('account');
  if (system === null) return <Alert tone="warning">{t('systemUnknown')}</Alert>;
  if (system.inFlight >= system.limit) {
    return (
      <Alert tone="warning" title={t('systemFullTitle')}>
        {t('systemFullText', { limit: system.limit })}
      </Alert>
    );
  }
  return <p className="text-muted-foreground text-sm leading-relaxed">{t('systemFree')}</p>;
}
