import type { Measure } from '../measure.ts';
import { equalUsers } from './equal-users.ts';
import { starvation } from './starvation.ts';

/** How long the lightest job and the user with the least to do wait beside those who ask for everything. */
export const fairness: Measure = {
  name: 'fairness',
  against: 'the stated bound, and a machine that nobody else uses',
  async run(world, size) {
    return [...(await starvation(world, size)), ...(await equalUsers(world, size))];
  },
};
