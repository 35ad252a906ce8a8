import type { ApiOutput } from '#components/api.ts';

export type DeskSetting = ApiOutput['siteSetting']['list']['settings'][number];
export type SettingName = Exclude<DeskSetting['name'], 'codexOfficialInstructions'>;

const limitKinds = ['rpm', 'itpm', 'otpm', 'concurrency'] as const;

/** How a setting is entered. */
export type Control =
  | { readonly kind: 'text' | 'colour' | 'count' | 'flag' | 'limits' | 'languages' | 'moment' }
  | { readonly kind: 'choice'; readonly values: readonly string[] };

export const controls: Readonly<Record<SettingName, Control>> = {
  maintenance: { kind: 'choice', values: ['off', 'console', 'consoleAndRelay'] },
  maintenanceTextZh: { kind: 'text' },
  maintenanceTextEn: { kind: 'text' },
  maintenanceUntil: { kind: 'moment' },
  siteName: { kind: 'text' },
  accentOnLight: { kind: 'colour' },
  accentOnDark: { kind: 'colour' },
  supportContact: { kind: 'text' },
  languages: { kind: 'languages' },
  defaultLanguage: { kind: 'choice', values: ['zh', 'en'] },
  currency: { kind: 'text' },
  showBalanceAs: { kind: 'choice', values: ['tokens', 'money'] },
  ownKeyFeeBasisPoints: { kind: 'count' },
  secondPersonAboveUsd: { kind: 'count' },
  refundAnswerDays: { kind: 'count' },
  signUp: { kind: 'choice', values: ['open', 'closed'] },
  signUpBonusTokens: { kind: 'count' },
  signUpLimits: { kind: 'limits' },
  emailVerification: { kind: 'choice', values: ['withSmtp', 'always', 'never'] },
  requireTwoFactorForStaff: { kind: 'flag' },
  crossModelFallback: { kind: 'flag' },
};

/** A value as it is typed; limits are written as "rpm 1000, concurrency 50", moments in UTC as they are stored. */
export function typedOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(',');
  if (typeof value !== 'object' || value === null) return String(value);
  const limits = value as Record<string, number | undefined>;
  return limitKinds.flatMap((kind) => (limits[kind] === undefined ? [] : [`${kind} ${limits[kind]}`])).join(', ');
}

/** What was typed as a value; undefined where it is none. The server checks it once more. */
export function readTyped(control: Control, typed: string): unknown {
  const text = typed.trim();
  if (control.kind === 'flag') return text === 'true';
  if (control.kind === 'languages') return text === '' ? undefined : text.split(',');
  if (control.kind === 'count') return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
  return control.kind === 'limits' ? limitsOf(text) : text;
}

function limitsOf(text: string): Record<string, number> | undefined {
  const limits: Record<string, number> = {};
  for (const part of text === '' ? [] : text.split(',')) {
    const [kind = '', count = ''] = part.trim().split(/\s+/);
    if (!limitKinds.some((known) => known === kind) || !/^\d{1,12}$/.test(count) || kind in limits) return undefined;
    limits[kind] = Number(count);
  }
  return limits;
}
