import { z } from 'zod';

/** As long as the column takes. */
export const profileFormSchema = z.object({ name: z.string().trim().max(200) });
