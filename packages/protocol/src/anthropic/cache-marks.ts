import type { JsonObject } from '../json/parse.ts';
import type { CacheMark } from '../neutral/parts.ts';
import { optionalObject } from './fields.ts';
import type { LossList } from './loss-list.ts';

/** The upstream refuses more, a mark of the whole request included. */
const mostMarks = 4;

/** Something that can bear a cache mark, as JSON text. */
export interface MarkedJson {
  /** A JSON object. */
  readonly json: string;
  readonly cache: CacheMark | undefined;
  /** Where it was in the neutral request, for losses. */
  readonly path: string;
}

/** @throws RelayError invalid_request where cache_control is no object */
export function readCacheMark(holder: JsonObject, path: string): CacheMark | undefined {
  const control = optionalObject(holder, 'cache_control', path);
  if (!control) return undefined;
  return control['ttl'] === '1h' ? '1h' : '5m';
}

export function writeCacheMark(mark: CacheMark): string {
  return mark === '1h' ? '{"type":"ephemeral","ttl":"1h"}' : '{"type":"ephemeral"}';
}

/**
 * Writes the marks of a whole request, in the order of the prompt: tools, system, messages. Of too many the last stay, since they cover the
 * longest prefixes; a long one behind a short one becomes short, since the upstream wants the long ones first.
 */
export class MarkWriter {
  readonly #losses: LossList;
  #toSkip: number;
  #hadShort = false;

  constructor(all: readonly MarkedJson[], reserved: number, losses: LossList) {
    this.#losses = losses;
    const count = all.reduce((sum, { cache }) => (cache ? sum + 1 : sum), 0);
    this.#toSkip = Math.max(0, count + reserved - mostMarks);
  }

  write({ json, cache, path }: MarkedJson): string {
    if (!cache) return json;
    if (this.#toSkip > 0) {
      this.#toSkip--;
      this.#losses.add(`${path}.cache_control`, `the provider takes ${mostMarks} cache marks`);
      return json;
    }
    const mark = this.#shortened(cache, path);
    return `${json.slice(0, -1)},"cache_control":${writeCacheMark(mark)}}`;
  }

  #shortened(cache: CacheMark, path: string): CacheMark {
    if (cache === '1h' && this.#hadShort) {
      this.#losses.add(`${path}.cache_control.ttl`, 'a long cache mark cannot follow a short one');
      return '5m';
    }
    if (cache === '5m') this.#hadShort = true;
    return cache;
  }
}
