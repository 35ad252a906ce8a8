import { IntegerList } from '@ai-bridge/db';
import type { SettlementRecord } from '@ai-bridge/domain';
import { Shapes } from './shapes.ts';

/** Amounts of up to this many digits are exact as numbers. */
const exactDigits = 15;

class Columns {
  readonly #shapes = new Shapes();
  readonly #shapeOf: IntegerList;
  readonly #createdMs: IntegerList;
  readonly #input: IntegerList;
  readonly #cacheRead: IntegerList;
  readonly #cacheWrite5m: IntegerList;
  readonly #cacheWrite1h: IntegerList;
  readonly #output: IntegerList;
  readonly #reasoning: IntegerList;
  readonly #webSearches: IntegerList;
  readonly #charges: IntegerList;
  readonly #costs: IntegerList;
  readonly #firstByteMs: IntegerList;
  readonly #durationMs: IntegerList;
  #ids = '';
  #attempts = '';
  #hasAttempts = false;

  constructor(maxRecords: number) {
    this.#shapeOf = new IntegerList(maxRecords);
    this.#createdMs = new IntegerList(maxRecords);
    this.#input = new IntegerList(maxRecords);
    this.#cacheRead = new IntegerList(maxRecords);
    this.#cacheWrite5m = new IntegerList(maxRecords);
    this.#cacheWrite1h = new IntegerList(maxRecords);
    this.#output = new IntegerList(maxRecords);
    this.#reasoning = new IntegerList(maxRecords);
    this.#webSearches = new IntegerList(maxRecords);
    this.#charges = new IntegerList(maxRecords);
    this.#costs = new IntegerList(maxRecords);
    this.#firstByteMs = new IntegerList(maxRecords);
    this.#durationMs = new IntegerList(maxRecords);
  }

  add(record: SettlementRecord): void {
    const { usage, costNanoUsd } = record;
    this.#ids += `\n${record.requestId}`;
    this.#shapeOf.add(this.#shapes.place(record));
    this.#createdMs.add(Date.parse(record.createdAt));
    this.#input.add(usage.input);
    this.#cacheRead.add(usage.cacheRead);
    this.#cacheWrite5m.add(usage.cacheWrite5m);
    this.#cacheWrite1h.add(usage.cacheWrite1h);
    this.#output.add(usage.output);
    this.#reasoning.add(usage.reasoning);
    this.#webSearches.add(usage.webSearches);
    this.#charges.add(amountOf(record.chargeNanoUsd));
    this.#costs.add(costNanoUsd === undefined ? undefined : amountOf(costNanoUsd));
    this.#firstByteMs.add(record.firstByteMs);
    this.#durationMs.add(record.durationMs);
    this.#attempts += '\n';
    if (!record.attempts) return;
    this.#attempts += JSON.stringify(record.attempts);
    this.#hasAttempts = true;
  }

  /** In the order of the function's parameters. */
  parameters(): (string | Buffer | null)[] {
    return [
      this.#shapes.json(),
      this.#ids.slice(1),
      this.#shapeOf.parameter(),
      this.#createdMs.parameter(),
      this.#input.parameter(),
      this.#cacheRead.parameter(),
      this.#cacheWrite5m.parameter(),
      this.#cacheWrite1h.parameter(),
      this.#output.parameter(),
      this.#reasoning.parameter(),
      this.#webSearches.parameter(),
      this.#charges.parameter(),
      this.#firstByteMs.parameter(),
      this.#durationMs.parameter(),
      this.#hasAttempts ? this.#attempts.slice(1) : null,
      this.#costs.parameter(),
    ];
  }
}

function amountOf(text: string): number | bigint {
  return text.length <= exactDigits ? Number(text) : BigInt(text);
}

/**
 * A batch of records as the parameters of `usage_record_batch`: what many of them have in common once (their shapes), and a list
 * per field for the rest, which costs Postgres a third of what JSON does.
 * @throws an error with Postgres's code for it, where a number of a record is none
 */
export function columnsOf(records: readonly SettlementRecord[]): (string | Buffer | null)[] {
  const columns = new Columns(records.length);
  for (const record of records) columns.add(record);
  return columns.parameters();
}
