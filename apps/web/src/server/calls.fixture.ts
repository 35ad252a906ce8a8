import type { createCaller } from './root.ts';
import type { Target } from './world.fixture.ts';

export type Caller = ReturnType<typeof createCaller>;

/** How to call each procedure, by its name, on an organization. */
export type Calls = Readonly<Record<string, (caller: Caller, target: Target) => Promise<unknown>>>;
