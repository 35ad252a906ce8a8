/** NOTIFY channels of the ledger; the payload is an organization's id. */
export const ledgerChannels = {
  /** There is more to lease than before: credit came in, or a lease was given back or ran out. */
  balance: 'bridge_balance',
  /** A worker found the rest of this balance leased elsewhere: give back what you do not need. */
  recall: 'bridge_lease_recall',
} as const;
