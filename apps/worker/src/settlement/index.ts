export { type DeadLetters, openDeadLetters } from './dead-letters.ts';
export { readOutcomeLine } from './outcome.ts';
export { type Recovered, type RecoverOptions, recover } from './recover.ts';
export {
  createSettler,
  type JournaledOutcome,
  type Settler,
  type SettlerOptions,
  type SettlerStatus,
} from './settler.ts';
