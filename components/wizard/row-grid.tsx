'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef } from 'react';
import type { AudienceRules, CheckedRow, CellEdit } from '@/components/audience/types';
import { cn } from '@/components/ui/class-names';
import { MAX_EDITS } from '@/lib/drafts/schema';
import { keyOfVariant } from '@/lib/variants/keys';
import { GridRow, ROW_PX } from './grid-row';
import { fieldWord } from './field-word';
import type { RowKind } from './row-filter';
import { mappedColumns } from './row-grid-columns';
import { useGridKeys } from './use-grid-keys';
import { useRows } from './use-rows';
import type { WizardState } from './use-wizard';

interface RowGridProps {
  wizard: WizardState;
  rules: AudienceRules;
  kind: RowKind;
}

const VISIBLE_ROWS = 8;

/** The mapped cells of the rows shown, to be corrected in place. Any number of rows; only those in sight are there. */
export function RowGrid({ wizard, rules, kind }: RowGridProps) {
  const { list, checked, draft } = wizard;
  const columns = mappedColumns(list.audience.file?.columns ?? [], rules);
  const scroller = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const total = countOfKind(wizard, kind);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 6,
    initialRect: { width: 800, height: VISIBLE_ROWS * ROW_PX },
  });
  const items = virtual.getVirtualItems();
  const range = { first: items[0]?.index ?? 0, last: items.at(-1)?.index ?? 0 };
  const { rowAt } = useRows(list.audience, { kind, version: checked.version, ...range });
  const keys = useGridKeys({ rows: total, columns: columns.length, page: VISIBLE_ROWS }, ({ row }) =>
    virtual.scrollToIndex(row),
  );
  useEffect(() => virtual.measure(), [virtual, total]);

  const change = (edit: CellEdit) => {
    const others = draft.contents.edits.filter(
      ({ row, column }) => row !== edit.row || column !== edit.column,
    );
    if (others.length >= MAX_EDITS) return;
    list.audience.edit(edit);
    draft.update({ edits: [...others, edit] });
  };
  const finish = (row: CheckedRow | undefined, value: string | null, moves: boolean) => {
    const column = columns[keys.active.column];
    keys.setEditing(null);
    if (row && column && value !== null && value !== (row.cells[column.index] ?? ''))
      change({ row: row.row, column: column.index, value });
    if (moves) keys.move({ ...keys.active, row: Math.min(total - 1, keys.active.row + 1) });
    // Who left for another field stays there.
    if (moves || value === null) scroller.current?.focus();
  };

  if (total === 0) {
    return (
      <p className="rounded-lg border border-dashed p-6 text-center text-muted">No rows of this kind.</p>
    );
  }
  const activeRow = rowAt(keys.active.row);
  const template = `4rem 15rem repeat(${columns.length}, minmax(9rem, 1fr))`;
  // Of header and rows alike, or their columns would not stand under each other.
  const minWidth = `${19 + columns.length * 9}rem`;
  return (
    <div className="space-y-2">
      <p id={`${gridId}-hint`} className="text-muted">
        Click a cell to correct it, or use the arrow keys and Enter. Each correction is checked at once.
      </p>
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label="Rows of the list"
        aria-describedby={`${gridId}-hint`}
        aria-rowcount={total + 1}
        aria-colcount={columns.length + 2}
        aria-activedescendant={`${gridId}-${keys.active.row}-${keys.active.column}`}
        onKeyDown={keys.onKeyDown}
        className="group max-h-[28rem] overflow-auto rounded-lg border bg-surface"
      >
        <div
          role="row"
          aria-rowindex={1}
          className="sticky top-0 z-10 grid border-b bg-sunken font-medium"
          style={{ gridTemplateColumns: template, minWidth }}
        >
          <span role="columnheader" className="px-3 py-2">
            Row
          </span>
          <span role="columnheader" className="px-3 py-2">
            State
          </span>
          {columns.map(({ name, keys: fills }) => (
            <span key={name} role="columnheader" className="min-w-0 px-3 py-2">
              <bdi title={name} className="block truncate">
                {name}
              </bdi>
              <span className="block truncate text-xs font-normal text-muted">
                {fills.map(fieldWord).join(', ')}
              </span>
            </span>
          ))}
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize(), minWidth }}>
          {items.map((item) => (
            <GridRow
              key={item.key}
              id={gridId}
              index={item.index}
              top={item.start}
              template={template}
              row={rowAt(item.index)}
              columns={columns}
              activeColumn={item.index === keys.active.row ? keys.active.column : null}
              editing={item.index === keys.active.row ? keys.editing : null}
              onCell={(column) => {
                keys.move({ row: item.index, column });
                keys.setEditing({ typed: null });
              }}
              onFinish={(value, moves) => finish(rowAt(item.index), value, moves)}
            />
          ))}
        </div>
      </div>
      <Problems row={activeRow} />
      {draft.contents.edits.length >= MAX_EDITS && (
        <p role="alert" className="text-warn">
          No more than 5,000 corrections are kept here: mend the rest in the file itself.
        </p>
      )}
    </div>
  );
}

/** What is wrong with the row one stands on, in full. */
function Problems({ row }: { row: CheckedRow | undefined }) {
  return (
    <div role="status" className={cn('min-h-6', row?.fault ? 'text-ink' : 'text-muted')}>
      {row?.problems.map(({ key, message, variant }) => (
        <p key={key}>
          Row {row.row}, {variant > 0 && `message ${keyOfVariant(variant + 1)}, `}
          {fieldWord(key)}: {message}
        </p>
      ))}
      {row && row.problems.length === 0 && row.fault === null && (
        <p>
          Row {row.row} will be sent to <bdi>{row.to}</bdi>.
        </p>
      )}
    </div>
  );
}

function countOfKind({ checked }: WizardState, kind: RowKind): number {
  const counts = checked.check?.counts;
  if (!counts) return 0;
  if (kind === 'all') return counts.total;
  if (kind === 'sendable') return counts.willSend;
  return kind === 'faulty' ? counts.total - counts.willSend : counts[kind];
}
