import { isCurrency } from '#components/currency.ts';
import { localInputText, readMoment } from '#components/local-input.ts';
import { decimalOfMinor, minorOfDecimal } from '#components/money.ts';
import { readWholeNumber } from '#components/whole-number.ts';
import type { DeskPlan } from './desk-plan.ts';

/** A plan as it is typed. */
export interface PlanForm {
  readonly id: string;
  readonly displayName: string;
  /** Whole tokens; spaces, commas and underscores between digits are taken. */
  readonly tokens: string;
  readonly bonusTokens: string;
  /** As people write money: 9.90 */
  readonly price: string;
  readonly currency: string;
  /** As an input of a date and a time has it, in the reader's own zone; '' = no bound. */
  readonly activeFrom: string;
  readonly activeUntil: string;
  readonly displayOrder: string;
}

export type PlanField = keyof PlanForm;

export type PlanInput = Pick<
  DeskPlan,
  | 'id'
  | 'displayName'
  | 'tokens'
  | 'bonusTokens'
  | 'amountMinor'
  | 'currency'
  | 'activeFrom'
  | 'activeUntil'
  | 'displayOrder'
>;

const idPattern = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const maxTokens = 1_000_000_000_000n;
const maxAmountMinor = 10n ** 12n;
const maxDisplayOrder = 10_000;

/** The form of a plan that is there, or an empty one in a currency. */
export function formOf(plan: DeskPlan | undefined, currency = 'usd'): PlanForm {
  return {
    id: plan?.id ?? '',
    displayName: plan?.displayName ?? '',
    tokens: plan ? String(plan.tokens) : '',
    bonusTokens: plan ? String(plan.bonusTokens) : '0',
    price: plan ? decimalOfMinor(plan.amountMinor, plan.currency) : '',
    currency: plan?.currency ?? currency,
    activeFrom: localInputText(plan?.activeFrom ?? null),
    activeUntil: localInputText(plan?.activeUntil ?? null),
    displayOrder: String(plan?.displayOrder ?? 0),
  };
}

/** Reads a typed plan, exactly. @returns the plan, or the fields that are not right */
export function readPlanForm(form: PlanForm): { plan: PlanInput } | { wrong: readonly PlanField[] } {
  const currency = form.currency.trim().toLowerCase();
  const [tokens, bonusTokens] = [readCount(form.tokens), readCount(form.bonusTokens)];
  const amountMinor = isCurrency(currency) ? minorOfDecimal(form.price, currency) : undefined;
  const [activeFrom, activeUntil] = [readMoment(form.activeFrom), readMoment(form.activeUntil)];
  const displayOrder = /^-?\d{1,5}$/.test(form.displayOrder.trim()) ? Number(form.displayOrder) : undefined;
  const wrong: PlanField[] = [];
  if (!idPattern.test(form.id.trim())) wrong.push('id');
  if (tokens === undefined || tokens < 1n) wrong.push('tokens');
  if (bonusTokens === undefined) wrong.push('bonusTokens');
  if (!isCurrency(currency)) wrong.push('currency');
  if (amountMinor === undefined || amountMinor < 1n || amountMinor > maxAmountMinor) wrong.push('price');
  if (activeFrom === undefined) wrong.push('activeFrom');
  if (activeUntil === undefined || (activeFrom && activeUntil && activeUntil <= activeFrom)) wrong.push('activeUntil');
  if (displayOrder === undefined || Math.abs(displayOrder) > maxDisplayOrder) wrong.push('displayOrder');
  const isWhole =
    tokens !== undefined && bonusTokens !== undefined && amountMinor !== undefined && displayOrder !== undefined;
  if (wrong.length > 0 || !isWhole || activeFrom === undefined || activeUntil === undefined) return { wrong };
  const displayName = form.displayName.trim() || null;
  const id = form.id.trim();
  return {
    plan: { id, displayName, tokens, bonusTokens, amountMinor, currency, activeFrom, activeUntil, displayOrder },
  };
}

function readCount(text: string): bigint | undefined {
  const count = readWholeNumber(text);
  return count !== undefined && count >= 0n && count <= maxTokens ? count : undefined;
}
