'use client';

import { useState, type KeyboardEvent } from 'react';

export interface CellPlace {
  /** Index of the row among those shown, and of the column among the editable ones. */
  row: number;
  column: number;
}

interface GridSize {
  rows: number;
  columns: number;
  /** Rows that fit, for Page Up and Down. */
  page: number;
}

/** Where a key leads from a cell, kept inside the grid; null for a key that leads nowhere. */
export function moveBy(key: string, { row, column }: CellPlace, size: GridSize): CellPlace | null {
  const to = (nextRow: number, nextColumn: number): CellPlace => ({
    row: Math.max(0, Math.min(size.rows - 1, nextRow)),
    column: Math.max(0, Math.min(size.columns - 1, nextColumn)),
  });
  switch (key) {
    case 'ArrowDown':
      return to(row + 1, column);
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'Home':
      return to(row, 0);
    case 'End':
      return to(row, size.columns - 1);
    case 'PageDown':
      return to(row + size.page, column);
    case 'PageUp':
      return to(row - size.page, column);
    default:
      return null;
  }
}

/** Arrow keys move, Enter or F2 edits, and so does typing, which begins with that letter. */
export function useGridKeys(size: GridSize, onMove: (place: CellPlace) => void) {
  const [active, setActive] = useState<CellPlace>({ row: 0, column: 0 });
  /** What the editor begins with; null: nothing is being edited. */
  const [editing, setEditing] = useState<{ typed: string | null } | null>(null);
  const place = { ...active, row: Math.max(0, Math.min(active.row, size.rows - 1)) };

  const move = (next: CellPlace) => {
    setActive(next);
    onMove(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (editing || event.metaKey || event.ctrlKey || event.altKey) return;
    const next = moveBy(event.key, place, size);
    if (next) move(next);
    else if (event.key === 'Enter' || event.key === 'F2') setEditing({ typed: null });
    else if (event.key.length === 1) setEditing({ typed: event.key });
    else return;
    event.preventDefault();
  };
  return { active: place, editing, setEditing, move, onKeyDown };
}
