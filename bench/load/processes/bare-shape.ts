export const BARE_QUEUE = 'bare';

/** A course of the bench: analysis, structure, four lessons, finalization. */
export const BARE_SHAPE = { sections: 2, lessons: 4 } as const;

/** Counts the generations whose last job has run. */
export const doneKey = (prefix: string): string => `${prefix}:done`;
