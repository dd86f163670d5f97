/** What can be wrong, as the campaign's result counts it. */
export type Category = 'lost' | 'duplicated' | 'leaked' | 'overAdmitted';

export interface Violation {
  readonly category: Category;
  /** What is wrong with what, in plain words. */
  readonly text: string;
  /** True for what may still be under way, and is wrong only if it stays. */
  readonly mayPass: boolean;
}

const ENDED: readonly string[] = ['completed', 'failed', 'cancelled'];

export const hasEnded = (status: string | null): boolean => status !== null && ENDED.includes(status);
