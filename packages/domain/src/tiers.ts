import { z } from 'zod';

/** What a user has paid for. Stored in `user_profiles.tier`, which only the server can write. */
export const TIERS = ['FREE', 'BASIC', 'STANDARD', 'TRIAL', 'PREMIUM'] as const;
export const tierSchema = z.enum(TIERS);
export type Tier = z.infer<typeof tierSchema>;

/** Kinds of document a course can be made from. */
export const DOCUMENT_TYPES = ['pdf', 'docx', 'pptx', 'html', 'txt', 'md'] as const;
export const documentTypeSchema = z.enum(DOCUMENT_TYPES);
export type DocumentType = z.infer<typeof documentTypeSchema>;

/** The limits of one tier. */
export interface TierPolicy {
  /** Generations that one user may have in flight at once. */
  readonly concurrentGenerations: number;
  /** Relative right to be served first: larger is earlier. See `jobPriority` in packages/queue. */
  readonly weight: number;
  readonly documentsPerCourse: number;
  readonly maxFileSizeBytes: number;
  readonly documentTypes: readonly DocumentType[];
}

const MB = 1024 * 1024;

/** The one table of tiers (contract §2). Everything that needs a limit asks `tierPolicy`. */
const POLICIES = {
  FREE: { concurrentGenerations: 1, weight: 1, documentsPerCourse: 0, maxFileSizeBytes: 5 * MB, documentTypes: [] },
  BASIC: {
    concurrentGenerations: 2,
    weight: 3,
    documentsPerCourse: 1,
    maxFileSizeBytes: 10 * MB,
    documentTypes: ['txt', 'md'],
  },
  STANDARD: {
    concurrentGenerations: 3,
    weight: 5,
    documentsPerCourse: 3,
    maxFileSizeBytes: 10 * MB,
    documentTypes: DOCUMENT_TYPES,
  },
  TRIAL: {
    concurrentGenerations: 5,
    weight: 5,
    documentsPerCourse: 3,
    maxFileSizeBytes: 10 * MB,
    documentTypes: DOCUMENT_TYPES,
  },
  PREMIUM: {
    concurrentGenerations: 5,
    weight: 10,
    documentsPerCourse: 10,
    maxFileSizeBytes: 100 * MB,
    documentTypes: DOCUMENT_TYPES,
  },
} as const satisfies Record<Tier, TierPolicy>;

/** The limits of `tier`. There is no fallback: an unknown tier cannot be typed, see `parseTier`. */
export function tierPolicy(tier: Tier): TierPolicy {
  return POLICIES[tier];
}

/** Reads a tier from storage. Unknown or missing is FREE, never an error and never a larger right. */
export function parseTier(value: unknown): Tier {
  const parsed = tierSchema.safeParse(value);
  return parsed.success ? parsed.data : 'FREE';
}
