import type { Measure } from '../measure.ts';
import { compare, p50p95, underLoad } from '../rounds.ts';
import { type Ask, admit, asksOf, verifierOf } from './admission-sides.ts';

const IN_FLIGHT = 16;
const PER_PERSON = 5;

export const refusal: Measure = {
  name: 'refusal',
  against: 'admissions a second with as many in flight',
  async run(world, size) {
    const persons = await Promise.all(
      Array.from({ length: size.pick(4, 8) }, () => world.person('PREMIUM', PER_PERSON)),
    );
    // A person with one place, which is taken: every further course of theirs is refused.
    const full = await world.person('FREE', 1 + persons.length * PER_PERSON);
    const verify = verifierOf(world);
    const admitting = world.orchestrator();
    const refusing = world.orchestrator();
    const asks = asksOf(persons, PER_PERSON);
    const [taken, ...others] = asksOf([full], full.courseIds.length);
    const fill = () => admit(refusing, verify)(taken as Ask);
    await fill();

    const found = await compare(
      {
        ours: {
          round: async () => [
            (
              await underLoad(others.length, IN_FLIGHT, (index) =>
                admit(refusing, verify)(others[index] as Ask, 'limit'),
              )
            ).perSecond,
          ],
          // What a refusal leaves for later belongs to its price, but not to the next round.
          after: () => refusing.metrics.flush(),
        },
        theirs: {
          round: async () => [
            (await underLoad(asks.length, IN_FLIGHT, (index) => admit(admitting, verify)(asks[index] as Ask)))
              .perSecond,
          ],
          async after() {
            await world.tidy(admitting);
            await world.tidy(refusing);
            await fill();
          },
        },
      },
      { rounds: size.pick(4, 16) },
    );
    return [
      {
        name: `refusals (429) a second with ${IN_FLIGHT} in flight, against admissions`,
        ours: { value: p50p95(found.ours).p50, unit: '/s' },
        theirs: { value: p50p95(found.theirs).p50, unit: '/s' },
        ratio: found.ratio,
        target: { atLeast: 2.5 },
      },
    ];
  },
};
