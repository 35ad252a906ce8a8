import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWatch, type Watched } from './watch.ts';

const item = (): Watched => ({ watchIndex: -1, onTick() {} });

test('whatever is added and removed, exactly the rest is watched', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 9 }), { maxLength: 100 }), (moves) => {
      const watch = createWatch({ now: () => 0, monotonicMs: () => 0 });
      const items = Array.from({ length: 10 }, item);
      const watched = new Set<Watched>();
      for (const move of moves) {
        const one = items[move] as Watched;
        if (watched.delete(one)) watch.remove(one);
        else {
          watched.add(one);
          watch.add(one);
        }
        expect(watch.size).toBe(watched.size);
      }
      for (const one of items) watch.remove(one);
      expect(watch.size).toBe(0);
      watch.stop();
    }),
  );
});
