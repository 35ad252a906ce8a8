import type { OfferedModel } from '@ai-bridge/catalog';
import { modelInputs } from '@ai-bridge/domain';
import { type ModelState, modelStates } from '../status/model-state.ts';
import type { ModelStatus } from '../status/report.ts';

/** What can be told of a model: by what it is known to take, its price and its size. */
export const capabilities = [...modelInputs, 'caching', 'longContext', 'webSearch'] as const;
export type Capability = (typeof capabilities)[number];

/** From here on a context is called long. */
export const longContextTokens = 500_000;

/** How a model does just now, at the provider that does best: the one requests end up at. */
export interface Live {
  readonly state: ModelState;
  /** Of the last 15 minutes, 0 to 1; null: no traffic. */
  readonly availability: number | null;
  readonly firstTokenP50Ms: number | null;
}

/** A model on offer with how it does. */
export interface PublicModel extends OfferedModel, Live {
  /** Somebody serves it, and it is not known to be down. */
  readonly isAvailable: boolean;
  readonly capabilities: readonly Capability[];
}

export function publicModel(model: OfferedModel, statuses: readonly ModelStatus[]): PublicModel {
  const live = bestOf(statuses.filter((status) => status.model === model.id));
  return {
    ...model,
    ...live,
    isAvailable: model.protocols.length > 0 && live.state !== 'down',
    capabilities: capabilities.filter((capability) => can(model, capability)),
  };
}

/** Nothing seen says nothing; of what was seen, the best counts. */
function bestOf(statuses: readonly ModelStatus[]): Live {
  const rank = ({ state }: ModelStatus) => (state === 'no_traffic' ? -1 : modelStates.indexOf(state));
  const latency = ({ now }: ModelStatus) => now?.firstByteP50Ms ?? Number.POSITIVE_INFINITY;
  const [best] = [...statuses].sort((a, b) => rank(b) - rank(a) || latency(a) - latency(b));
  return {
    state: best?.state ?? 'no_traffic',
    availability: best?.now?.availability ?? null,
    firstTokenP50Ms: best?.now?.firstByteP50Ms ?? null,
  };
}

function can({ price, contextTokens, takes }: OfferedModel, capability: Capability): boolean {
  switch (capability) {
    case 'caching':
      return price.cacheRead !== undefined && price.cacheRead < price.input;
    case 'webSearch':
      return price.webSearch !== undefined;
    case 'longContext':
      return (contextTokens ?? 0) >= longContextTokens;
    default:
      return takes[capability] === true;
  }
}

/** The page of a model; an id may hold slashes, which stay, and signs that an address may not, which do not. */
export function modelPath(id: string): string {
  return `/models/${id.split('/').map(encodeURIComponent).join('/')}`;
}

/** The id in the segments of such an address, as Next hands them over; undefined where they cannot be one. */
export function modelIdOf(segments: readonly string[]): string | undefined {
  try {
    return segments.map(decodeURIComponent).join('/');
  } catch {
    return undefined;
  }
}
