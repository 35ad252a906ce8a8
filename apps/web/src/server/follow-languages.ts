import { defaultLanguageOf, readSettings } from '@ai-bridge/catalog';
import type { PrismaClient } from '@ai-bridge/db';
import { setLanguagesOnOffer } from './languages-on-offer.ts';

/** How old what the proxy knows of the languages may be. */
export const languagesFreshMs = 5_000;

/** Reads which languages are on offer, now and again, so that the proxy needs no database. @returns how to stop */
export function followLanguages(prisma: PrismaClient, onError: (error: unknown) => void): () => void {
  const read = () => void readLanguages(prisma).catch(onError);
  read();
  const timer = setInterval(read, languagesFreshMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Reads it once. */
export async function readLanguages(prisma: PrismaClient): Promise<void> {
  const settings = await readSettings(prisma);
  setLanguagesOnOffer({ languages: settings.languages, byDefault: defaultLanguageOf(settings) });
}
