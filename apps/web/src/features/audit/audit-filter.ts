import type { AuditArea } from '@ai-bridge/access';

/** Parts of the log, in the order that they are offered. */
export const auditParts = [
  'accounts',
  'keys',
  'money',
  'prices',
  'channels',
  'site',
  'customers',
] as const satisfies AuditArea[];
export type AuditPart = (typeof auditParts)[number];

/** Longest text that the log is searched for. */
export const maxAuditSearchLength = 254;

/** What the log is narrowed to, as the address has it. */
export interface AuditFilter {
  /** An e-mail or an id, whole; '' does not narrow. */
  readonly search: string;
  readonly part: AuditPart | undefined;
}

export function readAuditFilter(query: { get(name: string): string | null }): AuditFilter {
  return {
    search: (query.get('search') ?? '').trim().slice(0, maxAuditSearchLength),
    part: auditParts.find((part) => part === query.get('part')),
  };
}

/** The query of an address that narrows the log like this. */
export function auditFilterQuery({ search, part }: AuditFilter): Record<string, string> {
  return { ...(search && { search }), ...(part && { part }) };
}
