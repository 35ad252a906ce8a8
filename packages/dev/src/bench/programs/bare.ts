import http from 'node:http';
import { type Dispatcher, Pool } from 'undici';

// The yardstick: a reverse proxy of node:http and undici with no features at all, one process.

const [port = '0', upstream = ''] = process.argv.slice(2);
const longMs = 600_000;
const pool = new Pool(upstream, {
  connections: null,
  pipelining: 1,
  keepAliveTimeout: 60_000,
  headersTimeout: longMs,
  bodyTimeout: longMs,
});
const notSent = new Set([
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'expect',
  'upgrade',
  'te',
]);
const notReturned = ['connection', 'keep-alive', 'transfer-encoding'];

function sentHeaders(from: http.IncomingHttpHeaders): http.IncomingHttpHeaders {
  const headers: http.IncomingHttpHeaders = {};
  for (const name in from) if (!notSent.has(name)) headers[name] = from[name];
  return headers;
}

function relay(request: http.IncomingMessage, response: http.ServerResponse, body: Buffer): void {
  const options = { path: request.url ?? '/', method: 'POST' as const, headers: sentHeaders(request.headers), body };
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(controller) {
      response.on('close', () => {
        if (!response.writableFinished) controller.abort(new Error('the client left'));
      });
    },
    onResponseStart(_, status, headers) {
      for (const name of notReturned) delete headers[name];
      response.writeHead(status, headers);
    },
    onResponseData(controller, chunk) {
      if (response.write(chunk)) return;
      controller.pause();
      response.once('drain', () => controller.resume());
    },
    onResponseEnd() {
      response.end();
    },
    onResponseError() {
      if (!response.headersSent) response.writeHead(502);
      response.end();
    },
  };
  pool.dispatch(options, handler);
}

const server = http.createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 }, (request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => relay(request, response, parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)));
});
server.listen({ port: Number(port), host: '127.0.0.1', backlog: 4_096 });
