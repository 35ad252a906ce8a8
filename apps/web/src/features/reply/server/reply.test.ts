import { changeSettings } from '@ai-bridge/catalog';
import { newId } from '@ai-bridge/domain';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCaller } from '#server/root.ts';
import { createWorld, type World } from '#server/world.fixture.ts';
import { unknownPlaceholders } from '../placeholders.ts';
import { maxReplies, maxReplyTextLength, maxReplyTitleLength } from '../reply.ts';
import { answerReader } from './answer-reader.ts';

let db: TestDatabase;
let world: World;
beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
});
afterAll(() => db.drop());

const desk = async () => createCaller(await world.personWith({ staffRole: 'support' })).reply;
const content = { title: { zh: '\u5b57', en: 'Word' }, text: { zh: '{person} \u5b57', en: 'Hello {person}' } };

test('some replies come with the product, in both languages, and each can be kept as it is', async () => {
  const shipped = await (await desk()).list();
  expect(shipped).toHaveLength(6);
  for (const { title, text, updatedBy } of shipped) {
    expect(updatedBy).toBeNull();
    for (const language of ['zh', 'en'] as const) {
      expect(title[language].length).toBeGreaterThan(0);
      expect(title[language].length).toBeLessThanOrEqual(maxReplyTitleLength);
      expect(text[language]).toContain('{person}');
      expect(text[language].length).toBeLessThanOrEqual(maxReplyTextLength);
      expect(unknownPlaceholders(text[language])).toEqual([]);
    }
  }
});

test('a reply is made, changed and deleted, and the audit log has what it said each time', async () => {
  const person = await world.personWith({ staffRole: 'support' });
  const { reply } = createCaller(person);
  const read = async (id: string) => (await reply.list()).find((one) => one.id === id);
  const { id } = await reply.create(content);
  const made = await read(id);
  expect(made).toMatchObject({ ...content, updatedBy: { id: person.session?.user.id } });
  const changed = { ...content, text: { zh: '\u5b57', en: 'Bye' } };
  await reply.update({ id, updatedAt: made!.updatedAt, content: changed });
  expect(await read(id)).toMatchObject(changed);
  await reply.delete({ id });
  expect(await read(id)).toBeUndefined();
  await expect(reply.delete({ id })).rejects.toMatchObject({ message: 'not_found' });
  const rows = await db.prisma.auditLog.findMany({ where: { target: id }, orderBy: { id: 'asc' } });
  expect(rows.map(({ action, detail }) => ({ action, detail }))).toEqual([
    { action: 'reply.create', detail: content },
    { action: 'reply.update', detail: { from: content, to: changed } },
    { action: 'reply.delete', detail: changed },
  ]);
});

test('of two people who change the same reply the second is told, and undoes nothing', async () => {
  const reply = await desk();
  const { id } = await reply.create(content);
  const { updatedAt } = (await reply.list()).find((one) => one.id === id)!;
  const first = { ...content, title: { zh: '', en: 'First' } };
  await new Promise((resolve) => setTimeout(resolve, 2));
  await reply.update({ id, updatedAt, content: first });
  await expect(reply.update({ id, updatedAt, content })).rejects.toMatchObject({ message: 'changed_meanwhile' });
  expect((await reply.list()).find((one) => one.id === id)).toMatchObject(first);
  const gone = newId('rpl');
  await expect(reply.update({ id: gone, updatedAt, content })).rejects.toMatchObject({ message: 'not_found' });
});

test('a placeholder that there is not, a missing language, no title and too long a text are refused', async () => {
  const reply = await desk();
  const before = await db.prisma.replyText.count();
  const create = (change: Partial<typeof content>) => reply.create({ ...content, ...change });
  await expect(create({ text: { zh: '\u5b57', en: 'Hello {name}' } })).rejects.toMatchObject({
    message: 'placeholder_unknown',
  });
  await expect(create({ text: { zh: ' ', en: 'Hello' } })).rejects.toMatchObject({ message: 'text_missing' });
  await expect(create({ title: { zh: ' ', en: '' } })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  const long = { zh: 'x'.repeat(maxReplyTextLength + 1), en: 'x' };
  await expect(create({ text: long })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(await db.prisma.replyText.count()).toBe(before);
});

test('no more are kept than anybody would look through', async () => {
  const reply = await desk();
  const more = maxReplies - (await db.prisma.replyText.count());
  const filler = { titleEn: 'full', textEn: 'full' };
  await db.prisma.replyText.createMany({ data: Array.from({ length: more }, () => ({ id: newId('rpl'), ...filler })) });
  await expect(reply.create(content)).rejects.toMatchObject({ message: 'reply_limit_reached' });
  await db.prisma.replyText.deleteMany({ where: { titleEn: 'full' } });
  await reply.create(content);
});

test('an answer is for who asked, where they belong to the organization, in their language; else for its first owner', async () => {
  const { organizationId } = world.own;
  const { deps } = world;
  const member = async (locale: string | null) => {
    const id = newId('usr');
    await db.prisma.user.create({ data: { id, email: `${id}@example.com`, name: 'Asker', locale } });
    await db.prisma.member.create({ data: { organizationId, userId: id, role: 'billing' } });
    return id;
  };
  const reader = async (askedByUserId: string | null) => answerReader(deps, { organizationId, askedByUserId });
  expect(await reader(await member('en'))).toEqual({ name: 'Asker', language: 'en' });
  const silent = await member(null);
  expect(await reader(silent)).toEqual({ name: 'Asker', language: 'zh' });
  await changeSettings(db.prisma, { languages: ['en'] }, { kind: 'console' });
  expect(await reader(silent)).toEqual({ name: 'Asker', language: 'en' });
  await changeSettings(db.prisma, { languages: ['zh', 'en'] }, { kind: 'console' });
  expect(await reader('usr_of_the_staff')).toMatchObject({ name: 'Owner' });
  expect(await reader(null)).toMatchObject({ name: 'Owner' });
  expect(await answerReader(deps, { organizationId: 'org_gone', askedByUserId: null })).toMatchObject({ name: null });
});
