export { type DeadLetters, openDeadLetters } from './dead-letters.ts';
export { type Recovered, type RecoverOptions, recover } from './recover.ts';
export { createSettler, type Settler, type SettlerOptions, type SettlerStatus } from './settler.ts';
