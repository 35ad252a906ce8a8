import type { Machine } from '../change/set-tool.ts';
import type { Texts } from '../language/texts.ts';

/** What a command is given of the world around it. */
export interface Session {
  readonly machine: Machine;
  readonly texts: Texts;
  /** Undefined where nobody sits at a terminal. */
  readonly prompts: Prompts | undefined;
  readonly fetch: typeof fetch;
  readonly readInput: () => Promise<string>;
  /** A line for whoever reads. */
  readonly print: (line: string) => void;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Each answers undefined where the person stops. */
export interface Prompts {
  choose(question: string, choices: readonly Choice[], initial: string): Promise<string | undefined>;
  ask(question: string, hint: string, fault: (answer: string) => string | undefined): Promise<string | undefined>;
  askSecret(question: string, fault: (answer: string) => string | undefined): Promise<string | undefined>;
}
