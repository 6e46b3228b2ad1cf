import Link from 'next/link';
import { formatCount } from '@/components/ui/numbers';
import type { Sender } from '@/lib/senders/schema';
import { limitWords } from '@/lib/senders/words';
import { AllowedSpeed, Quality, SandboxBadge, SenderStatus, WebhookHealth } from './badges';

interface SenderTableProps {
  senders: Sender[];
  readAt: number;
}

/** From 1024 px up; below that SenderCards shows the same. */
export function SenderTable({ senders, readAt }: SenderTableProps) {
  return (
    <div className="hidden overflow-hidden rounded-lg border bg-surface lg:block">
      <table className="w-full table-fixed border-collapse text-start">
        <caption className="sr-only">Senders, oldest first</caption>
        <thead className="border-b text-muted">
          <tr className="[&>th]:px-4 [&>th]:py-2.5 [&>th]:text-start [&>th]:font-medium">
            <th scope="col">Name</th>
            <th scope="col" className="w-34">
              Status
            </th>
            <th scope="col" className="w-40">
              Quality
            </th>
            <th scope="col" className="w-40">
              Daily limit
            </th>
            <th scope="col" className="w-44 text-end!">
              Speed limit
            </th>
            <th scope="col" className="w-40">
              Webhook
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {senders.map((sender) => (
            <Row key={sender.id} sender={sender} readAt={readAt} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ sender, readAt }: { sender: Sender; readAt: number }) {
  return (
    <tr className="relative transition-colors focus-within:bg-sunken hover:bg-sunken [&>td]:px-4 [&>td]:py-3">
      <td>
        <div className="flex items-center gap-2">
          <Link
            data-entry
            href={`/senders/${sender.id}`}
            dir="auto"
            title={sender.name}
            className="min-w-0 truncate text-left font-medium rtl:text-right after:absolute after:inset-0"
          >
            {sender.name}
          </Link>
          {sender.sandbox && <SandboxBadge />}
        </div>
        <p className="truncate text-muted">{sender.display_phone_number ?? `ID ${sender.phone_number_id}`}</p>
      </td>
      <td>
        <SenderStatus status={sender.status} />
      </td>
      <td>
        <Quality rating={sender.quality_rating} />
      </td>
      <td>{limitWords(sender.messaging_limit)}</td>
      <td className="text-end">
        {formatCount(sender.rate_limit)} <span className="text-muted">a second</span>
        <AllowedSpeed level={sender.throughput_level} />
      </td>
      <td>
        <WebhookHealth seenAt={sender.webhook_seen_at} readAt={readAt} />
      </td>
    </tr>
  );
}
