/** A text in the form that editors work on, and what it takes to write it as it was. */
export interface TextForm {
  readonly text: string;
  readonly hasByteOrderMark: boolean;
  readonly lineBreak: '\n' | '\r\n';
}

const byteOrderMark = '\ufeff';

export function readForm(source: string): TextForm {
  const hasByteOrderMark = source.startsWith(byteOrderMark);
  const body = hasByteOrderMark ? source.slice(1) : source;
  const lineBreak = body.includes('\r\n') ? '\r\n' : '\n';
  return { text: body.replaceAll('\r\n', '\n'), hasByteOrderMark, lineBreak };
}

export function writeForm(text: string, { hasByteOrderMark, lineBreak }: Omit<TextForm, 'text'>): string {
  const body = lineBreak === '\n' ? text : text.replaceAll('\n', lineBreak);
  return (hasByteOrderMark ? byteOrderMark : '') + body;
}
