import { LocalTime } from '@/components/ui/local-time';
import type { Recipient } from '@/lib/recipients/schema';
import { RecipientStatusLabel, ResponseLabel } from './recipient-status';

interface RecipientRowProps {
  recipient: Recipient;
  index: number;
  onOpen: (id: string) => void;
  measure: (row: HTMLTableRowElement | null) => void;
}

/** On a phone each row folds into two lines. All of it opens the sheet; the number is its button. */
export function RecipientRow({ recipient, index, onOpen, measure }: RecipientRowProps) {
  const reason = <Reason recipient={recipient} />;
  const changedAt = lastChange(recipient);
  return (
    <tr
      ref={measure}
      data-index={index}
      // The header is row 1.
      aria-rowindex={index + 2}
      className="relative border-b align-top transition-colors last:border-b-0 focus-within:bg-sunken hover:bg-sunken [&>td]:px-4 [&>td]:py-2.5"
    >
      <td className="break-words">
        <button
          type="button"
          dir="ltr"
          onClick={() => onOpen(recipient.id)}
          className="-my-0.5 min-h-6 text-start after:absolute after:inset-0"
        >
          {recipient.to}
        </button>
        <span dir="auto" className="mt-0.5 line-clamp-3 text-muted empty:hidden md:hidden">
          {reason}
        </span>
      </td>
      <td>
        <RecipientStatusLabel status={recipient.status} waitsForWindow={recipient.waits_for === 'window'} />
        {recipient.held && <span className="block text-warn">held by WhatsApp</span>}
        <ResponseLabel recipient={recipient} />
        {recipient.attempts > 1 && <span className="block text-muted">attempt {recipient.attempts}</span>}
      </td>
      <td className="hidden text-muted md:table-cell">
        <span dir="auto" className="line-clamp-2 break-words print:line-clamp-none">
          {reason}
        </span>
      </td>
      <td className="hidden text-muted md:table-cell">{changedAt && <LocalTime value={changedAt} />}</td>
    </tr>
  );
}

/** Why it waits, where that is its window; else what happened. */
function Reason({ recipient }: { recipient: Recipient }) {
  if (recipient.waits_for === 'winner') return 'Waits until a message of the test is chosen.';
  if (recipient.waits_for !== 'window' || recipient.waits_until === null) return reasonOf(recipient);
  return (
    <>
      Waits for its send window until <LocalTime value={recipient.waits_until} />.
    </>
  );
}

/** What happened and what to do, with the code. Kept on a waiting row too: why it waits again. */
export function reasonOf(recipient: Recipient): string | null {
  if (recipient.status === 'skipped') return 'On the do-not-contact list.';
  const { error_code: code, error_message: message, error_remedy: remedy } = recipient;
  if (message === null && code === null) return null;
  const said = code === null ? message : `${message ?? 'Refused by WhatsApp'} (${code})`;
  // What is stored mostly begins with the remedy already.
  return remedy && !message?.startsWith(remedy) ? `${said} – ${remedy}` : said;
}

function lastChange(recipient: Recipient): string | null {
  const done = [recipient.replied_at, recipient.clicked_at].filter((at) => at !== null).sort();
  return (
    done.at(-1) ?? recipient.read_at ?? recipient.delivered_at ?? recipient.failed_at ?? recipient.sent_at
  );
}
