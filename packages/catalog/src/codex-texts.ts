import type { Prisma, PrismaClient, PrismaSession } from '@ai-bridge/db';
import { z } from 'zod';
import { type CatalogActor, writeAudit } from './audit.ts';
import { CatalogError } from './catalog-error.ts';
import { inCatalogTransaction } from './catalog-transaction.ts';
import { maxCodexTexts } from './setting-definitions.ts';
import { readSettings, settingsSchema } from './settings.ts';

const key = 'codexOfficialInstructions';
/** What a form may send at once; a configuration file may hold longer texts. */
export const maxCodexTextBytes = 64 * 1024;

/** How the model ids begin that a text is for; "*" is for all others. */
export const codexBeginningSchema = z.string().regex(/^(\*|[A-Za-z0-9][A-Za-z0-9._:/@-]{0,199})$/);

/** A text of Codex's own instructions as staff enter it. */
export const codexTextSchema = z.strictObject({
  beginning: codexBeginningSchema,
  text: z
    .string()
    .trim()
    .min(1)
    .refine((text) => Buffer.byteLength(text) <= maxCodexTextBytes),
});
export type CodexText = z.output<typeof codexTextSchema>;

export interface CodexTexts {
  /** The configuration file names them: they are changed there. */
  readonly isOwnedByFile: boolean;
  /** By how model ids begin, ascending; the text for all others last. */
  readonly texts: readonly { readonly beginning: string; readonly characters: number; readonly start: string }[];
}

const startCharacters = 120;

/** Which texts are stored, without what may be long of them. */
export async function listCodexTexts(session: PrismaSession): Promise<CodexTexts> {
  const { isOwnedByFile, texts } = await readTexts(session);
  const beginnings = Object.keys(texts).sort((a, b) => Number(a === '*') - Number(b === '*') || (a < b ? -1 : 1));
  return {
    isOwnedByFile,
    texts: beginnings.map((beginning) => {
      const text = texts[beginning] ?? '';
      return { beginning, characters: text.length, start: text.slice(0, startCharacters).replace(/\s+/g, ' ') };
    }),
  };
}

/** One text whole. Throws CatalogError('not_found'). */
export async function readCodexText(session: PrismaSession, beginning: string): Promise<string> {
  const { texts } = await readTexts(session);
  const text = textOf(texts, beginning);
  if (text === undefined) throw new CatalogError('not_found', 'no such text');
  return text;
}

/** Stores a text in the place of the one with this beginning, or adds it. @throws CatalogError setting_owned_by_file, setting_invalid */
export async function setCodexText(
  prisma: PrismaClient,
  { beginning, text }: CodexText,
  actor: CatalogActor,
): Promise<void> {
  await changeTexts(prisma, beginning, actor, (texts) => {
    const changed = { ...texts, [beginning]: text };
    if (Object.keys(changed).length > maxCodexTexts)
      throw new CatalogError('setting_invalid', `expected at most ${maxCodexTexts} texts`);
    return changed;
  });
}

/** Takes a text away. @throws CatalogError not_found, setting_owned_by_file */
export async function deleteCodexText(prisma: PrismaClient, beginning: string, actor: CatalogActor): Promise<void> {
  await changeTexts(prisma, beginning, actor, (texts) => {
    if (textOf(texts, beginning) === undefined) throw new CatalogError('not_found', 'no such text');
    return Object.fromEntries(Object.entries(texts).filter(([other]) => other !== beginning));
  });
}

type Texts = Readonly<Record<string, string>>;

/** What was stored, and nothing that every object has. */
function textOf(texts: Texts, beginning: string): string | undefined {
  return Object.hasOwn(texts, beginning) ? texts[beginning] : undefined;
}

/** One text at a time, so that two people who change different ones do not undo each other. */
async function changeTexts(
  prisma: PrismaClient,
  beginning: string,
  actor: CatalogActor,
  change: (texts: Texts) => Texts,
): Promise<void> {
  await inCatalogTransaction(prisma, async (session) => {
    const { isOwnedByFile, texts } = await readTexts(session);
    if (isOwnedByFile) throw new CatalogError('setting_owned_by_file', 'the configuration file owns it');
    const changed = change(texts);
    const [from, to] = [textOf(texts, beginning) ?? null, textOf(changed, beginning) ?? null];
    if (from === to) return;
    const checked = settingsSchema.safeParse({ [key]: changed });
    if (!checked.success) throw new CatalogError('setting_invalid', checked.error.issues[0]?.message ?? 'not readable');
    const columns = { value: changed as Prisma.InputJsonObject, origin: 'console' };
    await session.setting.upsert({ where: { key }, create: { key, ...columns }, update: columns });
    await writeAudit(session, actor, 'setting.change', key, { beginning, from, to });
  });
}

async function readTexts(session: PrismaSession): Promise<{ isOwnedByFile: boolean; texts: Texts }> {
  const row = await session.setting.findUnique({ where: { key }, select: { origin: true } });
  const { codexOfficialInstructions: texts } = await readSettings(session);
  return { isOwnedByFile: row?.origin === 'config', texts };
}
