import { batchCharge, RelayError, type Usage } from '@ai-bridge/domain';
import {
  type BatchEndpoint,
  type BatchLine,
  type ObjectRef,
  readBatchLine,
  referredObjects,
} from '@ai-bridge/protocol';
import {
  certainPromptTokens,
  likelyPromptTokens,
  reservedOutputTokens,
  reservedWebSearches,
} from '../relay/expected-cost.ts';
import { mayHoldReferences } from '../relay/object-ties.ts';
import type { Candidate } from '../relay/route-plan.ts';

/** OpenAI's own bound. */
const maxLines = 50_000;
/** More objects than the requests of one batch name. */
const maxReferences = 2_000;

type Priced = Pick<Candidate, 'model' | 'price' | 'terms'>;

/** What the requests of an input file amount to. */
export interface BatchInput {
  /** The model that all of them are for. */
  readonly priced: Priced;
  readonly lineCount: number;
  /** What they will cost at most, as far as can be told. */
  readonly boundNanoUsd: bigint;
  readonly certainPromptTokens: bigint;
  readonly leastLineTokens: bigint;
  /** Objects of the upstream that they name. */
  readonly references: readonly ObjectRef[];
}

/**
 * Reads every request of an input file.
 * @param planFor the route of the model that they are all for; throws where it may not be used
 * @throws RelayError invalid_request that names the line and the field, or what `planFor` throws
 */
export async function readInput(
  lines: AsyncIterable<Buffer>,
  endpoint: BatchEndpoint,
  planFor: (model: string) => Priced,
): Promise<BatchInput> {
  const bounds: Usage[] = [];
  const references = new Map<string, ObjectRef>();
  let priced: Priced | undefined;
  let certain = 0;
  let least = Number.POSITIVE_INFINITY;
  for await (const line of lines) {
    if (bounds.length === maxLines) throw bad(`must have at most ${maxLines} lines`);
    const read = inLine(bounds.length + 1, () => readLine(line, endpoint, priced, references));
    priced ??= planFor(read.head.model);
    const tokens = certainPromptTokens(read.head.promptBytes);
    certain += tokens;
    least = Math.min(least, tokens);
    bounds.push(boundOf(read, endpoint, priced));
  }
  if (!priced) throw bad('has no lines');
  return {
    priced,
    lineCount: bounds.length,
    boundNanoUsd: batchCharge(bounds, priced.price, priced.terms),
    certainPromptTokens: BigInt(certain),
    leastLineTokens: BigInt(least),
    references: [...references.values()],
  };
}

function readLine(
  line: Buffer,
  endpoint: BatchEndpoint,
  priced: Priced | undefined,
  references: Map<string, ObjectRef>,
): BatchLine {
  const read = readBatchLine(line, endpoint);
  if (priced && read.head.model !== priced.model.id) {
    throw new RelayError('invalid_request', {
      path: 'body.model',
      reason: `must be the model of the first line, ${priced.model.id}`,
    });
  }
  if (!mayHoldReferences(read.body)) return read;
  for (const ref of referredObjects(read.body)) references.set(`${ref.kind} ${ref.id}`, ref);
  if (references.size > maxReferences)
    throw new RelayError('invalid_request', { reason: 'refers to too many objects' });
  return read;
}

function boundOf({ head }: BatchLine, endpoint: BatchEndpoint, { model }: Priced): Usage {
  const output = reservedOutputTokens(
    {
      promptTokens: 0,
      maxOutputTokens: endpoint === '/v1/embeddings' ? 0 : head.maxOutputTokens,
      choices: head.choices,
      stream: false,
      askedRates: undefined,
      maySearch: head.maySearch,
    },
    model.maxOutputTokens,
  );
  const webSearches = head.maySearch ? reservedWebSearches : undefined;
  return { input: likelyPromptTokens(head.promptBytes), output, webSearches };
}

/** Errors of a line name it. */
function inLine<Result>(lineNumber: number, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    const { path, reason } = error.detail;
    const place = `input_file_id, line ${lineNumber}${path === undefined ? '' : `, ${path}`}`;
    throw new RelayError('invalid_request', { path: place, reason: reason ?? 'cannot be understood' });
  }
}

function bad(reason: string): RelayError {
  return new RelayError('invalid_request', { path: 'input_file_id', reason });
}
