import type { Sql } from '@ai-bridge/db';
import { sourceOf } from './usage-dimension.ts';
import {
  figureNames,
  figuresOfCells,
  figuresOfOneSum,
  figuresOfSums,
  figuresTogether,
  type UsageFigures,
} from './usage-figures.ts';
import { type Bind, parameters } from './usage-filter.ts';
import { sumsWithin, tableFor, timeOf, type UsageQuestion } from './usage-span.ts';

/** What groups are ordered by, the largest first. */
const orders = {
  charge: '"chargeNanoUsd" DESC, requests DESC',
  requests: 'requests DESC',
  tokens: 'input + "cacheRead" + "cacheWrite" + output DESC, requests DESC',
} as const;
export type GroupOrder = keyof typeof orders;

export interface UsageGroup extends UsageFigures {
  /** As UsageFilter names it. */
  readonly value: string;
}

export interface UsagePoint extends UsageFigures {
  /** When the hour or day starts, UTC: `2026-11-21T10:00Z`, or `2026-11-21`. */
  readonly start: string;
  /** The group; null: all groups that are not told apart. */
  readonly value: string | null;
}

export interface UsageBreakdown {
  readonly total: UsageFigures;
  /** The largest first. */
  readonly groups: readonly UsageGroup[];
  /** Groups that are told apart over time. */
  readonly named: readonly string[];
  /** Oldest first; where there was no usage, there is no point. */
  readonly points: readonly UsagePoint[];
}

export interface BreakdownQuestion extends UsageQuestion {
  readonly order: GroupOrder;
  /** The most groups that are listed; the total is of all. */
  readonly maxGroups: number;
  /** The most series over time; where there are more groups, the last one is of all that have none of their own. */
  readonly maxSeries: number;
}

type Row = UsageFigures & { readonly start: string | null; readonly value: string | null; readonly isNamed: boolean };

/** Usage by group, over a whole span and hour by hour or day by day: in one statement. */
export async function readUsageBreakdown(sql: Sql, of: BreakdownQuestion): Promise<UsageBreakdown> {
  const { values, bind } = parameters();
  const { maxGroups, maxSeries } = of;
  const rows = await sql.query<Row>(
    `WITH cells AS ${hasManyValues[of.by] ? 'NOT MATERIALIZED' : 'MATERIALIZED'} (
       ${hasManyValues[of.by] ? sumsOf(of, bind) : cellsOf(of, bind)}
     ), grouped AS MATERIALIZED (
       SELECT value, ${figuresTogether} FROM cells GROUP BY value
     ), ranked AS (
       SELECT *, row_number() OVER (ORDER BY ${orders[of.order]}, value) AS rank, count(*) OVER () AS groups FROM grouped
     ), told AS MATERIALIZED (
       SELECT *, rank <= CASE WHEN groups > ${bind(maxSeries)}::int THEN ${bind(maxSeries - 1)}::int ELSE groups END AS "isNamed"
       FROM ranked WHERE rank <= ${bind(maxGroups)}::int
     ), points AS (
       SELECT cells.at, told.value, ${figuresOfCells} FROM cells
       LEFT JOIN told ON told.value = cells.value AND told."isNamed" GROUP BY 1, 2
     )
     SELECT NULL AS start, NULL AS value, false AS "isNamed", ${figuresTogether} FROM grouped
     UNION ALL (SELECT NULL, value, "isNamed", ${figureNames} FROM told ORDER BY rank)
     UNION ALL (SELECT ${timeOf[of.span.bucket].told('at')}, value, false, ${figureNames} FROM points ORDER BY at)`,
    values,
  );
  const groups = rows.filter((row): row is Row & UsageGroup => row.start === null && row.value !== null);
  return {
    total: rows[0] as UsageFigures,
    groups,
    named: groups.filter(({ isNamed }) => isNamed).map(({ value }) => value),
    points: rows.filter((row): row is Row & UsagePoint => row.start !== null),
  };
}

/** Every group in every hour or day, the oldest first. */
export function readUsageCells(sql: Sql, of: UsageQuestion): Promise<(UsagePoint & UsageGroup)[]> {
  const { values, bind } = parameters();
  return sql.query(
    `SELECT ${timeOf[of.span.bucket].told('at')} AS start, value, ${figureNames} FROM (${cellsOf(of, bind)}) AS cells
     ORDER BY at, "chargeNanoUsd" DESC, value`,
    values,
  );
}

/** By these there are nearly as many cells as sums: to add the sums up twice costs less than to make cells of them first. */
const hasManyValues: Readonly<Record<UsageQuestion['by'], boolean>> = {
  ...{ apiKey: true, model: false, member: false },
  ...{ provider: false, outcome: false },
};

/** A row for each group in each hour or day. */
function cellsOf(of: UsageQuestion, bind: Bind): string {
  return `SELECT ${timeOf[of.span.bucket].column} AS at, ${sourceOf[of.by].value} AS value, ${figuresOfSums}
       ${fromSums(of, bind)} GROUP BY 1, 2`;
}

/** The sums as they are. */
function sumsOf(of: UsageQuestion, bind: Bind): string {
  return `SELECT ${timeOf[of.span.bucket].column} AS at, ${sourceOf[of.by].value} AS value, ${figuresOfOneSum}
       ${fromSums(of, bind)}`;
}

function fromSums(of: UsageQuestion, bind: Bind): string {
  return `FROM ${tableFor(of)} s ${sourceOf[of.by].join} WHERE ${sumsWithin(of.span, of.filter, bind)}`;
}
