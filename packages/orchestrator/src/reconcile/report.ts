/** What one pass repaired; every number is a count of repairs, zero when all agrees. */
export interface ReconcileReport {
  readonly inFlight: number;
  readonly leases: number;
  leasesRestored: number;
  leasesFreed: number;
  jobsRestored: number;
  jobsHastened: number;
  failuresRecorded: number;
  orphansRecovered: number;
  prioritiesRaised: number;
  limitSynced: boolean;
  errors: number;
}

/**
 * What was odd in earlier passes. A disagreement is repaired only when seen twice in a row, as the first look
 * can fall between two steps of somebody's work (saved, not yet enqueued).
 */
export interface ReconcileMemory {
  readonly suspects: Set<string>;
}

export function createReconcileMemory(): ReconcileMemory {
  return { suspects: new Set() };
}

/** Collects what looks odd in this pass; says whether it did in the last one as well. */
export interface Suspicion {
  confirmed(what: string): boolean;
}

export function emptyReport(inFlight: number, leases: number): ReconcileReport {
  return {
    inFlight,
    leases,
    leasesRestored: 0,
    leasesFreed: 0,
    jobsRestored: 0,
    jobsHastened: 0,
    failuresRecorded: 0,
    orphansRecovered: 0,
    prioritiesRaised: 0,
    limitSynced: false,
    errors: 0,
  };
}
