/** Bounds of how many generations may be in flight over all users; the database checks the same (migration `settings`). */
export const GLOBAL_LIMIT = { min: 1, max: 10_000 } as const;
