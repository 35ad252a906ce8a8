import { formatUsd, monthSpan } from '@ai-bridge/domain';
import type { Cell, Exact } from '#server/csv.ts';
import { accountLines } from '../account-lines.ts';
import type { StatementPart } from '../statement-part.ts';
import { linesOfPart } from '../usage-lines.ts';
import type { AccountStatement, MovementView, UsageStatement } from './read-statement.ts';

export const statementColumns = [
  ...['line', 'at', 'text', 'reference', 'order_id', 'model', 'api_key_id', 'api_key', 'member'],
  ...['requests', 'errors', 'input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens', 'amount_usd'],
] as const;

type Row = Partial<Record<(typeof statementColumns)[number], Cell>>;

const rowsAtOnce = 500;

/**
 * A statement as rows: where it has the account, amounts are what each did to the balance, and all but the last sum up to the last. A part's
 * statement has its usage alone.
 */
export async function* statementRows(statement: UsageStatement | AccountStatement, part: StatementPart) {
  const rows = 'account' in statement ? accountRows(statement) : usageRows(statement, part);
  for (let start = 0; start < rows.length; start += rowsAtOnce)
    yield rows.slice(start, start + rowsAtOnce).map((row) => statementColumns.map((column) => row[column] ?? null));
}

function accountRows(statement: AccountStatement): Row[] {
  const { account, movements } = statement;
  const { from, to } = monthSpan(statement.month);
  const listed = movements.reduce((sum, { amountNanoUsd }) => sum + amountNanoUsd, 0n);
  const moved = accountLines(account).filter(
    ({ kind }) => kind !== 'charged' && kind !== 'overrun' && kind !== 'otherMonth',
  );
  const further = moved.reduce((sum, { effectNanoUsd }) => sum + effectNanoUsd, 0n) - listed;
  return [
    { line: 'opening_balance', at: from, amount_usd: usd(account.openingNanoUsd) },
    ...movements.map(movementRow),
    ...(further === 0n ? [] : [{ line: 'further_movements', amount_usd: usd(further) }]),
    ...usageRows(statement, { kind: 'organization' }),
    ...optional('borne_by_site', account.overrunNanoUsd),
    ...optional('settled_in_another_month', account.otherMonthNanoUsd),
    { line: 'closing_balance', at: statement.isRunning ? null : to, amount_usd: usd(account.closingNanoUsd) },
  ];
}

function optional(line: string, amountNanoUsd: bigint): Row[] {
  return amountNanoUsd === 0n ? [] : [{ line, amount_usd: usd(amountNanoUsd) }];
}

function movementRow({ key, kind, at, note, order, amountNanoUsd }: MovementView): Row {
  return {
    ...{ line: kind, at, text: note ?? order?.title ?? null, reference: key, order_id: order?.id ?? null },
    amount_usd: usd(amountNanoUsd),
  };
}

function usageRows({ lines, keys, members }: UsageStatement, part: StatementPart): Row[] {
  const keyOf = new Map(keys.map((key) => [key.id, key]));
  const nameOf = new Map(members.map(({ id, name }) => [id, name]));
  return linesOfPart(lines, keys, part).map((line) => {
    const key = keyOf.get(line.apiKeyId);
    return {
      ...{ line: 'usage', model: line.model, api_key_id: line.apiKeyId, api_key: key?.name ?? null },
      member: nameOf.get(key?.memberId ?? '') ?? null,
      ...{ requests: line.requests, errors: line.errors, input_tokens: line.input, cache_read_tokens: line.cacheRead },
      ...{ cache_write_tokens: line.cacheWrite, output_tokens: line.output, amount_usd: usd(-line.chargeNanoUsd) },
    };
  });
}

function usd(amountNanoUsd: bigint): Exact {
  return { exact: formatUsd(amountNanoUsd) };
}
