import type { ModelSnapshot } from '@ai-bridge/catalog';
import { type ModelInput, modelInputs, type Protocol, RelayError, refusesSome } from '@ai-bridge/domain';
import { type CarriedInputs, mayCarry, readCarried } from '@ai-bridge/protocol';
import { certainPromptTokens } from './expected-cost.ts';
import type { RouteQuestion } from './route-plan.ts';

/** Larger bodies are left to the upstream: this is before any limit of the key, and reading one takes the worker's time from all others. */
export const maxReadBytes = 4 * 1024 * 1024;

/** Something that a request carries and a model is known not to take, and where it stands for the first time. */
interface Misfit {
  readonly input: ModelInput;
  readonly path: string;
}

/**
 * Makes sure that the model asked for takes what the request carries, as far as that is known. How long the prompt is stays the upstream's
 * to judge: what we know of it is an estimate.
 * @throws RelayError invalid_request with the field that the model does not take
 */
export function requireFit(model: ModelSnapshot, question: RouteQuestion): void {
  const misfit = misfitOf(model, question);
  if (!misfit) return;
  const { path, input } = misfit;
  const reason = `the model ${model.id} takes no ${input}; leave them out, or use a model that takes them (GET /v1/models says which do)`;
  throw new RelayError('invalid_request', { path, reason });
}

/** Why a model cannot answer in the place of the one asked for; undefined: nothing is known against it. */
export function whyMisfit(model: ModelSnapshot, question: RouteQuestion): string | undefined {
  const misfit = misfitOf(model, question);
  if (misfit) return `the model takes no ${misfit.input} (${misfit.path})`;
  const { contextTokens } = model;
  if (contextTokens === undefined || certainPromptTokens(question.promptBytes) <= contextTokens) return undefined;
  return `the prompt is longer than the model's context of ${contextTokens} tokens`;
}

function misfitOf({ takes }: ModelSnapshot, { guardedBody: body, protocol }: RouteQuestion): Misfit | undefined {
  if (body === undefined || body.length > maxReadBytes || !refusesSome(takes)) return undefined;
  for (const input of modelInputs) {
    if (takes[input] !== false || !mayCarry(protocol, body, input)) continue;
    const path = carriedBy(body, protocol).pathOf(input);
    if (path !== undefined) return { input, path };
  }
  return undefined;
}

const read = new WeakMap<Buffer, CarriedInputs>();

/** Read once, however many models are asked. */
function carriedBy(body: Buffer, protocol: Protocol): CarriedInputs {
  let carried = read.get(body);
  if (!carried) {
    carried = readCarried(protocol, body);
    read.set(body, carried);
  }
  return carried;
}
