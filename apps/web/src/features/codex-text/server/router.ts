import { codexTextSchema, deleteCodexText, listCodexTexts, readCodexText, setCodexText } from '@ai-bridge/catalog';
import { z } from 'zod';
import { router, staffOnly } from '#server/trpc.ts';

const maxBeginningLength = 200;
/** A configuration file is less strict about beginnings. */
const knownBeginning = z.object({ beginning: z.string().min(1).max(maxBeginningLength) });

export const codexTextRouter = router({
  /** Which of Codex's instructions are stored, and who owns them. */
  list: staffOnly('setting.read').query(({ ctx }) => listCodexTexts(ctx.deps.prisma)),

  /** One text whole. */
  read: staffOnly('setting.read')
    .input(knownBeginning)
    .query(({ ctx, input }) => readCodexText(ctx.deps.prisma, input.beginning)),

  /** Stores a text in the place of the one with this beginning, or adds it. */
  set: staffOnly('setting.manage')
    .input(codexTextSchema)
    .mutation(({ ctx, input }) => setCodexText(ctx.deps.prisma, input, ctx.actor)),

  delete: staffOnly('setting.manage')
    .input(knownBeginning)
    .mutation(({ ctx, input }) => deleteCodexText(ctx.deps.prisma, input.beginning, ctx.actor)),
});
