/** How a run of a job ended; a label in the metrics. */
export type JobOutcome =
  | 'completed'
  /** The generation had ended, or was deleted, before or while the job ran. */
  | 'skipped'
  | 'retried'
  | 'failed'
  /** Put off because a server is down; no attempt was used. */
  | 'postponed'
  /** Given back to the queue for another worker; no attempt was used. */
  | 'handed_back'
  | 'lock_lost';
