import { randomBytes } from 'node:crypto';
import { scriptOf } from './script.ts';

/** How a test ends a batch. */
export interface BatchEnd {
  readonly status: 'completed' | 'failed' | 'expired' | 'cancelled';
  /** So many of its requests are answered first; all of them where it is not given. */
  readonly answered?: number;
  /** Fields of the batch object besides, or instead. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Stands in the output file instead of the answers. */
  readonly output?: string;
}

/** Batches of a fake upstream: each stays as it is until a test ends it. */
export interface KeptBatches {
  answer(method: string, path: string, body: Record<string, unknown>): { status: number; value: unknown } | undefined;
  end(id: string, end: BatchEnd): void;
  forget(id: string): void;
  readonly ids: readonly string[];
}

interface Files {
  read(id: string): Buffer | undefined;
  write(content: Buffer): string;
}

interface Line {
  readonly custom_id: string;
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const missing = { status: 404, value: { error: { message: 'No such batch', type: 'invalid_request_error' } } };

export function createKeptBatches(files: Files): KeptBatches {
  const batches = new Map<string, Record<string, unknown>>();

  function create(body: Record<string, unknown>): { status: number; value: unknown } {
    if (!files.read(String(body['input_file_id']))) return missing;
    const id = `batch_${randomBytes(9).toString('hex')}`;
    const batch = {
      ...{ id, object: 'batch', status: 'validating', created_at: Math.floor(Date.now() / 1000) },
      ...{ endpoint: body['endpoint'], input_file_id: body['input_file_id'], metadata: body['metadata'] ?? null },
      ...{ completion_window: '24h', output_file_id: null, error_file_id: null },
    };
    batches.set(id, batch);
    return { status: 200, value: batch };
  }

  function end(id: string, { status, answered, fields, output }: BatchEnd): void {
    const batch = batches.get(id);
    if (!batch) throw new Error(`there is no batch ${id}`);
    const text = files.read(String(batch['input_file_id']))?.toString() ?? '';
    const lines = text.split('\n').filter((line) => line !== '');
    const done = lines.slice(0, answered ?? lines.length).map((line) => resultOf(JSON.parse(line) as Line));
    const counts = { total: lines.length, completed: done.filter(isAnswered).length, failed: 0 };
    const written = output ?? done.map((one) => `${JSON.stringify(one)}\n`).join('');
    batch['status'] = status;
    batch['request_counts'] = counts;
    batch['output_file_id'] = written === '' ? null : files.write(Buffer.from(written));
    Object.assign(batch, fields);
  }

  return {
    answer(method, path, body) {
      if (path === '/v1/batches') {
        if (method === 'POST') return create(body);
        return { status: 200, value: { object: 'list', data: [...batches.values()].toReversed(), has_more: false } };
      }
      const [, id = '', action] = /^\/v1\/batches\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
      if (id === '') return undefined;
      const batch = batches.get(id);
      if (!batch) return missing;
      if (action === 'cancel') batch['status'] = 'cancelling';
      return { status: 200, value: batch };
    },
    end,
    forget: (id) => void batches.delete(id),
    get ids() {
      return [...batches.keys()];
    },
  };
}

const isAnswered = (result: { response: { status_code: number } }) => result.response.status_code === 200;

/** Answers a request as its script says: so many tokens in and out, or an error. */
function resultOf({ custom_id, url, body }: Line) {
  const script = scriptOf(body);
  const [input, output] = [script.inputTokens, script.chunks];
  const usage =
    url === '/v1/responses'
      ? { input_tokens: input, output_tokens: output, total_tokens: input + output }
      : { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
  const status = script.status ?? 200;
  const answer =
    status === 200
      ? { id: randomBytes(6).toString('hex'), model: body['model'], ...(script.usage === 'none' ? {} : { usage }) }
      : { error: { message: `the upstream says ${status}`, type: 'server_error' } };
  return { id: 'batch_req', custom_id, response: { status_code: status, request_id: 'r', body: answer }, error: null };
}
