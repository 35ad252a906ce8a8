/**
 * Headers of an answer as they go over the wire: lines of `name: value`, each with its CR LF. They are made once per answer, and text
 * costs a fraction of what lists of names and values do.
 */
export type HeaderLines = string;

const unsendable = /[^\t\x20-\x7e\x80-\xff]/;

/** One header. A value that could not be sent as it is (names of models may be in any script) goes percent-encoded. */
export function headerLine(name: string, value: string): HeaderLines {
  return unsendable.test(value)
    ? `${name}: ${encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\uFFFD'))}\r\n`
    : `${name}: ${value}\r\n`;
}
