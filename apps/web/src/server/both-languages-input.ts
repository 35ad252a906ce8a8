import { readSettings } from '@ai-bridge/catalog';
import { z } from 'zod';
import type { BothLanguages } from '#components/both-languages.ts';
import type { Deps } from './deps.ts';
import { refuse } from './errors.ts';

/** A text of the operator's as a form sends it. */
export function bothLanguages(maxCharacters: number) {
  const text = z.string().trim().max(maxCharacters);
  return z.object({ zh: text, en: text });
}

/** What everyone is to read has to be there in every language on offer. @throws text_missing */
export async function needEachLanguage({ prisma }: Pick<Deps, 'prisma'>, ...texts: readonly BothLanguages[]) {
  const { languages } = await readSettings(prisma);
  if (texts.some((text) => languages.some((language) => text[language].trim() === ''))) throw refuse('text_missing');
}
