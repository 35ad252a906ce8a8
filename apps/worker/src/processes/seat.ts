import type { Figures } from './messages.ts';

/** Which of a worker's processes on this machine one is. */
export interface Seat {
  /** From 1 on. Whoever comes after a process that ended has its number, its folder and its identity. */
  readonly slot: number;
  /** How many there are. */
  readonly processes: number;
  /** Makes of this process's figures what /metrics shows; never fails. */
  allFigures(own: Figures): Promise<Figures>;
}

/** That of the only process of a worker. */
export const onlySeat: Seat = { slot: 1, processes: 1, allFigures: async (own) => own };
