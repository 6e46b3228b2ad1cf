import {
  Ban,
  Check,
  CheckCheck,
  CircleHelp,
  CircleX,
  Clock,
  Eye,
  Moon,
  MousePointerClick,
  Reply,
  Send,
  ShieldQuestion,
  type LucideIcon,
} from 'lucide-react';
import { LocalTime } from '@/components/ui/local-time';
import type { RecipientDetail, RecipientStep } from '@/lib/recipients/schema';

const LOOKS: Record<RecipientStep['kind'], { word: string; icon: LucideIcon; className: string }> = {
  begun: { word: 'Handed to a worker', icon: Send, className: 'text-muted' },
  accepted: { word: 'Taken by WhatsApp', icon: Check, className: 'text-ink' },
  sent: { word: 'Sent', icon: Check, className: 'text-ink' },
  delivered: { word: 'Delivered', icon: CheckCheck, className: 'text-ink' },
  read: { word: 'Read', icon: Eye, className: 'text-accent' },
  failed: { word: 'Failed', icon: CircleX, className: 'text-danger' },
  unconfirmed: { word: 'Answer lost', icon: CircleHelp, className: 'text-warn' },
  waiting: { word: 'Goes again', icon: Clock, className: 'text-muted' },
  held: { word: 'Held: WhatsApp assesses the template first', icon: ShieldQuestion, className: 'text-warn' },
  waiting_for_window: { word: 'Waits for its send window until', icon: Moon, className: 'text-muted' },
  replied: { word: 'Replied', icon: Reply, className: 'text-accent' },
  opted_out: { word: 'Opted out', icon: Ban, className: 'text-danger' },
  clicked: { word: 'Followed the link', icon: MousePointerClick, className: 'text-accent' },
};

/** Everything known to have happened to a recipient, attempt by attempt. */
export function RecipientHistory({ recipient }: { recipient: RecipientDetail }) {
  const { timeline, status } = recipient;
  if (timeline.length === 0)
    return (
      <p className="text-muted">
        {status === 'skipped'
          ? 'Nothing was sent: the number is on the do-not-contact list.'
          : 'Nothing yet: it waits in the queue.'}
      </p>
    );
  const attempts = [...new Set(timeline.map(({ attempt }) => attempt))];
  return (
    <div className="space-y-4">
      {attempts.map((attempt) => (
        <div key={attempt}>
          {attempts.length > 1 && <h4 className="mb-2 font-medium text-muted">Attempt {attempt}</h4>}
          <ol className="space-y-3">
            {timeline
              .filter((step) => step.attempt === attempt)
              .map((step, i) => (
                <Step key={`${step.kind} ${step.at} ${i}`} step={step} />
              ))}
          </ol>
        </div>
      ))}
    </div>
  );
}

function Step({ step }: { step: RecipientStep }) {
  const { word, icon: Icon, className } = LOOKS[step.kind];
  return (
    <li className="grid grid-cols-[1rem_1fr] gap-x-3">
      <Icon aria-hidden className={`mt-0.5 size-4 ${className}`} />
      <div className="min-w-0">
        <p className="flex flex-wrap justify-between gap-x-3">
          <span className="font-medium">{word}</span>
          <span className="text-muted">
            <LocalTime value={step.at} format="exact" />
          </span>
        </p>
        {step.message && (
          <p dir="auto" className="mt-0.5 break-words whitespace-pre-line text-muted">
            {step.message}
          </p>
        )}
        {step.matched_by === 'time' && (
          <p className="mt-0.5 text-muted">Names no message: taken for an answer to this one, the latest.</p>
        )}
      </div>
    </li>
  );
}
