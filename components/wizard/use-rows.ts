'use client';

import { useEffect, useRef, useState } from 'react';
import { useLatest } from '@/components/api/use-latest';
import type { Audience, CheckedRow } from '@/components/audience/types';
import type { RowKind } from './row-filter';

const PAGE_ROWS = 100;

interface Page {
  version: number;
  rows: CheckedRow[];
}

interface RowsQuery {
  kind: RowKind;
  /** Of the check: rows read before it are read again. */
  version: number;
  /** Those in sight, as indexes. */
  first: number;
  last: number;
}

/** The rows in sight, read from the worker a page at a time; old ones stay until the new ones are there. */
export function useRows(audience: Audience, { kind, version, first, last }: RowsQuery) {
  const [count, setCount] = useState<number | null>(null);
  const [pages, setPages] = useState<ReadonlyMap<number, Page>>(new Map());
  const latest = useLatest(audience);
  const asked = useRef(new Map<number, number>());
  const firstPage = Math.floor(first / PAGE_ROWS);
  const lastPage = Math.floor(last / PAGE_ROWS);

  useEffect(() => {
    for (let page = firstPage; page <= lastPage; page += 1) {
      if (asked.current.get(page) === version) continue;
      asked.current.set(page, version);
      const fault = kind === 'all' ? undefined : kind;
      latest.current.rows({ fault, from: page * PAGE_ROWS, limit: PAGE_ROWS }).then(
        ({ rows, count }) => {
          if (asked.current.get(page) !== version) return;
          setCount(count);
          setPages((seen) => new Map(seen).set(page, { version, rows }));
        },
        // The list was closed, or another one read: what comes next asks anew.
        () => asked.current.delete(page),
      );
    }
  }, [firstPage, lastPage, kind, version, latest]);

  const rowAt = (index: number): CheckedRow | undefined =>
    pages.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS];
  return { count, rowAt };
}
