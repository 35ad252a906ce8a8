import { formatPlanTokens, formatUsd, nanoUsdPerPlanToken, parseUsd } from '@ai-bridge/domain';
import type { BalanceUnit } from '#features/balance/components/balance-figures.tsx';

/** What the form holds: text as typed. */
export interface KeyForm {
  readonly name: string;
  /** Undefined: the default one. */
  readonly group: string | undefined;
  readonly models: readonly string[];
  readonly lifetime: Lifetime | typeof asItIs;
  readonly strict: boolean;
  readonly limits: Readonly<Record<LimitName, string>>;
  /** In the unit that the site shows balances in. */
  readonly spendPerDay: string;
  readonly spendPerMonth: string;
  /** One to a line, or with commas between. */
  readonly addresses: string;
}

export const lifetimes = ['never', '30', '90', '365'] as const;
export type Lifetime = (typeof lifetimes)[number];
/** The expiry that a key has already. */
export const asItIs = 'asItIs';

export const limitNames = ['rpm', 'itpm', 'otpm', 'concurrency'] as const;
export type LimitName = (typeof limitNames)[number];

const noLimits = { rpm: '', itpm: '', otpm: '', concurrency: '' };

export const emptyKeyForm: KeyForm = {
  ...{ name: '', group: undefined, models: [], lifetime: 'never', strict: false, limits: noLimits },
  ...{ spendPerDay: '', spendPerMonth: '', addresses: '' },
};

/** What is set on a key, as far as a form can change it. */
export interface KeySettingsView {
  readonly name: string;
  readonly models: readonly string[];
  readonly strict: boolean;
  readonly limits: Readonly<Partial<Record<LimitName, number | undefined>>>;
  readonly spendPerDayNanoUsd: bigint | null;
  readonly spendPerMonthNanoUsd: bigint | null;
  readonly allowedAddresses: readonly string[];
  readonly expiresAt: Date | null;
}

/** The form of a key that is there. */
export function keyFormOf(key: KeySettingsView, unit: BalanceUnit): KeyForm {
  const cap = (name: LimitName) => String(key.limits[name] ?? '');
  return {
    ...{ name: key.name, group: undefined, models: key.models, strict: key.strict },
    lifetime: key.expiresAt ? asItIs : 'never',
    limits: { rpm: cap('rpm'), itpm: cap('itpm'), otpm: cap('otpm'), concurrency: cap('concurrency') },
    spendPerDay: amountText(key.spendPerDayNanoUsd, unit),
    spendPerMonth: amountText(key.spendPerMonthNanoUsd, unit),
    addresses: key.allowedAddresses.join('\n'),
  };
}

/** The form with another group: models that its keys do not see are chosen no longer. */
export function inGroup(form: KeyForm, group: { readonly id: string; readonly models: readonly string[] }): KeyForm {
  return { ...form, group: group.id, models: form.models.filter((model) => group.models.includes(model)) };
}

const dayMs = 24 * 60 * 60 * 1_000;

/** The form as the settings of a key. An empty limit is no limit. @param expiresAt of the key that is changed */
export function keyInput(form: KeyForm, nowMs: number, unit: BalanceUnit, expiresAt?: Date | null) {
  const given = limitNames.filter((name) => form.limits[name].trim() !== '');
  const [spendPerDayNanoUsd, spendPerMonthNanoUsd] = [form.spendPerDay, form.spendPerMonth].map((text) =>
    amountOf(text, unit),
  );
  const until = expiryOf(form.lifetime, nowMs, expiresAt);
  return {
    name: form.name.trim(),
    models: [...form.models],
    strict: form.strict,
    allowedAddresses: form.addresses.split(/[\s,;，；]+/).filter((address) => address !== ''),
    ...(until && { expiresAt: until }),
    ...(given.length > 0 && { limits: Object.fromEntries(given.map((name) => [name, Number(form.limits[name])])) }),
    ...(spendPerDayNanoUsd !== undefined && { spendPerDayNanoUsd }),
    ...(spendPerMonthNanoUsd !== undefined && { spendPerMonthNanoUsd }),
  };
}

function expiryOf(lifetime: KeyForm['lifetime'], nowMs: number, present: Date | null | undefined): Date | undefined {
  if (lifetime === 'never') return undefined;
  if (lifetime === asItIs) return present ?? undefined;
  return new Date(nowMs + Number(lifetime) * dayMs);
}

/** An amount as it is typed. What is none becomes 0, which is left for the server to refuse: dropped, it would be no limit. */
function amountOf(text: string, unit: BalanceUnit): bigint | undefined {
  const typed = text.trim().replaceAll(',', '');
  if (typed === '') return undefined;
  if (unit === 'money') return parseUsd(typed) ?? 0n;
  return /^\d{1,15}$/.test(typed) ? BigInt(typed) * nanoUsdPerPlanToken : 0n;
}

function amountText(amountNanoUsd: bigint | null, unit: BalanceUnit): string {
  if (amountNanoUsd === null) return '';
  return unit === 'money' ? formatUsd(amountNanoUsd) : formatPlanTokens(amountNanoUsd);
}
