import { stringMarksWasm } from './string-marks.wasm.ts';

/** How many bytes of a text are marked at a time: they and their marks stay in the processor's near caches. */
export const windowBytes = 16_384;
/** What stands behind the last mark of a window: greater than any index. */
export const noMark = 0x7fffffff;

/** Where string-marks.wat writes its marks. */
const marksStart = 65_536;
/** The bits of a state, as string-marks.wat returns it. */
const insideString = 2;
const problem = 64;

// Node's types know WebAssembly only together with the browser's.
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}
interface StringMarksExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  mark(lengthBytes: number, base: number, state: number): number;
}

const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
const { memory, mark } = new Instance(new Module(Buffer.from(stringMarksWasm, 'base64'))).exports as StringMarksExports;
const window = new Uint8Array(memory.buffer, 0, windowBytes);

/**
 * The marks of the window that was marked last: rising indexes of the quotes that begin and end strings, then `noMark`.
 * There is one window for everybody, which is enough as long as no scan yields or begins inside another.
 */
export const marks = new Int32Array(memory.buffer, marksStart, windowBytes + 1);

/**
 * Marks the window of a text that begins at `from`.
 *
 * @param state what the call for the window before returned, 0 for the first
 * @returns the state for the next window, or -1 where a string in this one has a bad escape or a control byte, or the
 *   text ends inside an escape; the text is not well-formed then, and its further windows are not to be marked
 */
export function markWindow(text: Buffer, from: number, end: number, state: number): number {
  const to = Math.min(from + windowBytes, end);
  text.copy(window, 0, from, to);
  const next = mark(to - from, from, state);
  return (to === end ? next & ~insideString : next & problem) === 0 ? next : -1;
}
