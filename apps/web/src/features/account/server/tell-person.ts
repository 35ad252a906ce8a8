import { type PrismaSession, sqlOf } from '@ai-bridge/db';
import { newId } from '@ai-bridge/domain';
import { type AccountNews, accountMail, queueMail, readMailLocale, readMailSite } from '@ai-bridge/mail';
import type { Deps } from '#server/deps.ts';

export interface PersonToTell {
  readonly email: string;
  readonly locale: string | null;
}

/** Queues a mail about somebody's own account, in the transaction of what it tells. @param fact where it is told once: see queueMail */
export async function tellPerson(
  session: PrismaSession,
  { siteUrl, clock }: Pick<Deps, 'siteUrl' | 'clock'>,
  { email, locale }: PersonToTell,
  about: AccountNews,
  fact: string = `account:${newId('eml')}`,
): Promise<void> {
  const sql = sqlOf(session);
  const site = await readMailSite(sql, siteUrl);
  const content = accountMail(site, readMailLocale(locale, site), about);
  await queueMail(sql, { fact, to: email, content }, new Date(clock.now()));
}
