import { readSettings } from '@ai-bridge/catalog';
import { userApiDocument } from '#features/user-api/server/document.ts';
import { chooseLanguage } from '#server/choose-language.ts';
import { composition } from '#server/deps.ts';
import { languagesOnOffer } from '#server/languages-on-offer.ts';

export const dynamic = 'force-dynamic';

/** The document of the user API, for anyone and any tool. */
export async function GET({ headers }: Request): Promise<Response> {
  const { prisma, siteUrl } = composition().deps;
  const wish = { path: '/', cookie: undefined, acceptLanguage: headers.get('accept-language') };
  const locale = chooseLanguage(wish, languagesOnOffer());
  const { siteName } = await readSettings(prisma);
  return Response.json(userApiDocument(locale, { url: siteUrl, name: siteName }), {
    headers: { 'access-control-allow-origin': '*', 'cache-control': 'no-cache', vary: 'accept-language' },
  });
}
