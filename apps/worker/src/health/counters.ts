/** Plain numbers that the hot path may add to; /metrics reads them when it is asked. */
export interface Counters {
  requests: number;
  /** Client requests under way. */
  open: number;
  /** By HTTP status class of the answer: index 2 for 2xx ... 5 for 5xx; 0 for none. */
  readonly byClass: number[];
  attempts: number;
  failedAttempts: number;
  clientsLeft: number;
  rejected: number;
  /** Of those answered with 5xx, the ones that were refused because the relay is held for maintenance. */
  held: number;
}

export function createCounters(): Counters {
  return {
    requests: 0,
    open: 0,
    byClass: [0, 0, 0, 0, 0, 0],
    attempts: 0,
    failedAttempts: 0,
    clientsLeft: 0,
    rejected: 0,
    held: 0,
  };
}
