/** The lines of an account between its opening and closing balance, in the order that a statement has them. */
export const accountLineKinds = [
  'ordered',
  'granted',
  'adjusted',
  'refunded',
  'disputed',
  'charged',
  'overrun',
  'otherMonth',
] as const;
export type AccountLineKind = (typeof accountLineKinds)[number];

/** What they are made of: an organization's balance through a month. */
export type AccountAmounts = { readonly [kind in AccountLineKind as `${kind}NanoUsd`]: bigint };

export interface AccountLine {
  readonly kind: AccountLineKind;
  /** What it did to the balance: above zero, credit came in. */
  readonly effectNanoUsd: bigint;
}

/** Lines that a statement has even where nothing moved: what was bought and what was used. */
const alwaysShown: readonly AccountLineKind[] = ['ordered', 'charged'];

/** The lines that changed the balance. Opening balance and lines are the closing balance, exactly. */
export function accountLines(account: AccountAmounts): AccountLine[] {
  return accountLineKinds
    .map((kind) => {
      const amount = account[`${kind}NanoUsd`];
      return { kind, effectNanoUsd: kind === 'charged' ? -amount : amount };
    })
    .filter(({ kind, effectNanoUsd }) => effectNanoUsd !== 0n || alwaysShown.includes(kind));
}
