import { type PriceTier, parseUsd, type Rate, rates } from '@ai-bridge/domain';
import { maxRatePercent, orderTiers } from '../prices/figures.ts';
import type { FilePrice, FileProblem, FileRow, RawEntry, RawValue } from './price-file.ts';

const perMillionDecimals = 6;
const feeDecimals = 9;
const maxIdLength = 200;
const maxNameLength = 100;
const maxTokens = 100_000_000;
const maxTiers = 20;
const maxNoteLength = 60;

/** How files call what we know. */
const names: Readonly<Record<string, string>> = {
  ...{ id: 'model', model: 'model', provider: 'provider', displayName: 'displayName', display_name: 'displayName' },
  ...{ contextTokens: 'contextTokens', context_tokens: 'contextTokens', context: 'contextTokens' },
  ...{ maxOutputTokens: 'maxOutputTokens', max_output_tokens: 'maxOutputTokens', max_output: 'maxOutputTokens' },
  ...{ input: 'input', output: 'output', cacheRead: 'cacheRead', cache_read: 'cacheRead' },
  ...{ cacheWrite5m: 'cacheWrite5m', cache_write_5m: 'cacheWrite5m', cache_write_5m_or_default: 'cacheWrite5m' },
  ...{ cacheWrite1h: 'cacheWrite1h', cache_write_1h: 'cacheWrite1h', cache_write_1h_or_long: 'cacheWrite1h' },
  ...{ cache_write: 'cacheWrite5m', perRequest: 'perRequest', per_request: 'perRequest' },
  ...{ webSearch: 'webSearch', web_search: 'webSearch', batch_multiplier: 'batchMultiplier' },
  ...{ above_tokens: 'aboveTokens', aboveTokens: 'aboveTokens', tokens: 'aboveTokens', when: 'when' },
  ...Object.fromEntries(
    rates.flatMap((rate) => [`${rate}_percent`, `rates.${rate}`].map((name) => [name, `rates.${rate}`])),
  ),
};
/** Notes beside the price: read by people. */
const notes = new Set(['source', 'verified', 'status', 'note', 'notes', 'fallback', 'enabled']);

export interface EntryReading {
  readonly row: FileRow | undefined;
  readonly problems: readonly FileProblem[];
  readonly unknownFields: readonly string[];
}

/** An entry of whatever format as what it says of a model; undefined where something of it is wrong. */
export function readEntry(entry: RawEntry): EntryReading {
  const problems: FileProblem[] = [];
  const unknownFields = new Set<string>();
  const fields = known(entry.fields);
  const wrong = (value: { readonly line: number }, field: string | undefined, message: string) => {
    problems.push({ line: value.line, field, message });
    return undefined;
  };

  function known(raw: ReadonlyMap<string, RawValue>): Map<string, RawValue> {
    const read = new Map<string, RawValue>();
    for (const [name, value] of raw) {
      const field = names[name];
      if (field !== undefined) read.set(field, value);
      else if (!notes.has(name)) unknownFields.add(name);
    }
    return read;
  }

  function amount(of: ReadonlyMap<string, RawValue>, field: string, decimals: number): bigint | null | undefined {
    const value = of.get(field);
    if (!value) return undefined;
    if (value.text === null) return null;
    const read = parseUsd(value.text, decimals);
    return read ?? wrong(value, field, `expected USD: zero or more, with at most ${decimals} decimals`);
  }

  function count(of: ReadonlyMap<string, RawValue>, field: string): number | undefined {
    const value = of.get(field);
    if (!value || value.text === null) return undefined;
    const read = /^\d{1,9}$/.test(value.text) ? Number(value.text) : 0;
    return read >= 1 && read <= maxTokens
      ? read
      : wrong(value, field, `expected a whole number from 1 to ${maxTokens}`);
  }

  function word(field: string, maxLength: number): string | undefined {
    const value = fields.get(field);
    const text = value?.text?.trim();
    if (!value || !text) return undefined;
    return text.length <= maxLength ? text : wrong(value, field, `expected at most ${maxLength} characters`);
  }

  function percent(rate: Rate): number | null | undefined {
    const multiplier = rate === 'batch' ? fields.get('batchMultiplier') : undefined;
    const value = fields.get(`rates.${rate}`) ?? multiplier;
    if (!value) return undefined;
    if (value.text === null) return null;
    const isMultiplier = value === multiplier;
    const read = parseUsd(value.text, isMultiplier ? 2 : 0);
    const whole = read === undefined ? 0n : (read * (isMultiplier ? 100n : 1n)) / 1_000_000_000n;
    if (whole >= 1n && whole <= BigInt(maxRatePercent)) return Number(whole);
    return wrong(value, rate, `expected a whole percent of the price from 1 to ${maxRatePercent}`);
  }

  function tier(of: RawEntry['tiers'][number]): PriceTier[] {
    const named = known(of.fields);
    const size = /> ?([\d_,]{1,12})/.exec(named.get('when')?.text ?? '')?.[1]?.replaceAll(/[_,]/g, '');
    const aboveTokens = named.has('aboveTokens') ? count(named, 'aboveTokens') : Number(size ?? 0);
    const condition = named.get('when')?.text;
    if (!aboveTokens && condition) {
      // By date or hour: no such price exists here, and the base price holds.
      unknownFields.add(`tiers: ${condition.slice(0, maxNoteLength)}`);
      return [];
    }
    if (!aboveTokens) {
      wrong(of, 'tiers', 'expected the size of prompts beyond which it counts, in tokens');
      return [];
    }
    const amounts = tokenKinds.flatMap((kind) => {
      const read = amount(named, kind, perMillionDecimals);
      return typeof read === 'bigint' ? [[kind, read] as const] : [];
    });
    return [{ aboveTokens, ...Object.fromEntries(amounts) }];
  }

  function price(): FilePrice | undefined {
    const [input, output] = [amount(fields, 'input', perMillionDecimals), amount(fields, 'output', perMillionDecimals)];
    const cache = (kind: string) => amount(fields, kind, perMillionDecimals) ?? undefined;
    const [cacheRead, cacheWrite5m, cacheWrite1h] = [cache('cacheRead'), cache('cacheWrite5m'), cache('cacheWrite1h')];
    const tiers = orderTiers(entry.tiers.slice(0, maxTiers).flatMap(tier));
    if (entry.tiers.length > maxTiers) wrong(entry, 'tiers', `expected at most ${maxTiers} tiers`);
    if (new Set(tiers.map(({ aboveTokens }) => aboveTokens)).size < tiers.length)
      wrong(entry, 'tiers', 'expected each number of tokens once');
    const fee = (field: string) =>
      amount(fields, field, feeDecimals) ?? (entry.isWhole || fields.has(field) ? null : undefined);
    const percents = rates.flatMap((rate) => {
      const said = percent(rate);
      // Left open is none; only what has no field at all is not spoken of.
      const read = said === undefined && entry.isWhole ? null : said;
      return read === undefined ? [] : [[rate, read] as const];
    });
    const fees = { perRequest: fee('perRequest'), webSearch: fee('webSearch'), rates: Object.fromEntries(percents) };
    if (typeof input !== 'bigint' && typeof output !== 'bigint') return undefined;
    if (typeof input !== 'bigint' || typeof output !== 'bigint') {
      const missing = typeof input === 'bigint' ? 'output' : 'input';
      return problems.length > 0 ? undefined : wrong(entry, missing, 'expected both input and output, or neither');
    }
    return { input, output, cacheRead, cacheWrite5m, cacheWrite1h, tiers, ...fees };
  }

  const modelId = word('model', maxIdLength);
  if (modelId === undefined && problems.length === 0) wrong(entry, 'model', 'expected the id of a model');
  const row = {
    ...{ line: entry.line, provider: word('provider', 32), displayName: word('displayName', maxNameLength) },
    ...{ contextTokens: count(fields, 'contextTokens'), maxOutputTokens: count(fields, 'maxOutputTokens') },
    price: price(),
  };
  const isGood = problems.length === 0 && modelId !== undefined;
  return { row: isGood ? { modelId, ...row } : undefined, problems, unknownFields: [...unknownFields] };
}

const tokenKinds = ['input', 'output', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h'] as const;
