import { charge, listTerms, type Price, type Terms, type Usage } from '@ai-bridge/domain';

/** What a reader expects to do. Plain numbers: they come from a form. */
export interface Habit {
  /** All tokens that a request reads, cached or not. */
  readonly promptTokens: number;
  /** Of a hundred of them, how many are read from the cache. */
  readonly cachedPercent: number;
  readonly answerTokens: number;
  readonly requestsPerDay: number;
}

export interface Lasting {
  /** What one such request is charged. */
  readonly chargeNanoUsd: bigint;
  readonly dayNanoUsd: bigint;
  /** Whole requests that the credit is good for. */
  readonly requests: bigint;
  /** Whole days at this pace; undefined where nothing is charged. */
  readonly days: bigint | undefined;
}

/** The usage of one request of this habit, as a model would report it. */
export function usageOf({ promptTokens, cachedPercent, answerTokens }: Habit): Usage {
  const cacheRead = Math.floor((promptTokens * cachedPercent) / 100);
  return { input: promptTokens - cacheRead, cacheRead, output: answerTokens };
}

/** How long credit lasts, by the function that charges real requests. Exact, and rounded down to what is whole. */
export function howLong(creditNanoUsd: bigint, price: Price, habit: Habit, terms: Terms = listTerms): Lasting {
  const chargeNanoUsd = charge(usageOf(habit), price, terms);
  const dayNanoUsd = chargeNanoUsd * BigInt(habit.requestsPerDay);
  return {
    ...{ chargeNanoUsd, dayNanoUsd },
    requests: chargeNanoUsd > 0n ? creditNanoUsd / chargeNanoUsd : 0n,
    days: dayNanoUsd > 0n ? creditNanoUsd / dayNanoUsd : undefined,
  };
}

/** The bounds of each number of the form. */
export const habitBounds = {
  promptTokens: { name: 'prompt', most: 2_000_000 },
  cachedPercent: { name: 'cached', most: 100 },
  answerTokens: { name: 'answer', most: 200_000 },
  requestsPerDay: { name: 'requests', most: 1_000_000 },
} as const satisfies Record<keyof Habit, { readonly name: string; readonly most: number }>;

/** Ways of working that people know, to begin from. */
export const habits = {
  agent: { promptTokens: 40_000, cachedPercent: 92, answerTokens: 600, requestsPerDay: 300 },
  chat: { promptTokens: 3_000, cachedPercent: 0, answerTokens: 500, requestsPerDay: 40 },
  batch: { promptTokens: 1_200, cachedPercent: 50, answerTokens: 150, requestsPerDay: 5_000 },
} as const satisfies Readonly<Record<string, Habit>>;
export type HabitName = keyof typeof habits;

/** Which of the ways of working this is, if any. */
export function habitName(habit: Habit): HabitName | undefined {
  const names = Object.keys(habits) as HabitName[];
  return names.find((name) => fields.every((field) => habits[name][field] === habit[field]));
}

const fields = Object.keys(habitBounds) as readonly (keyof Habit)[];

/** The habit that an address asks for; what it does not say, or says wrongly, is the agent's. */
export function readHabit(query: URLSearchParams): Habit {
  return Object.fromEntries(
    fields.map((field) => [
      field,
      readNumber(query.get(habitBounds[field].name), habitBounds[field].most) ?? habits.agent[field],
    ]),
  ) as unknown as Habit;
}

/** A number as it is typed; undefined where it is none, or above the bound. */
export function readNumber(text: string | null, most: number): number | undefined {
  const digits = text?.replace(/[\s,_]/g, '') ?? '';
  if (!/^\d{1,9}$/.test(digits)) return undefined;
  const value = Number(digits);
  return value <= most ? value : undefined;
}
