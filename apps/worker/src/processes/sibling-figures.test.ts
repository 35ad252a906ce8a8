import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SiblingFigures } from './sibling-figures.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('each question gets its own answer, whatever the order they come in', async () => {
  const asked: number[] = [];
  const siblings = new SiblingFigures(2, (question) => asked.push(question));
  const pages = [siblings.all({ a: 0 }), siblings.all({ a: 0 })];
  for (const question of asked.toReversed()) {
    siblings.answered(question, [{ slot: 1, restarts: 0, figures: { a: question } }]);
  }
  const values = (await Promise.all(pages)).map((figures) => figures['a{process="1"}']);
  expect(values).toEqual(asked);
});

test('a process whose supervisor says nothing tells its own figures', async () => {
  const page = new SiblingFigures(2, () => {}).all({ a: 5 });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await page).toMatchObject({ 'a{process="2"}': 5, 'bridge_process_up{process="2"}': 1 });
});
