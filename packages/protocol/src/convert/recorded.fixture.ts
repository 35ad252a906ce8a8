import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Protocol, protocols } from '@ai-bridge/domain';
import type { NeutralRequest } from '../neutral/request.ts';
import { codecOf } from './codecs.ts';
import type { Conversion } from './stream-converter.ts';

const folder = fileURLToPath(new URL('../../fixtures/', import.meta.url));

export interface Recorded {
  readonly protocol: Protocol;
  readonly name: string;
  readonly bytes: Buffer;
}

/** Recorded answers of every protocol: event streams, or whole bodies. */
export function recorded(ending: '.sse' | '.body.json'): Recorded[] {
  return protocols.flatMap((protocol) =>
    fs
      .readdirSync(path.join(folder, protocol))
      .filter((file) => file.endsWith(ending))
      .map((file) => ({
        protocol,
        name: `${protocol}/${file}`,
        bytes: fs.readFileSync(path.join(folder, protocol, file)),
      })),
  );
}

const request: NeutralRequest = {
  ...{ model: 'asked', stream: true, system: [], tools: [], sampling: {} },
  turns: [{ role: 'user', parts: [{ kind: 'text', text: 'hello' }] }],
  reasoning: { isShown: true },
};

export function conversion(from: Protocol, to: Protocol, stream = true): Conversion {
  return {
    from: codecOf(from),
    origin: { protocol: from, channelId: 'chn_1', model: 'up' },
    to: codecOf(to),
    isArray: false,
    context: {
      ...{ requestId: 'req_1', model: 'asked', createdAtSeconds: 1_700_000_000, promptTokens: 9, includeUsage: true },
      request: { ...request, stream },
    },
  };
}
