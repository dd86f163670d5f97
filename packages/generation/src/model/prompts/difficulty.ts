import type { Brief } from '@megacampus/domain/course';

export const DIFFICULTY_RULES: Readonly<Record<Brief['difficulty'], string>> = {
  beginner:
    'Beginners: assume no knowledge of the subject, explain every term when it first appears, one new idea at a time, everyday examples.',
  intermediate:
    'Intermediate: assume the basic terms, concentrate on how parts work together, typical cases and typical mistakes.',
  advanced:
    'Advanced: assume fluent command of the basics, treat edge cases, trade-offs, reasons behind rules and open problems.',
};
