import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Protocol, protocols } from '@ai-bridge/domain';
import type { NeutralRequest } from '../neutral/request.ts';
import type { PathHead } from '../request/head.ts';
import { codecOf } from './codecs.ts';
import type { Conversion } from './stream-converter.ts';

const folder = fileURLToPath(new URL('../../fixtures/', import.meta.url));

/** A recorded answer and the request that it answers. */
export interface Recorded {
  readonly protocol: Protocol;
  readonly name: string;
  readonly bytes: Buffer;
  /** The body of the request, as the client sent it. */
  readonly requestBody: Buffer;
  /** What of the request stands in its path. */
  readonly path: PathHead;
  /** The request in neutral words; undefined where it asks for no conversation (embeddings, pictures). */
  readonly request: NeutralRequest | undefined;
  /** Beside the answer, with this ending instead of its own. */
  readonly beside: (ending: string) => string;
}

/** Recorded answers of every protocol: event streams, or whole bodies. */
export function recorded(ending: '.sse' | '.body.json'): Recorded[] {
  return protocols.flatMap((protocol) =>
    fs
      .readdirSync(path.join(folder, protocol))
      .filter((file) => file.endsWith(ending))
      .map((file) => read(protocol, file)),
  );
}

function read(protocol: Protocol, file: string): Recorded {
  const stem = path.join(folder, protocol, file.replace(/\.(sse|json)$/, ''));
  const beside = (ending: string) => `${stem}${ending}`;
  const bytes = fs.readFileSync(path.join(folder, protocol, file));
  const requestBody = fs.readFileSync(beside('.request.json'));
  const model = /"modelVersion": ?"([^"]+)"/.exec(bytes.toString())?.[1] ?? 'gemini-2.5-pro';
  const head = { model, stream: file.endsWith('.sse') };
  const request = requestOf(protocol, requestBody, head);
  return { protocol, name: `${protocol}/${file}`, bytes, requestBody, path: head, request, beside };
}

function requestOf(protocol: Protocol, body: Buffer, head: PathHead): NeutralRequest | undefined {
  const { encoding_format, prompt } = JSON.parse(body.toString());
  return encoding_format || prompt ? undefined : codecOf(protocol).parseRequest(body, head).value;
}

/** How a recorded answer goes to a client that asked the same in another protocol. */
export function conversion({ protocol, request }: Recorded, to: Protocol, stream = true): Conversion {
  if (!request) throw new Error('only answers in a conversation are converted');
  return {
    from: codecOf(protocol),
    origin: { protocol, channelId: 'chn_1', model: 'up' },
    to: codecOf(to),
    isArray: false,
    context: {
      ...{ requestId: 'req_1', model: 'asked', createdAtSeconds: 1_700_000_000, promptTokens: 9, includeUsage: true },
      request: { ...request, stream },
    },
  };
}
