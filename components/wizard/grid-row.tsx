'use client';

import { CircleCheck } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { CheckedRow } from '@/components/audience/types';
import { cn } from '@/components/ui/class-names';
import { keyOfVariant } from '@/lib/variants/keys';
import { FAULT_ICONS, FAULT_WORDS } from './row-filter';
import type { GridColumn } from './row-grid-columns';

export const ROW_PX = 52;

interface GridRowProps {
  /** Of the grid; the cells' ids begin with it. */
  id: string;
  index: number;
  /** From the top of the grid, px. */
  top: number;
  template: string;
  /** undefined while it is being read. */
  row: CheckedRow | undefined;
  columns: readonly GridColumn[];
  activeColumn: number | null;
  editing: { typed: string | null } | null;
  onCell: (column: number) => void;
  /** null: given up. `moves`: on to the next row. */
  onFinish: (value: string | null, moves: boolean) => void;
}

/** One row of the list: its number, its state, its cells. */
export function GridRow(props: GridRowProps) {
  const { id, index, top, template, row, columns, activeColumn, editing, onCell, onFinish } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={cn(
        'absolute inset-x-0 grid items-stretch border-b',
        activeColumn !== null && 'group-focus-within:bg-accent-soft',
      )}
      style={{ gridTemplateColumns: template, height: ROW_PX, transform: `translateY(${top}px)` }}
    >
      <span role="gridcell" className="flex items-center px-3 text-muted">
        {row?.row}
      </span>
      <StateCell row={row} />
      {columns.map((column, i) => (
        <DataCell
          key={column.index}
          id={`${id}-${index}-${i}`}
          row={row}
          column={column}
          isActive={activeColumn === i}
          editing={activeColumn === i ? editing : null}
          onOpen={() => onCell(i)}
          onFinish={onFinish}
        />
      ))}
    </div>
  );
}

function StateCell({ row }: { row: CheckedRow | undefined }) {
  const Icon = row?.fault ? FAULT_ICONS[row.fault] : CircleCheck;
  const [first] = row?.problems ?? [];
  return (
    <span role="gridcell" className="flex min-w-0 items-center gap-2 px-3">
      {row && (
        <>
          <Icon aria-hidden className={cn('size-4 shrink-0', row.fault ? 'text-warn' : 'text-accent')} />
          <span className="min-w-0 leading-tight">
            <span className="block font-medium">{row.fault ? FAULT_WORDS[row.fault] : 'Will be sent'}</span>
            {first && (
              <span className="block truncate text-xs text-muted">
                {first.variant > 0 && `Message ${keyOfVariant(first.variant + 1)}: `}
                {first.message}
              </span>
            )}
          </span>
        </>
      )}
    </span>
  );
}

interface DataCellProps {
  id: string;
  row: CheckedRow | undefined;
  column: GridColumn;
  isActive: boolean;
  editing: { typed: string | null } | null;
  onOpen: () => void;
  onFinish: GridRowProps['onFinish'];
}

function DataCell({ id, row, column, isActive, editing, onOpen, onFinish }: DataCellProps) {
  const value = row?.cells[column.index] ?? '';
  const isWrong = row?.problems.some(column.isMeant) ?? false;
  return (
    <div
      role="gridcell"
      id={id}
      aria-invalid={isWrong || undefined}
      aria-selected={isActive}
      onClick={() => {
        if (row && !editing) onOpen();
      }}
      className={cn(
        'flex min-w-0 cursor-text items-center border-s px-3',
        isWrong && 'bg-warn-soft text-warn',
        isActive &&
          'group-focus-within:outline-2 group-focus-within:-outline-offset-2 group-focus-within:outline-accent',
      )}
    >
      {editing && row ? (
        <CellEditor
          label={`${column.name}, row ${row.row}`}
          initial={editing.typed ?? value}
          isFresh={editing.typed !== null}
          onFinish={onFinish}
        />
      ) : (
        <bdi className="truncate">{value || (isWrong ? '(empty)' : '')}</bdi>
      )}
    </div>
  );
}

interface CellEditorProps {
  label: string;
  initial: string;
  /** Begun by typing: what is typed next is added, not replaced. */
  isFresh: boolean;
  onFinish: GridRowProps['onFinish'];
}

function CellEditor({ label, initial, isFresh, onFinish }: CellEditorProps) {
  const [value, setValue] = useState(initial);
  const input = useRef<HTMLInputElement>(null);
  // Leaving the field commits; leaving it because it is finished must not do so twice.
  const isOver = useRef(false);
  useEffect(() => {
    input.current?.focus();
    if (!isFresh) input.current?.select();
  }, [isFresh]);
  const finish = (result: string | null, moves: boolean) => {
    if (isOver.current) return;
    isOver.current = true;
    onFinish(result, moves);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') finish(value, true);
    else if (event.key === 'Escape') finish(null, false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <input
      ref={input}
      aria-label={label}
      value={value}
      dir="auto"
      autoComplete="off"
      className="h-9 w-full min-w-0 rounded border border-accent bg-surface px-2 text-base text-ink outline-none md:text-sm"
      onChange={(event) => setValue(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => finish(value, false)}
    />
  );
}
