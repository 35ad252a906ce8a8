/** inquiry: the bank only asks; open: it has taken the money until it is decided; won: the money is back; lost: it is gone. */
export type DisputeState = 'inquiry' | 'open' | 'won' | 'lost';

/** An appeal may win what was lost. */
const transitions: Readonly<Record<DisputeState, readonly DisputeState[]>> = {
  inquiry: ['open', 'won', 'lost'],
  open: ['won', 'lost'],
  won: [],
  lost: ['won'],
};

export function canDisputeBecome(from: DisputeState, to: DisputeState): boolean {
  return transitions[from].includes(to);
}
