import type { ComponentChildren } from 'preact';

export interface RecordColumn<Row> {
  readonly name: string;
  readonly cell: (row: Row) => ComponentChildren;
  readonly isNumber?: boolean;
  /** On narrow screens without its name, such as an action that says what it is. */
  readonly isBare?: boolean;
}

export interface RecordsProps<Row> {
  readonly caption: string;
  /** Where the heading above says it already. */
  readonly hidesCaption?: boolean;
  /** The first one names the row. */
  readonly columns: readonly RecordColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

/**
 * A table for people who compare; on narrow screens each row is a record of its own, with every value beside its name. Roles
 * are said outright, because browsers forget that a table is one where its rows are laid out as blocks.
 */
export function Records<Row>({ caption, hidesCaption = true, columns, rows, keyOf }: RecordsProps<Row>) {
  return (
    <table class="records" role="table">
      <caption class={hidesCaption ? 'unseen' : undefined}>{caption}</caption>
      <thead>
        <tr role="row">
          {columns.map(({ name, isNumber, isBare }) => (
            <th key={name} scope="col" role="columnheader" class={isNumber ? 'records__number' : undefined}>
              {isBare ? <span class="unseen">{name}</span> : name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map((column, index) => (
              <Cell key={column.name} column={column} row={row} isHeading={index === 0} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CellProps<Row> {
  readonly column: RecordColumn<Row>;
  readonly row: Row;
  readonly isHeading: boolean;
}

function Cell<Row>({ column: { name, cell, isNumber, isBare }, row, isHeading }: CellProps<Row>) {
  if (isHeading) {
    return (
      <th scope="row" role="rowheader">
        <div>{cell(row)}</div>
      </th>
    );
  }
  const kinds = [isNumber && 'records__number', isBare && 'records__bare'].filter(Boolean).join(' ');
  return (
    <td role="cell" data-label={name} class={kinds || undefined}>
      <div>{cell(row)}</div>
    </td>
  );
}
