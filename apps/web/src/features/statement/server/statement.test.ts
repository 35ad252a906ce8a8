import { approveRefund, requestRefund } from '@ai-bridge/billing';
import { monthOf, monthSpan, parseUsd, type SettlementRecord } from '@ai-bridge/domain';
import { adjust, captureBatch, grantCredit, verifyBooks } from '@ai-bridge/ledger';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { monthRequests, recordBatch } from '@ai-bridge/usage';
import { createTranslator } from 'next-intl';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestColumns, requestRows } from '#features/usage/server/requests-csv.ts';
import { messagesByLocale } from '#i18n/messages/index.ts';
import type { Locale } from '#i18n/routing.ts';
import type { Context } from '#server/context.ts';
import { parseCsv } from '#server/csv.fixture.ts';
import { csvStream } from '#server/csv.ts';
import { downloadsPerPerson } from '#server/download-throttle.ts';
import { createCaller } from '#server/root.ts';
import { createWorld, type World } from '#server/world.fixture.ts';
import { keyIdsOfPart } from '../usage-lines.ts';
import { fileAnswer, openStatement } from './open-statement.ts';
import { pdfText } from './pdf/pdf-text.fixture.ts';
import { statementPdf } from './pdf/statement-pdf.ts';
import { statementColumns, statementRows } from './statement-csv.ts';

const month = monthOf(new Date());
const tokens = 1_000n;
const notLatin = '研发团队 · 密钥一';
const formula = '=HYPERLINK("http://evil.example")';

let db: TestDatabase;
let world: World;
let organizationId = '';
let owner: Context;
let developer: Context;
let orderId = '';
let made = 0;

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
  organizationId = world.own.organizationId;
  owner = await world.personWith({ organizationRole: 'owner' });
  developer = await world.personWith({ organizationRole: 'developer' });
  const { prisma, database } = db;
  await database.query('TRUNCATE usage_record, usage_hourly, usage_daily_outcome, usage_daily');
  const createdByUserId = developer.session?.user.id ?? '';
  await prisma.apiKey.update({ where: { id: world.own.apiKeyId }, data: { name: formula } });
  await prisma.apiKey.create({
    data: {
      ...{ id: 'key_zh', organizationId, createdByUserId, name: notLatin },
      ...{ digest: Buffer.alloc(32, 7), prefix: 'ab-x', last4: 'wxyz' },
    },
  });
  const fact = { organizationId, actor: 'usr_staff' };
  await grantCredit(database, { ...fact, key: 'grant:hello', amountNanoUsd: 3_000n * tokens, reason: 'Welcome' });
  orderId = await world.paidOrder(organizationId);
  await adjust(database, { ...fact, key: 'adjust:1', amountNanoUsd: -500n * tokens, reason: 'CANARY of the staff' });
  await settle({ apiKeyId: world.own.apiKeyId, chargeNanoUsd: `${700n * tokens}` });
  await settle({ apiKeyId: 'key_zh', chargeNanoUsd: `${1_300n * tokens + 1n}`, modelUsed: 'claude', createdAt: at(1) });
  const refund = await requestRefund(world.deps.billing, { orderId, organizationId, amountMinor: 495n, actor: {} });
  await approveRefund(world.deps.billing, {
    refundId: refund.id,
    amountMinor: 495n,
    reason: 'ok',
    actor: { userId: 'usr_a' },
  });
});
afterAll(() => db.drop());
const at = (ms: number) => new Date(monthSpan(month).from.getTime() + ms).toISOString();

async function settle(change: Partial<SettlementRecord>): Promise<void> {
  const record: SettlementRecord = {
    ...{ requestId: `req_${++made}`, organizationId, apiKeyId: 'key', createdAt: at(0), outcome: 'completed' },
    ...{ endpoint: '/v1/messages', clientProtocol: 'anthropic-messages', upstreamProtocol: 'openai-chat' },
    ...{ stream: true, modelRequested: 'gpt', modelUsed: 'gpt', provider: 'openai', channelId: 'chn_CANARY' },
    ...{ priceId: 'prc_1', usage: { input: 10, cacheWrite1h: 4, output: 7, rates: ['fast', 'us'] } },
    ...{ usageSource: 'reported', chargeNanoUsd: '0', status: 200, durationMs: 30, attempts: [], ...change },
  };
  await recordBatch(db.database, [record]);
  const charge = { requestId: record.requestId, organizationId, chargeNanoUsd: BigInt(record.chargeNanoUsd) };
  await captureBatch(db.database, { workerId: 'w', charges: [charge] });
}

const query = (text: string) => new URL(`http://site.example/?${text}`);
const csvOf = async (...[columns, pages]: Parameters<typeof csvStream>) =>
  parseCsv(await new Response(csvStream(columns, pages)).text());

test('a statement names what changed the balance, with the order that it is of, and nothing that is the staff’s', async () => {
  const statement = await createCaller(owner).statement.read({ month });
  expect(statement.movements).toMatchObject([
    { kind: 'grant', note: 'Welcome', amountNanoUsd: 3_000n * tokens, order: undefined, money: undefined },
    {
      ...{ kind: 'order', amountNanoUsd: 10_000_000n * tokens, money: { amountMinor: 990n, currency: 'usd' } },
      order: { id: orderId, isSandbox: true, hasReceipt: false },
    },
    { kind: 'adjustment', note: null, amountNanoUsd: -500n * tokens },
    { kind: 'refund', order: { id: orderId }, money: { amountMinor: 495n, currency: 'usd' } },
  ]);
  expect(statement.account).toMatchObject({ openingNanoUsd: 0n, chargedNanoUsd: 2_000n * tokens + 1n });
  const refunded = statement.account.refundedNanoUsd;
  expect(statement.account.closingNanoUsd).toBe(10_000_500n * tokens - 1n + refunded);
  expect(statement).toMatchObject({ isRunning: true, members: [{ name: 'Person' }] });
  const told = JSON.stringify(statement, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
  expect(told).not.toContain('CANARY');
  expect(await verifyBooks(db.database)).toEqual([]);
});

test('who may not read the ledger has a statement of the usage alone, as page and as file', async () => {
  const caller = createCaller(developer);
  await expect(caller.statement.read({ month })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(Object.keys(await caller.statement.usage({ month }))).not.toContain('account');
  const { statement } = await openStatement(developer, month, query(''));
  expect(statement).not.toHaveProperty('account');
  expect(statement).not.toHaveProperty('movements');
  expect((await openStatement(owner, month, query(''))).statement).toHaveProperty('account');
  // A part of the usage has no balance.
  expect((await openStatement(owner, month, query('key=key_zh'))).statement).not.toHaveProperty('account');
});

test('months before the organization and after this one have no statement; another organization’s are refused', async () => {
  const caller = createCaller(owner);
  for (const wrong of ['2020-01', '9999-12'] as const)
    await expect(caller.statement.read({ month: wrong })).rejects.toMatchObject({ message: 'not_found' });
  await expect(caller.statement.usage({ month: '2026-13' as typeof month })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
  const foreign = query(`organization=${world.foreign.organizationId}`);
  await expect(openStatement(owner, month, foreign)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const finance = await world.personWith({ staffRole: 'finance' });
  const theirs = query(`organization=${organizationId}`);
  await expect(openStatement(finance, month, theirs)).rejects.toMatchObject({ message: 'look_reason_needed' });
  await world.stateReason(finance, organizationId);
  const opened = await openStatement(finance, month, theirs);
  expect(opened.statement.organization.id).toBe(organizationId);
  const looks = await db.prisma.auditLog.count({ where: { action: 'staff.view', target: 'statement.read' } });
  expect(looks).toBe(1);
  await expect(openStatement(world.contextOf(undefined), month, query(''))).rejects.toMatchObject({
    code: 'UNAUTHORIZED',
  });
});

test('a statement’s CSV sums up to its last row, exactly, and no name in it is a formula', async () => {
  const { statement, part } = await openStatement(owner, month, query(''));
  const [head = [], ...rows] = await csvOf(statementColumns, statementRows(statement, part));
  const column = (name: (typeof statementColumns)[number]) => rows.map((row) => row[head.indexOf(name)] ?? '');
  expect(column('line')).toEqual([
    ...['opening_balance', 'grant', 'order', 'adjustment', 'refund', 'usage', 'usage', 'closing_balance'],
  ]);
  const amounts = column('amount_usd').map((text) =>
    text.startsWith('-') ? -(parseUsd(text.slice(1)) ?? 0n) : (parseUsd(text) ?? 0n),
  );
  expect(amounts.slice(0, -1).reduce((sum, amount) => sum + amount, 0n)).toBe(amounts.at(-1));
  expect(amounts.at(-1)).toBe((await createCaller(owner).balance.read({})).postedNanoUsd);
  expect(column('api_key').slice(5, 7)).toEqual([notLatin, `'${formula}`]);
  expect(column('member').slice(5, 7)).toEqual(['Person', '']);
  expect(column('at')[0]).toBe(monthSpan(month).from.toISOString());
  expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([statementColumns.length]));
});

test('what a statement cannot list is one row, so that it still sums up', async () => {
  const statement = await createCaller(owner).statement.read({ month, movements: 1 });
  const [head = [], ...rows] = await csvOf(statementColumns, statementRows(statement, { kind: 'organization' }));
  expect(rows.map((row) => row[head.indexOf('line')])).toEqual([
    ...['opening_balance', 'grant', 'further_movements', 'usage', 'usage', 'closing_balance'],
  ]);
  const { account, movements, movementCount } = statement;
  const further = account.closingNanoUsd + account.chargedNanoUsd - (movements[0]?.amountNanoUsd ?? 0n);
  expect(parseUsd(rows[2]?.[head.indexOf('amount_usd')] ?? '')).toBe(further);
  expect(movementCount).toBe(4n);
});

test.each([
  ['a key', () => 'key=key_zh', ['key_zh']],
  ['a member', () => `member=${developer.session?.user.id}`, ['key_zh']],
  ['a key of another organization', () => `key=${world.foreign.apiKeyId}`, []],
  ['everything', () => '', ['key_zh', 'first']],
])('the files of %s have its requests and no others', async (_, of, keys) => {
  const ids = keys.map((id) => (id === 'first' ? world.own.apiKeyId : id)).sort();
  const { statement, part } = await openStatement(owner, month, query(of()));
  const [head = [], ...lines] = await csvOf(statementColumns, statementRows(statement, part));
  const used = lines.filter((row) => row[0] === 'usage').map((row) => row[head.indexOf('api_key_id')] ?? '');
  expect(used.sort()).toEqual(ids);
  const wanted = { organizationId, month, apiKeyIds: keyIdsOfPart(statement.keys, part) };
  const requests = requestRows(monthRequests(db.database, wanted), statement.keys);
  const [columns = [], ...rows] = await csvOf(requestColumns, requests);
  expect(rows.map((row) => row[columns.indexOf('api_key_id')] ?? '').sort()).toEqual(ids);
});

test('the CSV of single requests says what each used and cost, and not which channel', async () => {
  const { statement } = await openStatement(owner, month, query(''));
  const pages = requestRows(monthRequests(db.database, { organizationId, month }), statement.keys);
  const [head = [], ...rows] = await csvOf(requestColumns, pages);
  const last = Object.fromEntries(head.map((name, index) => [name, rows[1]?.[index]]));
  expect(last).toMatchObject({
    ...{ created_at: at(1), api_key: notLatin, model_requested: 'gpt', model_used: 'claude', outcome: 'completed' },
    ...{ input_tokens: '10', cache_read_tokens: '', cache_write_1h_tokens: '4', output_tokens: '7', rates: 'fast us' },
    ...{ charge_usd: '0.001300001', status: '200', stream: 'true', duration_ms: '30', first_byte_ms: '' },
  });
  expect(JSON.stringify(rows)).not.toContain('CANARY');
});

const statementsIn = (locale: Locale) =>
  createTranslator({ locale, messages: messagesByLocale[locale], namespace: 'statements' });

test.each(['en', 'zh'] as const)(
  'the PDF says the statement in %s, names Chinese names right, and is small',
  async (locale) => {
    await db.prisma.organization.update({ where: { id: organizationId }, data: { name: '北京智桥科技有限公司' } });
    const opened = await openStatement(owner, month, query(`locale=${locale}`));
    const pdf = await statementPdf({ ...opened, siteName: 'Bridge', t: statementsIn(locale) });
    const text = pdfText(pdf);
    const words = { en: ['Opening balance on', 'By API key', 'Page 1 of'], zh: ['期初余额', '按 API 密钥', '第 1 页'] };
    for (const word of words[locale]) expect(text).toContain(word);
    for (const word of ['北京智桥科技有限公司', `${notLatin} …wxyz`, '-2,000.001', '$9.90', 'claude'])
      expect(text).toContain(word);
    // A letter that the font does not have would be its box, which means nothing.
    expect(text).not.toContain('\0');
    expect(pdf.length).toBeLessThan(60_000);
    expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
    const answer = fileAnswer(pdf, opened, { name: 'statement', extension: 'pdf' });
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="statement-${month}.pdf"`);
  },
);

test('a file’s name carries nothing that an address brought but letters and digits', async () => {
  const opened = await openStatement(owner, month, query(`key=${encodeURIComponent('a"b\r\nset-cookie: x')}`));
  const answer = fileAnswer('', opened, { name: 'requests', extension: 'csv' });
  expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="requests-${month}-abset-cookiex.csv"`);
});

test('a person can ask for so many files in a while', async () => {
  const person = await world.personWith({ organizationRole: 'viewer' });
  for (let files = 0; files < downloadsPerPerson.maxMarks; files++)
    world.deps.downloads.admit(person.session?.user.id ?? '');
  await expect(openStatement(person, month, query(''))).rejects.toMatchObject({ message: 'too_many_attempts' });
});
