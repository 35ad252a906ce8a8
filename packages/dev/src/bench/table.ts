import { type Figure, isReached } from './figures.ts';

/** The figures as a table for a terminal, one line each. */
export function renderTable(figures: readonly Figure[]): string {
  const rows = [
    ['figure', 'bare', 'worker', 'reached', 'floor', ''],
    ...figures.map((figure) => [
      figure.name,
      number(figure.bare),
      number(figure.worker),
      `${number(figure.reached)} ${figure.unit}`,
      'atLeast' in figure.floor ? `>= ${figure.floor.atLeast}` : `<= ${figure.floor.atMost}`,
      isReached(figure) ? 'ok' : 'MISSED',
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}

function number(value: number): string {
  if (!Number.isFinite(value)) return '-';
  if (Math.abs(value) >= 100) return String(Math.round(value));
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 3);
}
