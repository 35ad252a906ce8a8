import { changeSettings, listSettingChanges, listSettings } from '@ai-bridge/catalog';
import { z } from 'zod';
import { readLanguages } from '#server/follow-languages.ts';
import { findPeople } from '#server/people.ts';
import { router, staffOnly } from '#server/trpc.ts';
import { maxLogoBytes } from '../logo.ts';
import { configuredFacts } from './configured.ts';
import { logoAddress, removeLogo, setLogo } from './logo-store.ts';

const maxChangesListed = 50;
const maxSettingsAtOnce = 20;
const base64Characters = Math.ceil(maxLogoBytes / 3) * 4;

export const siteSettingRouter = router({
  /** Every setting with its value in force and where that comes from, the logo, and what is set up by other means. */
  list: staffOnly('setting.read').query(async ({ ctx: { deps } }) => {
    const [settings, logo, configured] = await Promise.all([
      listSettings(deps.prisma),
      logoAddress(deps.prisma),
      configuredFacts(deps),
    ]);
    // It has a page of its own, and may be long.
    const shown = settings.filter(({ name }) => name !== 'codexOfficialInstructions');
    return { settings: shown, logo, configured };
  }),

  /** The last changes, and by whom. */
  history: staffOnly('setting.read').query(async ({ ctx: { deps } }) => {
    const changes = await listSettingChanges(deps.prisma, maxChangesListed);
    const personOf = await findPeople(
      deps,
      changes.map(({ actorUserId }) => actorUserId),
    );
    return changes.map(({ actorUserId, ...change }) => ({ ...change, by: personOf(actorUserId) }));
  }),

  /** Changes settings by name, all or none; null puts one back to its default. */
  change: staffOnly('setting.manage')
    .input(
      z
        .record(z.string().min(1).max(64), z.unknown())
        .refine((changes) => Object.keys(changes).length <= maxSettingsAtOnce),
    )
    .mutation(async ({ ctx: { deps, actor }, input }) => {
      await changeSettings(deps.prisma, input, actor);
      await readLanguages(deps.prisma);
    }),

  setLogo: staffOnly('setting.manage')
    .input(z.object({ base64: z.base64().min(1).max(base64Characters) }))
    .mutation(({ ctx: { deps, actor }, input }) =>
      setLogo(deps.prisma, Buffer.from(input.base64, 'base64') as Buffer<ArrayBuffer>, actor),
    ),

  removeLogo: staffOnly('setting.manage').mutation(({ ctx: { deps, actor } }) => removeLogo(deps.prisma, actor)),
});
