import fc from 'fast-check';

const who = fc.integer({ min: 0, max: 1 });
/** A balance is frozen a third of the time, for little can happen to it then. */
const freezing = fc.integer({ min: 0, max: 2 }).map((draw) => draw === 0);
const amount = fc.bigInt({ min: 1n, max: 120n });

/** Every verb, on two organizations and two workers. @param steps how long a history is to be: it finds something new to the end */
export const verbsFor = (steps: number) => {
  const fact = fc.integer({ min: 0, max: Math.ceil(steps / 4) });
  const few = fc.integer({ min: 0, max: Math.ceil(steps / 20) });
  const request = fc.integer({ min: 0, max: steps });
  return fc.oneof(
    fc.record({ verb: fc.constant('grant' as const), organization: who, fact, amount }),
    fc.record({ verb: fc.constant('order' as const), organization: who, fact: few, amount }),
    fc.record({
      verb: fc.constant('adjust' as const),
      organization: who,
      fact,
      amount: fc.bigInt({ min: -150n, max: 50n }).filter((value) => value !== 0n),
    }),
    fc.record({ verb: fc.constant('take' as const), worker: who, organization: who, amount, min: fc.bigInt(0n, 40n) }),
    fc.record({ verb: fc.constant('release' as const), worker: who, organization: who, amount }),
    fc.record({
      verb: fc.constant('capture' as const),
      worker: who,
      records: fc.array(fc.tuple(request, who, fc.bigInt(0n, 60n)), { maxLength: 6 }),
    }),
    fc.record({ verb: fc.constant('place hold' as const), organization: who, hold: who, amount }),
    fc.record({ verb: fc.constant('release hold' as const), organization: who, hold: who }),
    fc.record({
      verb: fc.constant('capture hold' as const),
      organization: who,
      hold: who,
      charge: fc.bigInt(0n, 150n),
    }),
    fc.record({ verb: fc.constant('lapse hold' as const), organization: who, hold: who, prolonged: fc.boolean() }),
    fc.record({ verb: fc.constant('reserve' as const), organization: who, reserve: few, fact: few, amount }),
    fc.record({ verb: fc.constant('take back' as const), organization: who, reserve: few, fact: few, amount }),
    fc.record({ verb: fc.constant('freeze' as const), organization: who, reserve: few, fact: few, amount }),
    fc.record({ verb: fc.constant('settle' as const), organization: who, reserve: few, shortfall: fc.bigInt(0n, 20n) }),
    fc.record({
      verb: fc.constant('write off' as const),
      organization: who,
      reserve: few,
      shortfall: fc.bigInt(0n, 20n),
    }),
    fc.record({ verb: fc.constant('cancel' as const), organization: who, reserve: few }),
    fc.record({ verb: fc.constant('unfreeze' as const), organization: who, reserve: few }),
    fc.record({ verb: fc.constant('freeze balance' as const), organization: who, isFrozen: freezing }),
    fc.record({ verb: fc.constant('renew' as const), worker: who }),
    fc.record({ verb: fc.constant('lapse' as const), worker: who }),
    fc.record({ verb: fc.constant('restart' as const), worker: who, releases: fc.boolean() }),
  );
};
export type Verb = ReturnType<typeof verbsFor> extends fc.Arbitrary<infer Value> ? Value : never;
