import type { Part, ToolResultPart } from '../neutral/parts.ts';
import type { Turn } from '../neutral/request.ts';

/** A part, and where the client had it. */
export interface Placed<Kind extends Part = Part> {
  readonly part: Kind;
  readonly path: string;
}

/** Neighbouring turns of one role as one. */
export interface Run {
  readonly role: 'user' | 'model';
  readonly parts: readonly Placed[];
}

export function runsOf(turns: readonly Turn[]): readonly Run[] {
  const runs: { role: Run['role']; parts: Placed[] }[] = [];
  for (const [index, turn] of turns.entries()) {
    const role = turn.role === 'assistant' ? 'model' : 'user';
    let run = runs.at(-1);
    if (run?.role !== role) {
      run = { role, parts: [] };
      runs.push(run);
    }
    for (const [place, part] of turn.parts.entries()) {
      run.parts.push({ part, path: `messages.${index}.content.${place}` });
    }
  }
  return runs;
}

/** The run in which the user last said something rather than return results: what follows is the current turn. */
export function startOfCurrentTurn(runs: readonly Run[]): number {
  return runs.findLastIndex(
    ({ role, parts }) => role === 'user' && parts.every(({ part }) => part.kind !== 'tool_result'),
  );
}

/** The results of a conversation by the calls that they answer; each answers one. */
export class ResultBook {
  readonly #byCall = new Map<string, { readonly placed: Placed<ToolResultPart>; readonly run: number }[]>();
  readonly #taken = new Set<ToolResultPart>();

  constructor(runs: readonly Run[]) {
    for (const [run, { parts }] of runs.entries()) {
      for (const { part, path } of parts) {
        if (part.kind !== 'tool_result') continue;
        const results = this.#byCall.get(part.callId) ?? [];
        results.push({ placed: { part, path }, run });
        this.#byCall.set(part.callId, results);
      }
    }
  }

  /** The first result of a call that stands behind the call and answers no other. */
  take(callId: string, run: number): Placed<ToolResultPart> | undefined {
    const found = this.#byCall.get(callId)?.find((result) => result.run > run && !this.#taken.has(result.placed.part));
    if (found) this.#taken.add(found.placed.part);
    return found?.placed;
  }

  isTaken(result: ToolResultPart): boolean {
    return this.#taken.has(result);
  }
}
