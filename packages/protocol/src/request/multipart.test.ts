import { RelayError } from '@ai-bridge/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MultipartReader, maxFormFieldBytes, setFormField } from './multipart.ts';
import { multipartBoundary } from './multipart-header.ts';

const boundary = 'b0undary';

interface Part {
  readonly name: string;
  readonly content: Buffer | string;
  readonly fileName?: string | undefined;
  readonly headers?: string;
}

function compose(parts: readonly Part[], end = `--${boundary}--\r\n`): Buffer {
  const written = parts.flatMap(({ name, content, fileName, headers }) => {
    const file = fileName === undefined ? '' : `; filename="${fileName}"`;
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${headers ?? ''}\r\n`;
    return [Buffer.from(head), Buffer.from(content as string), Buffer.from('\r\n')];
  });
  return Buffer.concat([...written, Buffer.from(end)]);
}

/** Feeds a body in chunks that end at these places. */
function read(body: Buffer, cuts: readonly number[] = [], maxHeadBytes?: number): MultipartReader {
  const reader = new MultipartReader(boundary, maxHeadBytes);
  let at = 0;
  for (const cut of [...cuts].sort((a, b) => a - b).concat(body.length)) {
    reader.feed(body.subarray(at, cut));
    at = cut;
  }
  return reader;
}

function reasonOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof RelayError) return `${error.detail.path}: ${error.detail.reason}`;
    throw error;
  }
  return 'accepted';
}

/** Content full of beginnings of boundaries. */
const content = fc
  .array(fc.constantFrom('\r', '\n', '\r\n', '-', '--', `--${boundary.slice(0, 4)}`, '\r\n--b0undar', 'x', '\0', 'é'), {
    maxLength: 30,
  })
  .map((pieces) => pieces.join(''))
  .filter((text) => !`\r\n${text}\r\n`.includes(`\r\n--${boundary}`));
const part = fc.record({
  name: fc.constantFrom('prompt', 'file', 'image[]', 'temperature', 'é'),
  content,
  fileName: fc.option(fc.constantFrom('', 'a.wav', 'ü.png'), { nil: undefined }),
});
const model = fc.record({ name: fc.constant('model'), content: fc.stringMatching(/^[\w./:-]{0,40}$/) });

describe('MultipartReader', () => {
  test('tells the same fields however the body is cut, with the bytes of their values', () => {
    const form = fc.tuple(fc.array(part, { maxLength: 5 }), model, fc.array(part, { maxLength: 5 }));
    fc.assert(
      fc.property(form, fc.array(fc.nat({ max: 2_000 }), { maxLength: 40 }), ([before, named, after], cuts) => {
        const parts: Part[] = [...before, named, ...after];
        const body = compose(parts);
        const reader = read(
          body,
          cuts.map((cut) => cut % body.length),
        );
        reader.end();
        const fields = parts.filter(({ fileName }) => fileName === undefined);
        expect(reader.fields.map(({ name, value }) => ({ name, value }))).toEqual(
          fields.map(({ name, content }) => ({ name, value: content })),
        );
        expect(reader.fields.map(({ start, end }) => body.toString('utf8', start, end))).toEqual(
          fields.map(({ content }) => content),
        );
        expect(reader.files.map(({ fileName }) => fileName)).toEqual(
          parts.flatMap(({ fileName }) => (fileName === undefined ? [] : [fileName])),
        );
      }),
    );
  });

  test('byte by byte it comes to the same', () => {
    const body = compose([
      { name: 'file', content: '\r\n--b0undar', fileName: 'a' },
      { name: 'model', content: 'whisper-1' },
    ]);
    const reader = new MultipartReader(boundary);
    for (const byte of body) reader.feed(Buffer.from([byte]));
    reader.end();
    expect(reader.field('model')?.value).toBe('whisper-1');
  });

  test('a form that the platform writes is read, quotes and unicode in it too', async () => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(100_000)], { type: 'audio/wav' }), 'a "b" ü.wav');
    form.append('model', 'gpt-4o-transcribe');
    form.append('prompt', 'línea\r\nzwei');
    form.append('stream', 'true');
    const response = new Response(form);
    const reader = new MultipartReader(multipartBoundary(response.headers.get('content-type') ?? ''));
    reader.feed(Buffer.from(await response.arrayBuffer()));
    reader.end();
    expect(Object.fromEntries(reader.fields.map(({ name, value }) => [name, value]))).toEqual({
      model: 'gpt-4o-transcribe',
      prompt: 'línea\r\nzwei',
      stream: 'true',
    });
    expect(reader.files).toEqual([{ name: 'file', fileName: 'a %22b%22 ü.wav', contentType: 'audio/wav' }]);
  });

  test('it says when waiting for a field is of use no more', () => {
    const body = compose([
      { name: 'model', content: 'm' },
      { name: 'file', content: 'x'.repeat(1_000), fileName: 'f' },
    ]);
    const reader = new MultipartReader(boundary);
    expect(reader.awaits('model')).toBe(true);
    reader.feed(body.subarray(0, 200));
    expect(reader.awaits('model')).toBe(false);
    expect(reader.awaits('model', 'stream')).toBe(true);
    reader.feed(body.subarray(200));
    expect(reader.awaits('model', 'stream')).toBe(false);
    const bounded = new MultipartReader(boundary, 100);
    bounded.feed(body.subarray(0, 99));
    expect(bounded.awaits('stream')).toBe(true);
    bounded.feed(body.subarray(99, 101));
    expect(bounded.awaits('stream')).toBe(false);
  });

  test('a long field is skipped, and what follows it is read', () => {
    const reader = read(
      compose([
        { name: 'prompt', content: 'p'.repeat(maxFormFieldBytes + 1) },
        { name: 'language', content: 'l'.repeat(maxFormFieldBytes) },
      ]),
      [500, 3_000, 4_200],
    );
    expect(reader.fields.map(({ name }) => name)).toEqual(['language']);
  });

  test('parts of old encodings are not taken for what they say', () => {
    const headers = 'Content-Transfer-Encoding: base64\r\n';
    expect(read(compose([{ name: 'prompt', content: 'aGk=', headers }])).fields).toEqual([]);
    expect(reasonOf(() => read(compose([{ name: 'model', content: 'aGk=', headers }])))).toContain('plain text');
  });

  test('what comes behind the form is not looked at', () => {
    const reader = read(
      Buffer.concat([compose([{ name: 'model', content: 'a' }]), compose([{ name: 'model', content: 'b' }])]),
    );
    expect(reader.fields.map(({ value }) => value)).toEqual(['a']);
  });

  const plain = `--${boundary}\r\nContent-Disposition: form-data; name="model"\r\n\r\na\r\n`;
  test.each([
    ['a second model', `${plain}${plain}--${boundary}--`, 'more than once'],
    ['a model that is a file', plain.replace('"model"', '"model"; filename="f"'), 'plain text'],
    ['a long model', plain.replace('\r\na\r\n', `\r\n${'a'.repeat(5_000)}\r\n`), 'too long'],
    ['a model that is no text', plain.replace('\r\na', '\r\n\u00ff'), 'UTF-8'],
    ['two names', plain.replace('"model"', '"a"; name="model"'), 'twice'],
    ['an escaped name', plain.replace('"model"', '"mo\\\\del"'), 'two ways'],
    ['an encoded name', plain.replace('"model"', '"a"; name*=utf-8\'\'model'), 'two ways'],
    ['two dispositions', plain.replace('\r\n\r\n', '\r\nContent-Disposition: form-data; name="x"\r\n\r\n'), 'twice'],
    ['a folded header', plain.replace('; name', ';\r\n name'), 'name: value'],
    ['a lone line feed in a header', plain.replace('; name', ';\nx: name'), 'name: value'],
    ['no disposition', plain.replace('Content-Disposition', 'X'), 'no Content-Disposition'],
    ['no name', plain.replace('; name="model"', ''), 'no name'],
    ['no header', `--${boundary}\r\n\r\n${plain}`, 'name: value'],
    ['no content', `--${boundary}\r\nContent-Disposition: form-data; name="x"\r\n\r\n${plain}`, 'no content'],
    ['a preamble', `hello\r\n${plain}`, 'begin with its boundary'],
    ['a longer boundary', plain.replace(boundary, `${boundary}x`), 'followed by other text'],
    ['bare line feeds', plain.replaceAll('\r\n', '\n'), 'followed by other text'],
    ['an endless header', `--${boundary}\r\nX: ${'x'.repeat(10_000)}`, 'too long'],
    ['endless white space', `--${boundary}${' '.repeat(500)}`, 'followed by other text'],
  ])('%s is refused, however it is cut', (_, text, reason) => {
    const body = Buffer.from(text, 'latin1');
    const closed = Buffer.concat([body, Buffer.from(`--${boundary}--`)]);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: closed.length }), { maxLength: 10 }), (cuts) => {
        expect(reasonOf(() => read(closed, cuts))).toContain(reason);
      }),
      { numRuns: 30 },
    );
  });

  test('a second model behind a large file is noticed as it goes by', () => {
    const reader = new MultipartReader(boundary, 1_000);
    const parts = [
      { name: 'model', content: 'cheap' },
      { name: 'file', content: 'x'.repeat(100_000), fileName: 'f' },
    ];
    reader.feed(compose(parts, ''));
    expect(reasonOf(() => reader.feed(compose([{ name: 'model', content: 'dear' }])))).toContain('more than once');
    expect(reasonOf(() => read(compose([...parts.slice(1), { name: 'n', content: '9' }]), [], 1_000))).toContain(
      'ahead',
    );
  });

  test('a form that is cut off is refused at its end', () => {
    expect(reasonOf(() => read(Buffer.from(plain)).end())).toContain('last boundary');
    expect(reasonOf(() => new MultipartReader(boundary).end())).toContain('last boundary');
  });

  test('a boundary may be preceded by an empty line and followed by white space', () => {
    const body = `\r\n--${boundary} \t\r\nContent-Disposition: FORM-DATA; NAME=model\r\n\r\na\r\n--${boundary}--`;
    const reader = read(Buffer.from(body), [1, 5, 13]);
    reader.end();
    expect(reader.field('model')?.value).toBe('a');
  });
});

describe('setFormField', () => {
  test('changes the value and no other byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 4 }), model, model, async (others, from, to) => {
        const body = compose([from, ...others]);
        const field = read(body).field('model');
        expect(setFormField(body, field as never, to.content).equals(compose([to, ...others]))).toBe(true);
      }),
    );
  });

  test('a part that tells its length tells the new one', () => {
    const headers = (length: number) => `Content-Type: text/plain\r\nContent-Length: ${length}\r\n`;
    const body = compose([
      { name: 'file', content: 'f', fileName: 'f' },
      { name: 'model', content: 'whisper-1', headers: headers(9) },
    ]);
    const field = read(body, [80, 130]).field('model');
    const edited = setFormField(body, field!, 'gpt-4o-transcribe');
    expect(edited.toString()).toBe(
      compose([
        { name: 'file', content: 'f', fileName: 'f' },
        { name: 'model', content: 'gpt-4o-transcribe', headers: headers(17) },
      ]).toString(),
    );
  });

  test('the same value gives the very same bytes; a value of two lines is a mistake of the caller', () => {
    const body = compose([{ name: 'model', content: 'm' }]);
    const field = read(body).field('model')!;
    expect(setFormField(body, field, 'm')).toBe(body);
    expect(() => setFormField(body, field, `x\r\n--${boundary}--`)).toThrow(RangeError);
  });
});

describe('multipartBoundary', () => {
  test.each([
    ['multipart/form-data; boundary=abc', 'abc'],
    ['Multipart/Form-Data;charset=utf-8; Boundary="a b\'c"', "a b'c"],
    ['multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW;', '----WebKitFormBoundary7MA4YWxkTrZu0gW'],
  ])('%s', (contentType, expected) => {
    expect(multipartBoundary(contentType)).toBe(expected);
  });

  test.each([
    'application/json',
    'multipart/mixed; boundary=a',
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary="a "',
    `multipart/form-data; boundary=${'a'.repeat(71)}`,
    'multipart/form-data; boundary=a; boundary=b',
    'multipart/form-datax; boundary=a',
  ])('is refused: %s', (contentType) => {
    expect(() => multipartBoundary(contentType)).toThrow(RelayError);
  });
});
