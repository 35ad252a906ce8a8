/** What the form holds: text as typed. */
export interface KeyForm {
  readonly name: string;
  /** Undefined: the default one. */
  readonly group: string | undefined;
  readonly models: readonly string[];
  readonly lifetime: Lifetime;
  readonly strict: boolean;
  readonly limits: Readonly<Record<LimitName, string>>;
}

export const lifetimes = ['never', '30', '90', '365'] as const;
export type Lifetime = (typeof lifetimes)[number];

export const limitNames = ['rpm', 'itpm', 'otpm', 'concurrency'] as const;
export type LimitName = (typeof limitNames)[number];

export const emptyKeyForm: KeyForm = {
  name: '',
  group: undefined,
  models: [],
  lifetime: 'never',
  strict: false,
  limits: { rpm: '', itpm: '', otpm: '', concurrency: '' },
};

/** The form with another group: models that its keys do not see are chosen no longer. */
export function inGroup(form: KeyForm, group: { readonly id: string; readonly models: readonly string[] }): KeyForm {
  return { ...form, group: group.id, models: form.models.filter((model) => group.models.includes(model)) };
}

const dayMs = 24 * 60 * 60 * 1_000;

/** The form as the input of apiKey.create. An empty limit is no limit. */
export function keyInput(form: KeyForm, nowMs: number) {
  const given = limitNames.filter((name) => form.limits[name].trim() !== '');
  return {
    name: form.name.trim(),
    ...(form.group !== undefined && { group: form.group }),
    models: [...form.models],
    strict: form.strict,
    ...(form.lifetime !== 'never' && { expiresAt: new Date(nowMs + Number(form.lifetime) * dayMs) }),
    ...(given.length > 0 && { limits: Object.fromEntries(given.map((name) => [name, Number(form.limits[name])])) }),
  };
}
