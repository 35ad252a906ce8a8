import type { MailState } from '@ai-bridge/mail';

/** Every state of a mail, as the filter offers them. */
export const mailStates = ['queued', 'sent', 'kept', 'failed'] as const satisfies readonly MailState[];

/** Longest part of an address that mails are searched for. */
export const maxAddressLength = 254;

/** What the list is narrowed to, as the address has it. */
export interface MailFilter {
  /** A part of an e-mail address; '' does not narrow. */
  readonly address: string;
  readonly state: MailState | undefined;
}

export function readMailFilter(query: { get(name: string): string | null }): MailFilter {
  return {
    address: query.get('address')?.trim() ?? '',
    state: mailStates.find((state) => state === query.get('state')),
  };
}

/** The query of an address that narrows the list like this. */
export function mailFilterQuery({ address, state }: MailFilter): Record<string, string> {
  return { ...(address && { address }), ...(state && { state }) };
}
