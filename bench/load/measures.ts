import { manyCourses } from './growth/courses.ts';
import { waitingJobs } from './growth/waiting-jobs.ts';
import { moreWorkers } from './growth/workers.ts';
import type { Measure } from './measure.ts';
import { admissionParts, admissionPlain } from './measures/admission.ts';
import { fairness } from './measures/fairness.ts';
import { generations } from './measures/generations.ts';
import { http } from './measures/http.ts';
import { kill } from './measures/kill.ts';
import { lease } from './measures/lease.ts';
import { progress } from './measures/progress.ts';
import { queues } from './measures/queues.ts';
import { refusal } from './measures/refusal.ts';

/** All measures, in the order in which they run. */
export const MEASURES: readonly Measure[] = [
  admissionParts,
  admissionPlain,
  http,
  refusal,
  lease,
  generations,
  queues,
  progress,
  fairness,
  kill,
  waitingJobs,
  manyCourses,
  moreWorkers,
];
