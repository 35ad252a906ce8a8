import type { Permission } from '@ai-bridge/access';

/** What a customer's timeline is made of, and who sees each. The order decides between things of the same millisecond. */
export const timelineKinds = {
  note: 'staffNote.read',
  order: 'order.read',
  refund: 'order.read',
  ledger: 'ledger.read',
  key: 'apiKey.read',
  usage: 'usage.read',
  mail: 'mailbox.read',
  signIn: 'user.read',
  account: 'user.read',
  change: 'customerHistory.read',
  look: 'customerHistory.read',
} as const satisfies Record<string, Permission>;

export type TimelineKind = keyof typeof timelineKinds;

export const timelineKindNames = Object.keys(timelineKinds) as readonly TimelineKind[];

/** Shown where nobody asks for a kind: all but who looked, which says nothing of the customer. */
export function kindsShown(
  may: (permission: Permission) => boolean,
  asked: TimelineKind | undefined,
): readonly TimelineKind[] {
  return timelineKindNames.filter(
    (kind) => may(timelineKinds[kind]) && (asked === undefined ? kind !== 'look' : kind === asked),
  );
}
