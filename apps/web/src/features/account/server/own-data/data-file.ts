import { byteOrderMark, type Cell, csvText } from '#server/csv.ts';
import type { ZipEntry } from '#server/zip.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A CSV file of rows that are asked for page by page. */
export function csvEntry(
  name: string,
  columns: readonly string[],
  pages: () => AsyncIterable<readonly (readonly Cell[])[]>,
): ZipEntry {
  return {
    name: `${name}.csv`,
    async *pieces() {
      yield encode(byteOrderMark + csvText([columns]));
      for await (const page of pages()) if (page.length > 0) yield encode(csvText(page));
    },
  };
}

/** A JSON file of something small; amounts are decimal strings. */
export function jsonEntry(name: string, read: () => Promise<unknown>): ZipEntry {
  return {
    name: `${name}.json`,
    async *pieces() {
      const text = JSON.stringify(await read(), (_, value) => (typeof value === 'bigint' ? String(value) : value), 2);
      yield encode(`${text}\n`);
    },
  };
}

/** Pages one after the other until one is not full. @param read the page behind the last row of the one before */
export async function* pagesOf<Row>(
  limit: number,
  read: (last: Row | undefined) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  let last: Row | undefined;
  for (;;) {
    const page = await read(last);
    yield page;
    last = page.at(-1);
    if (page.length < limit) return;
  }
}
