import { type Limits, limitsSchema } from '@ai-bridge/domain';
import { readWholeNumber } from '#components/whole-number.ts';
import { type LimitName, limitNames } from '#features/api-key/key-form.ts';

/** Limits as typed; empty: none. */
export type LimitForm = Readonly<Record<LimitName, string>>;

export function limitForm(limits: Limits): LimitForm {
  const text = (name: LimitName) => limits[name]?.toString() ?? '';
  return { rpm: text('rpm'), itpm: text('itpm'), otpm: text('otpm'), concurrency: text('concurrency') };
}

/** What the form says; undefined where a field is no number that a limit can be. */
export function limitsOf(form: LimitForm): Limits | undefined {
  const given = limitNames.filter((name) => form[name].trim() !== '');
  const read = given.map((name) => [name, Number(readWholeNumber(form[name]) ?? Number.NaN)]);
  const parsed = limitsSchema.safeParse(Object.fromEntries(read));
  return parsed.success ? parsed.data : undefined;
}
