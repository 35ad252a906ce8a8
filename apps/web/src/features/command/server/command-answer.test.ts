import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { commandAnswer } from './command-answer.ts';
import { readCommand } from './read-command.ts';

const packed = new Uint8Array([0x1f, 0x8b, 8, 0]);
const etagOf = (bytes: Uint8Array<ArrayBuffer>) => commandAnswer(bytes, null).headers.get('etag') ?? '';

test('the packed command is answered whole, as a file that nobody keeps for long', async () => {
  const answer = commandAnswer(packed, null);
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toEqual({
    'content-type': 'application/gzip',
    'x-file-length': '4',
    'cache-control': 'public, max-age=60',
    etag: expect.stringMatching(/^"[\w-]{43}"$/),
  });
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(packed);
});

test('who has these very bytes is told so, and who has others gets them', () => {
  const etag = etagOf(packed);
  for (const known of [etag, `W/${etag}`, `"another", ${etag}`, '*']) {
    const answer = commandAnswer(packed, known);
    expect(answer.status, known).toBe(304);
    expect(answer.headers.get('etag')).toBe(etag);
    expect(answer.body).toBeNull();
  }
  expect(commandAnswer(packed, '"another"').status).toBe(200);
  expect(commandAnswer(packed, etagOf(new Uint8Array([1]))).status).toBe(200);
});

test('where nothing is packed, or no longer, it says in a line what packs it', async () => {
  const gone = path.join(os.tmpdir(), `ai-bridge-no-such-${process.pid}.tgz`);
  for (const file of [undefined, gone]) {
    const answer = commandAnswer(await readCommand(file), '*');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(await answer.text()).toContain('npm start packs it');
  }
});

test('what was packed anew is answered at once', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-packed-'));
  const file = path.join(folder, 'ai-bridge.tgz');
  try {
    fs.writeFileSync(file, packed);
    expect(await readCommand(file)).toEqual(packed);
    fs.writeFileSync(file, 'newer');
    expect(await readCommand(file)).toEqual(new Uint8Array(Buffer.from('newer')));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
