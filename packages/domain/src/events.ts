/** `system_metrics.event_type`. */
export const METRIC_EVENTS = [
  'job_rollback',
  'orphaned_job_recovery',
  'concurrency_limit_hit',
  'worker_timeout',
  'rpc_retry_exhausted',
  'duplicate_job_detected',
] as const;
export type MetricEventType = (typeof METRIC_EVENTS)[number];

/** `system_metrics.severity`. */
export const SEVERITIES = ['info', 'warn', 'error', 'fatal'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** How serious each event is; the one place that decides it. */
export const EVENT_SEVERITY = {
  job_rollback: 'error',
  orphaned_job_recovery: 'warn',
  concurrency_limit_hit: 'info',
  worker_timeout: 'error',
  rpc_retry_exhausted: 'fatal',
  duplicate_job_detected: 'info',
} as const satisfies Record<MetricEventType, Severity>;

/** One row for `system_metrics`. Metadata carries facts only: no tokens, no document text. */
export interface MetricEvent {
  readonly type: MetricEventType;
  readonly userId?: string;
  readonly courseId?: string;
  readonly jobId?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}
