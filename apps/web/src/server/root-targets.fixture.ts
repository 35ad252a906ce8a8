import { createApiKey, deleteApiKey, listApiKeys } from '@ai-bridge/access';
import { adjustBalance, listOpenAlarms, raiseAlarm } from '@ai-bridge/billing';
import { setCodexText } from '@ai-bridge/catalog';
import { newId } from '@ai-bridge/domain';
import { setUp, type World } from './world.fixture.ts';

/** The smallest picture there is. */
export const onePixelPng =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Of an organization that does not exist. */
export const noKey = 'key_none';

/** What procedures are called upon, made in a world where it is wanted. */
export function targetsIn({ deps }: Pick<World, 'deps'>) {
  async function newAlarm(): Promise<bigint> {
    const subject = newId('ord');
    await raiseAlarm(deps.database, { kind: 'order_stuck', subject, detail: {} });
    const [alarm] = await listOpenAlarms(deps.database, [subject]);
    return alarm?.id ?? 0n;
  }
  async function newCodexText(): Promise<string> {
    await setCodexText(deps.prisma, { beginning: 'gpt-', text: 'You are Codex.' }, setUp);
    return 'gpt-';
  }
  /** A key that no configuration file keeps, in the place of the last one: an organization may have a hundred. */
  async function peoplesKey(organizationId: string): Promise<string> {
    const member = await deps.prisma.member.findFirst({ where: { organizationId }, select: { userId: true } });
    if (!member) return noKey;
    for (const { id, name } of await listApiKeys(deps.prisma, { organizationId }))
      if (name === 'of people') await deleteApiKey(deps.prisma, { organizationId, apiKeyId: id, actor: setUp });
    const key = { organizationId, createdByUserId: member.userId, name: 'of people', actor: setUp };
    return (await createApiKey(deps.prisma, key, { pepper: deps.keyPepper })).apiKey.id;
  }
  async function newUser(): Promise<string> {
    const id = newId('usr');
    await deps.prisma.user.create({ data: { id, email: `${id}@example.com`, name: 'Somebody' } });
    return id;
  }
  const isKnown = async (id: string) => (await deps.prisma.organization.count({ where: { id } })) > 0;
  async function newMember(organizationId: string): Promise<string> {
    const userId = await newUser();
    if (!(await isKnown(organizationId))) return userId;
    await deps.prisma.member.create({ data: { organizationId, userId, role: 'viewer' } });
    return userId;
  }
  async function newInvitation(organizationId: string): Promise<string> {
    const id = newId('ivt');
    if (!(await isKnown(organizationId))) return id;
    const dates = { createdAt: new Date(), sentAt: new Date(), expiresAt: new Date(Date.now() + 60_000) };
    const sent = { tokenHash: id, locale: 'en', invitedByUserId: 'usr_owner', ...dates };
    // Organizations under test may send many more than one person could.
    await deps.prisma.throttle.deleteMany();
    await deps.prisma.invitation.deleteMany({ where: { organizationId } });
    await deps.prisma.invitation.create({
      data: { id, organizationId, email: `${id}@example.com`, role: 'viewer', ...sent },
    });
    return id;
  }
  async function newOrganization(): Promise<string> {
    const id = newId('org');
    await deps.prisma.organization.create({ data: { id, name: 'Empty' } });
    return id;
  }
  async function newModel(): Promise<string> {
    const id = newId('prc');
    await deps.prisma.model.create({ data: { id, provider: 'openai', displayName: id } });
    return id;
  }
  async function newAnnouncement(): Promise<string> {
    const id = newId('ann');
    const texts = { titleZh: '\u5b57', titleEn: 'word', bodyZh: '\u5b57', bodyEn: 'word' };
    await deps.prisma.announcement.create({ data: { id, ...texts, audience: 'everyone', importance: 'notice' } });
    return id;
  }
  async function newReply() {
    const reply = { id: newId('rpl'), titleZh: '\u5b57', titleEn: 'word', textZh: '\u5b57', textEn: 'word' };
    return deps.prisma.replyText.create({ data: reply, select: { id: true, updatedAt: true } });
  }
  async function newIncident(): Promise<string> {
    const id = newId('inc');
    const incident = { id, titleZh: '\u5b57', titleEn: 'word', state: 'identified', startedAt: new Date() };
    await deps.prisma.incident.create({ data: incident });
    return id;
  }
  async function legalVersion(): Promise<number> {
    const { _max: newest } = await deps.prisma.legalText.aggregate({ _max: { version: true } });
    return newest.version ?? 0;
  }
  async function newLegalVersion(): Promise<number> {
    const version = (await legalVersion()) + 1;
    await deps.prisma.legalText.create({ data: { document: 'terms', version, textZh: '\u5b57', textEn: 'word' } });
    return version;
  }
  async function proposedAdjustment(organizationId: string): Promise<string> {
    const proposal = {
      organizationId,
      amountNanoUsd: 500_000_000_000n,
      reason: 'sorry',
      actor: { ...setUp, userId: newId('usr') },
    };
    return (await adjustBalance(deps.billing, proposal)).id;
  }

  return {
    proposedAdjustment,
    newAlarm,
    newCodexText,
    peoplesKey,
    newUser,
    newMember,
    newInvitation,
    newOrganization,
    newModel,
    newAnnouncement,
    newReply,
    newIncident,
    legalVersion,
    newLegalVersion,
  };
}
