import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import type { OptOut } from '@/lib/opt-outs/schema';
import { contactPath } from './api';
import { SourceLabel } from './source-label';

interface OptOutRowsProps {
  entries: readonly OptOut[];
  onRemove: (entry: OptOut) => void;
}

/** From 768 px up; below that OptOutCards shows the same. */
export function OptOutTable({ entries, onRemove }: OptOutRowsProps) {
  return (
    <div className="hidden overflow-hidden rounded-lg border bg-surface md:block">
      <table className="w-full table-fixed border-collapse">
        <caption className="sr-only">The do-not-contact list, newest first</caption>
        <thead className="border-b text-muted">
          <tr className="[&>th]:px-4 [&>th]:py-2.5 [&>th]:text-start [&>th]:font-medium">
            <th scope="col" className="w-44">
              Number
            </th>
            <th scope="col" className="w-48">
              Came from
            </th>
            <th scope="col">Reason</th>
            <th scope="col" className="w-60">
              Since
            </th>
            <th scope="col" className="w-28">
              <span className="sr-only">Action</span>
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {entries.map((entry) => (
            <tr key={entry.phone} className="align-top [&>td]:px-4 [&>td]:py-2.5">
              <td>
                <PhoneLink phone={entry.phone} />
              </td>
              <td title={entry.source_words}>
                <SourceLabel source={entry.source} />
              </td>
              <td dir="auto" className="text-left break-words rtl:text-right">
                {entry.reason}
              </td>
              <td className="text-muted">
                <Since entry={entry} />
              </td>
              <td className="text-end">
                <RemoveButton entry={entry} onRemove={onRemove} className="-my-2" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function OptOutCards({ entries, onRemove }: OptOutRowsProps) {
  return (
    <ul aria-label="The do-not-contact list, newest first" className="space-y-3 md:hidden">
      {entries.map((entry) => (
        <li key={entry.phone} className="rounded-lg border bg-surface p-4">
          <div className="flex items-start justify-between gap-3">
            <PhoneLink phone={entry.phone} />
            <RemoveButton entry={entry} onRemove={onRemove} className="-my-2.5 -me-3" />
          </div>
          <p className="mt-2">
            <SourceLabel source={entry.source} />
          </p>
          <p dir="auto" className="mt-1 text-left break-words rtl:text-right">
            {entry.reason}
          </p>
          <p className="mt-1 text-muted">
            <Since entry={entry} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function PhoneLink({ phone }: { phone: string }) {
  return (
    <Link
      data-entry
      href={contactPath(phone)}
      dir="ltr"
      className="-my-3 inline-flex min-h-11 items-center font-medium underline decoration-line-strong underline-offset-2 hover:decoration-current"
    >
      {phone}
    </Link>
  );
}

function Since({ entry }: { entry: OptOut }) {
  return (
    <>
      <LocalTime value={entry.created_at} />
      {entry.added_by && (
        <span dir="auto" className="block break-words">
          by {entry.added_by}
        </span>
      )}
    </>
  );
}

interface RemoveButtonProps {
  entry: OptOut;
  onRemove: (entry: OptOut) => void;
  className: string;
}

function RemoveButton({ entry, onRemove, className }: RemoveButtonProps) {
  return (
    <Button
      look="quiet"
      className={className}
      aria-label={`Remove ${entry.phone} from the list`}
      onClick={() => onRemove(entry)}
    >
      Remove
    </Button>
  );
}
