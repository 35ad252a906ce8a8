import type { PriceTier, RatePercents } from '@ai-bridge/domain';

export const maxFileBytes = 1_000_000;
export const maxFileRows = 5_000;
/** More are no help: the file is of another kind. */
export const maxProblems = 100;

/** What a file says of one model. Amounts are nano-USD per million tokens, fees nano-USD each. */
export interface FileRow {
  readonly modelId: string;
  /** Counted from 1: where its entry begins. */
  readonly line: number;
  readonly provider: string | undefined;
  readonly displayName: string | undefined;
  readonly contextTokens: number | undefined;
  readonly maxOutputTokens: number | undefined;
  /** Undefined: it names the model and no price. */
  readonly price: FilePrice | undefined;
}

/** Token kinds and tiers are all there are; of the fees and rates, null is none, and undefined that the file does not speak of them. */
export interface FilePrice {
  readonly input: bigint;
  readonly output: bigint;
  readonly cacheRead: bigint | undefined;
  readonly cacheWrite5m: bigint | undefined;
  readonly cacheWrite1h: bigint | undefined;
  readonly tiers: readonly PriceTier[];
  readonly perRequest: bigint | null | undefined;
  readonly webSearch: bigint | null | undefined;
  readonly rates: { readonly [rate in keyof RatePercents]: number | null };
}

/** One thing that is wrong, and where. Never quotes more than a word of the file. */
export interface FileProblem {
  readonly line: number;
  /** The column or field; undefined where it is about the whole. */
  readonly field: string | undefined;
  readonly message: string;
}

export interface PriceFile {
  /** Those without a problem. */
  readonly rows: readonly FileRow[];
  readonly problems: readonly FileProblem[];
  /** Columns and fields that mean nothing here, in the order they were met. */
  readonly unknownFields: readonly string[];
}

/** An entry as it stands in the file, whatever the format: texts, or null where it names a field and leaves it open. */
export interface RawEntry {
  readonly line: number;
  readonly fields: ReadonlyMap<string, RawValue>;
  readonly tiers: readonly { readonly line: number; readonly fields: ReadonlyMap<string, RawValue> }[];
  /** The entry stands for the whole price: what it does not name, there is none of. */
  readonly isWhole: boolean;
}

export interface RawValue {
  readonly text: string | null;
  readonly line: number;
}

/** Thrown while reading: nothing of the file can be used. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
  readonly problem: FileProblem;

  constructor(line: number, message: string) {
    super(message);
    this.problem = { line, field: undefined, message };
  }
}
