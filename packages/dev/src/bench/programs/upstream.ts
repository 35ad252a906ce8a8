import net from 'node:net';

// A provider that costs next to nothing: raw sockets and canned answers in the Anthropic shape, chosen by `SIM:c=50,g=20;` near
// the body's start (c events, g milliseconds between them; g=0: all in one write) and `"stream":true`.

const headEnd = Buffer.from('\r\n\r\n');
/** The script stands near the start of a body; the rest is only counted. */
const inspectedBytes = 1_024;
const padding = 'a canned answer of about one kilobyte '.repeat(22);

const http = (type: string, framing: string) => `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\n${framing}\r\n\r\n`;
const usage = { input_tokens: 25, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 12 };
const message = { id: 'msg_bench', type: 'message', role: 'assistant', model: 'claude-bench', stop_sequence: null };
const whole = JSON.stringify({
  ...message,
  content: [{ type: 'text', text: padding }],
  stop_reason: 'end_turn',
  usage,
});
const wholeAnswer = Buffer.from(http('application/json', `content-length: ${whole.length}`) + whole);
const streamHead = http('text/event-stream; charset=utf-8', 'transfer-encoding: chunked');

function event(data: { readonly type: string }): string {
  const text = `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
  return `${text.length.toString(16)}\r\n${text}\r\n`;
}

const opening =
  event({
    type: 'message_start',
    message: { ...message, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } },
  } as never) +
  event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } } as never) +
  event({ type: 'ping' });
const closing = (chunks: number) =>
  event({ type: 'content_block_stop', index: 0 } as never) +
  event({
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { output_tokens: chunks },
  } as never) +
  event({ type: 'message_stop' });

/** One text event that carries the time it was written at, in microseconds of the machine's monotonic clock. */
function delta(): string {
  const now = Math.round(Number(process.hrtime.bigint() / 1_000n));
  return event({
    type: 'content_block_delta',
    index: 0,
    delta: { type: 'text_delta', text: `T=${now} word` },
  } as never);
}

const burstAnswers = new Map<number, Buffer>();
function burst(chunks: number): Buffer {
  let answer = burstAnswers.get(chunks);
  if (!answer) {
    const deltas = Array.from({ length: chunks }, delta).join('');
    answer = Buffer.from(`${streamHead}${opening}${deltas}${closing(chunks)}0\r\n\r\n`);
    burstAnswers.set(chunks, answer);
  }
  return answer;
}

function paced(socket: net.Socket, chunks: number, gapMs: number): void {
  socket.write(streamHead + opening + delta());
  let left = chunks - 1;
  const timer = setInterval(() => {
    if (socket.destroyed) return clearInterval(timer);
    if (left-- > 0) return void socket.write(delta());
    clearInterval(timer);
    socket.write(`${closing(chunks)}0\r\n\r\n`);
  }, gapMs);
}

function answer(socket: net.Socket, start: string): void {
  if (!start.includes('"stream":true')) return void socket.write(wholeAnswer);
  const [, chunks, gap] = /SIM:c=(\d+),g=(\d+);/.exec(start) ?? [];
  if (Number(gap) > 0) paced(socket, Number(chunks), Number(gap));
  else socket.write(burst(Number(chunks)));
}

function serve(socket: net.Socket): void {
  let head = Buffer.alloc(0);
  let bodyLeft = 0;
  let start = '';
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (data) => {
    let body = data;
    if (bodyLeft === 0) {
      head = head.length ? Buffer.concat([head, data]) : data;
      const end = head.indexOf(headEnd);
      if (end < 0) return;
      bodyLeft = Number(/content-length: (\d+)/i.exec(head.toString('latin1', 0, end))?.[1] ?? 0);
      body = head.subarray(end + headEnd.length);
      head = Buffer.alloc(0);
      start = '';
    }
    if (start.length < inspectedBytes) start += body.toString('latin1', 0, inspectedBytes);
    bodyLeft -= body.length;
    if (bodyLeft === 0) answer(socket, start);
  });
}

net.createServer(serve).listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4_096 });
