/** What went wrong in an attempt, as far as a customer is concerned. */
export const attemptErrors = [
  'connect',
  'connect_timeout',
  'first_byte_timeout',
  'idle_timeout',
  'total_timeout',
  'refused',
  'repaired',
  'busy',
  'status',
  'error_event',
  'no_answer',
  'encoding',
  'balance',
  'client_left',
  'broke',
] as const;
export type AttemptError = (typeof attemptErrors)[number];

const sameName: readonly AttemptError[] = [
  'connect',
  'connect_timeout',
  'first_byte_timeout',
  'idle_timeout',
  'total_timeout',
  'error_event',
  'no_answer',
  'encoding',
];
/** Kinds whose kept text says more than the kind does. */
const detailed: readonly AttemptError[] = ['connect', 'error_event', 'no_answer', 'encoding', 'broke'];
const busyStatuses: readonly (number | undefined)[] = [429, 503, 529];

/** Reads the text that the worker keeps of a failed attempt: "kind: detail", or words for an answer that had begun. */
export function attemptError(attempt: {
  readonly error?: string | undefined;
  readonly status?: number | undefined;
  readonly repair?: readonly unknown[] | undefined;
}): AttemptError | undefined {
  const { error, status, repair } = attempt;
  if (error === undefined) return undefined;
  if (error === 'balance used up') return 'balance';
  if (error === 'client left') return 'client_left';
  // Without a kind before it: passed on to the client as its own mistake, or repaired.
  if (error.startsWith('status ')) return repair && repair.length > 0 ? 'repaired' : 'refused';
  const kind = error.split(':', 1)[0];
  if (kind === 'status') return busyStatuses.includes(status) ? 'busy' : 'status';
  return sameName.find((name) => name === kind) ?? 'broke';
}

/** What is left to say beside the meaning, in the worker's or the provider's own words; undefined where nothing is. */
export function attemptErrorDetail(attempt: {
  readonly error?: string | undefined;
  readonly status?: number | undefined;
}): string | undefined {
  const meaning = attemptError(attempt);
  if (meaning === undefined || !detailed.includes(meaning)) return undefined;
  const prefix = `${meaning}: `;
  return attempt.error?.startsWith(prefix) ? attempt.error.slice(prefix.length) : attempt.error;
}
