import { LocalTime } from '@/components/ui/local-time';
import type { Recipient } from '@/lib/recipients/schema';
import { RecipientStatusLabel } from './recipient-status';

/** On a phone each row folds into two lines; it stays one table. */
export function RecipientTable({ recipients, isFiltered }: { recipients: Recipient[]; isFiltered: boolean }) {
  if (recipients.length === 0)
    return (
      <p className="rounded-lg border border-dashed px-4 py-8 text-center text-muted">
        {isFiltered ? 'No recipient has this status now.' : 'This campaign has no recipients.'}
      </p>
    );
  return (
    <div className="overflow-hidden rounded-lg border bg-surface">
      <table className="w-full table-fixed border-collapse">
        <caption className="sr-only">Recipients, in the order of the upload</caption>
        <thead className="border-b text-muted">
          <tr className="[&>th]:px-4 [&>th]:py-2.5 [&>th]:text-start [&>th]:font-medium">
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
        <tbody className="divide-y">
          {recipients.map((recipient) => (
            <Row key={recipient.id} recipient={recipient} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ recipient }: { recipient: Recipient }) {
  const reason = reasonOf(recipient);
  const changedAt = lastChange(recipient);
  return (
    <tr className="align-top [&>td]:px-4 [&>td]:py-2.5">
      <td className="break-words">
        <span dir="ltr">{recipient.to}</span>
        {reason && (
          <span dir="auto" className="mt-0.5 block text-muted md:hidden">
            {reason}
          </span>
        )}
      </td>
      <td>
        <RecipientStatusLabel status={recipient.status} />
        {recipient.attempts > 1 && <span className="block text-muted">attempt {recipient.attempts}</span>}
      </td>
      <td dir="auto" className="hidden break-words text-muted md:table-cell">
        {reason}
      </td>
      <td className="hidden text-muted md:table-cell">{changedAt && <LocalTime value={changedAt} />}</td>
    </tr>
  );
}

/** WhatsApp's words with their code, then what to do. Kept on a waiting row too: why it waits again. */
function reasonOf(recipient: Recipient): string | null {
  if (recipient.status === 'skipped') return 'On the do-not-contact list.';
  const { error_code: code, error_message: message, error_remedy: remedy } = recipient;
  if (message === null && code === null) return null;
  const said = code === null ? message : `${message ?? 'Refused by WhatsApp'} (${code})`;
  return [said, remedy].filter(Boolean).join(' – ');
}

function lastChange(recipient: Recipient): string | null {
  return recipient.read_at ?? recipient.delivered_at ?? recipient.failed_at ?? recipient.sent_at;
}
