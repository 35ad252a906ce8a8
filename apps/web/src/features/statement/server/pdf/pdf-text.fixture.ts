import { inflateSync } from 'node:zlib';

/** The text of a PDF whose fonts say what their glyphs mean, one line per piece that was drawn. */
export function pdfText(pdf: Uint8Array): string {
  const streams = streamsOf(Buffer.from(pdf));
  const letters = new Map(streams.filter((text) => text.includes('beginbfrange')).flatMap(lettersOf));
  const pieces: string[] = [];
  for (const text of streams.filter((stream) => stream.includes('BT\n')))
    for (const [, drawn = ''] of text.matchAll(/\[([^\]]*)\] TJ/g))
      pieces.push([...drawn.matchAll(/<([0-9a-f]+)>/g)].map(([, glyphs = '']) => textOf(glyphs, letters)).join(''));
  return pieces.join('\n');
}

function textOf(glyphs: string, letters: ReadonlyMap<string, string>): string {
  return (glyphs.match(/.{4}/g) ?? []).map((glyph) => letters.get(glyph) ?? '\u25a1').join('');
}

function streamsOf(pdf: Buffer): string[] {
  const streams: string[] = [];
  let at = pdf.indexOf('stream\n');
  while (at >= 0) {
    const end = pdf.indexOf('endstream', at);
    const bytes = pdf.subarray(at + 'stream\n'.length, end);
    streams.push(bytes[0] === 0x78 ? inflateSync(bytes).toString('latin1') : bytes.toString('latin1'));
    at = pdf.indexOf('stream\n', end + 'endstream'.length);
  }
  return streams;
}

/** What a font's map says of its glyphs: ranges that list each one's letter. */
function lettersOf(map: string): [string, string][] {
  return [...map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)].flatMap(([, first = '', list = '']) =>
    [...list.matchAll(/<([0-9a-f ]*)>/g)].map(([, units = ''], index): [string, string] => [
      (Number.parseInt(first, 16) + index).toString(16).padStart(4, '0'),
      Buffer.from(units.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
    ]),
  );
}
