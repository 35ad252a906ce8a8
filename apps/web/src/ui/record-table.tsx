import type { ReactNode } from 'react';
import { Cell, HeaderCell, Table } from './table.tsx';

/** What a table shows of each record in one place. */
export interface Column<Row> {
  readonly label: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand right, in tabular figures. */
  readonly numeric?: boolean;
  readonly className?: string;
  /** What a cell that may be cut says whole. */
  readonly title?: (row: Row) => string | undefined;
}

export interface RecordTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  /** What can be done with each record, behind the last column. */
  readonly actions?: { readonly label: string; readonly of: (row: Row) => ReactNode };
}

/** Records of one kind, a line each, with what can be done with them, if anything, at its end. */
export function RecordTable<Row extends { readonly id: string }>({
  label,
  rows,
  columns,
  actions,
}: RecordTableProps<Row>) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <HeaderCell key={column.label} numeric={column.numeric ?? false}>
              {column.label}
            </HeaderCell>
          ))}
          {actions && (
            <HeaderCell>
              <span className="sr-only">{actions.label}</span>
            </HeaderCell>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            {columns.map(({ label: name, cell, numeric = false, className, title }) => (
              <Cell key={name} numeric={numeric} className={className} title={title?.(row)}>
                {cell(row)}
              </Cell>
            ))}
            {actions && <Cell className="text-right">{actions.of(row)}</Cell>}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
