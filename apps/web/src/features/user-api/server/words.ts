import { textIn } from '#components/both-languages.ts';
import type { MaintenanceNotice } from '#features/maintenance/maintenance.ts';
import { messagesByLocale } from '#i18n/messages/index.ts';
import type { Locale } from '#i18n/routing.ts';
import type { Reason } from '#server/errors.ts';

type Words = (typeof messagesByLocale)[Locale]['userApi'];
/** What the API says of errors in words of its own. */
export type ApiReason = keyof Words['errors'];
/** Its operations. */
export type RouteName = keyof Words['routes'];

/** What an error says to who reads it. The console's words tell what to do on a page; where that is of no use here, the API has its own. */
export function errorText(locale: Locale, code: Reason | ApiReason): string {
  const { errors, userApi } = messagesByLocale[locale];
  const own: Readonly<Partial<Record<string, string>>> = userApi.errors;
  const consoles: Readonly<Partial<Record<string, string>>> = errors;
  return own[code] ?? consoles[code] ?? userApi.errors.internal;
}

const minuteLength = 'YYYY-MM-DDTHH:mm'.length;

/** The expected end of a maintenance, in UTC as everything in the API is, and what the operator wrote. */
export function noticeText(locale: Locale, { text, until }: MaintenanceNotice): string {
  const at = until && `${until.slice(0, minuteLength).replace('T', ' ')} UTC`;
  const end = at && messagesByLocale[locale].errors.maintenanceUntil.replace('{until}', at);
  return [end, textIn(locale, text)].filter(Boolean).join(' ');
}

/** What the API's document says. */
export function documentWords(locale: Locale): Pick<Words, 'routes' | 'document'> {
  return messagesByLocale[locale].userApi;
}
