'use client';

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { useLatest } from '@/components/api/use-latest';
import type { Recipient } from '@/lib/recipients/schema';
import { RecipientRow } from './recipient-row';
import { usePrinting } from './use-printing';

const ROW_PX = 42;
const OVERSCAN = 12;
/** What the server, which knows no window, draws. */
const FIRST_WINDOW = { width: 0, height: 900 };
/** The next page is asked for this many rows before the end. */
const AHEAD = 20;

interface RecipientTableProps {
  recipients: Recipient[];
  isFiltered: boolean;
  onOpen: (id: string) => void;
  /** The end comes near. */
  onEnd: () => void;
}

/** One table of any length: only the rows near the window are in the page, unless it is printed. */
export function RecipientTable({ recipients, isFiltered, onOpen, onEnd }: RecipientTableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const rows = useNearRows(body, recipients.length, onEnd);
  if (recipients.length === 0)
    return (
      <p className="rounded-lg border border-dashed px-4 py-8 text-center text-muted">
        {isFiltered ? 'No recipient matches this now.' : 'This campaign has no recipients.'}
      </p>
    );
  return (
    <div className="overflow-hidden rounded-lg border bg-surface">
      <table className="w-full table-fixed border-collapse" aria-rowcount={-1}>
        <caption className="sr-only">Recipients, in the order of the upload</caption>
        <Head />
        <tbody ref={body}>
          <Gap px={rows.before} />
          {recipients.slice(rows.first, rows.last).map((recipient, i) => (
            <RecipientRow
              key={recipient.id}
              recipient={recipient}
              index={rows.first + i}
              onOpen={onOpen}
              measure={rows.measure}
            />
          ))}
          <Gap px={rows.after} />
        </tbody>
      </table>
    </div>
  );
}

/** Stands for the rows that are not in the page. */
function Gap({ px }: { px: number }) {
  if (px <= 0) return null;
  return (
    <tr aria-hidden>
      {/* As many as a phone shows: one more would be a column of its own there, and squeeze the others. */}
      <td colSpan={2} style={{ height: px }} />
    </tr>
  );
}

function Head() {
  return (
    <thead className="border-b text-muted">
      <tr aria-rowindex={1} className="[&>th]:px-4 [&>th]:py-2.5 [&>th]:text-start [&>th]:font-medium">
        <th scope="col" className="md:w-48">
          Number
        </th>
        <th scope="col" className="w-36">
          Status
        </th>
        <th scope="col" className="hidden md:table-cell">
          Reason
        </th>
        <th scope="col" className="hidden w-48 md:table-cell">
          Last change
        </th>
      </tr>
    </thead>
  );
}

/** Which rows to draw (`last` exclusive), and the room the others take, px. */
function useNearRows(body: RefObject<HTMLElement | null>, count: number, onEnd: () => void) {
  const [top, setTop] = useState(0);
  const isPrinting = usePrinting();
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    scrollMargin: top,
    initialRect: FIRST_WINDOW,
    // As on the server, also where the browser has scrolled already before the page came alive.
    initialOffset: 0,
  });
  useEffect(() => {
    // What stands above grows and shrinks, and with it the page: the list's place is looked up anew.
    const look = () => setTop(body.current ? body.current.getBoundingClientRect().top + window.scrollY : 0);
    const observer = new ResizeObserver(look);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [body]);
  const items = virtualizer.getVirtualItems();
  const [first, last] = [items[0], items.at(-1)];
  const reached = last ? last.index + AHEAD >= count : false;
  const end = useLatest(onEnd);
  useEffect(() => {
    if (reached && count > 0) end.current();
  }, [reached, count, end]);

  if (isPrinting || !first || !last)
    return { first: 0, last: count, before: 0, after: 0, measure: virtualizer.measureElement };
  return {
    first: first.index,
    last: last.index + 1,
    before: first.start - top,
    after: virtualizer.getTotalSize() - (last.end - top),
    measure: virtualizer.measureElement,
  };
}
