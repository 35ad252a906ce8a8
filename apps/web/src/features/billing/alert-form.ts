import { nanoUsdPerPlanToken } from '@ai-bridge/domain';
import { readWholeNumber } from '#components/whole-number.ts';
import type { BillingPage } from './billing-page.ts';

export const alertChoices = ['usual', 'own', 'never'] as const;
export type AlertChoice = (typeof alertChoices)[number];
const places = 3;

/** The thresholds as they are typed, in plan tokens; '' is none. */
export interface AlertForm {
  readonly choice: AlertChoice;
  readonly amounts: readonly string[];
}

export function alertFormOf({ ownNanoUsd }: BillingPage['alerts']): AlertForm {
  const choice = ownNanoUsd === undefined ? 'usual' : ownNanoUsd.length > 0 ? 'own' : 'never';
  const texts = (ownNanoUsd ?? []).map((amount) => String(amount / nanoUsdPerPlanToken));
  return { choice, amounts: Array.from({ length: places }, (_, place) => texts[place] ?? '') };
}

/** @returns what is to be set (null: as usual), or the places of what is not right */
export function readAlertForm(form: AlertForm): { thresholdsNanoUsd: bigint[] | null } | { wrong: readonly number[] } {
  if (form.choice === 'usual') return { thresholdsNanoUsd: null };
  if (form.choice === 'never') return { thresholdsNanoUsd: [] };
  const read = form.amounts.map((text) => (text.trim() === '' ? undefined : (readWholeNumber(text) ?? 0n)));
  const wrong = read.flatMap((amount, place) => (amount !== undefined && amount < 1n ? [place] : []));
  if (wrong.length > 0) return { wrong };
  const given = read.flatMap((amount) => (amount === undefined ? [] : [amount * nanoUsdPerPlanToken]));
  return given.length > 0 ? { thresholdsNanoUsd: given } : { wrong: [0] };
}
