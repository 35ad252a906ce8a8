/**
 * The web console as a process: what `next start` does, and Brotli, which Next itself does not speak.
 * WEB_PORT and HOST say where it listens; SIGTERM and SIGINT let answers end first.
 */
import { once } from 'node:events';
import fs from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { constants } from 'node:zlib';
import compression from 'compression';
import next from 'next';

/** Of pages, compressed as they are sent: more takes longer and gives next to nothing. */
const brotliQuality = 5;
/** Answers that take longer are cut when the process is to stop. */
const drainTimeoutMs = 5_000;
const assetTypes = { '.js': 'application/javascript; charset=UTF-8', '.css': 'text/css; charset=UTF-8' };

const port = Number(process.env.WEB_PORT ?? 3000);
const hostname = process.env.HOST ?? '127.0.0.1';
const app = next({ dev: false, dir: import.meta.dirname, hostname, port });
const answer = app.getRequestHandler();
const compress = compression({ brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } } });
const twins = compressedTwins(path.join(import.meta.dirname, '.next/static'));

await app.prepare();
const server = createServer((request, response) => {
  if (!isAddress(request.url)) request.url = `${/^\/(en|zh)(?=\/)/.exec(request.url)?.[0] ?? ''}/no-address`;
  sendTwin(request, response);
  keepLength(response);
  compress(request, response, () => answer(request, response));
});
server.listen(port, hostname);
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, stop);

/** Next breaks on a path that it cannot decode twice, and Postgres on a zero in a text: neither leads anywhere. */
function isAddress(url) {
  try {
    return !decodeURIComponent(decodeURIComponent(url.split('?', 1)[0])).includes('\0');
  } catch {
    return false;
  }
}

/** The addresses of scripts and styles that build.mjs compressed. */
function compressedTwins(folder) {
  const files = fs.readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.br'));
  return new Set(files.map((file) => `/_next/static/${file.split(path.sep).join('/')}`));
}

/** Has Next send the compressed twin of a script or style to who understands it. */
function sendTwin(request, response) {
  const twin = `${request.url}.br`;
  if (!twins.has(twin) || !/\bbr\b/.test(request.headers['accept-encoding'] ?? '')) return;
  response.setHeader('content-type', assetTypes[path.extname(request.url)]);
  response.setHeader('content-encoding', 'br');
  response.setHeader('vary', 'accept-encoding');
  request.url = twin;
}

/** Next takes the length away that a route says; one that is sure of it says it as x-file-length, and clients get it by its own name. */
function keepLength(response) {
  const { writeHead } = response;
  response.writeHead = (...given) => {
    const length = response.getHeader('x-file-length');
    if (length !== undefined) {
      response.removeHeader('x-file-length');
      response.setHeader('content-length', length);
    }
    return writeHead.apply(response, given);
  };
}

async function stop() {
  setTimeout(() => server.closeAllConnections(), drainTimeoutMs).unref();
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  await closed;
  process.exit(0);
}
