'use client';

import { Ban, CircleCheck, Clock, type LucideIcon } from 'lucide-react';
import { CodeSample } from '@/components/api-keys/code-sample';
import { Button } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import type { DeliveryState, WebhookDelivery } from '@/lib/webhook-endpoints/schema';
import { lastTryWords, readable, tryWords } from './delivery-words';

const STATES: Record<DeliveryState, { word: string; icon: LucideIcon; className: string }> = {
  waiting: { word: 'Waiting', icon: Clock, className: 'text-warn' },
  delivered: { word: 'Delivered', icon: CircleCheck, className: 'text-accent' },
  given_up: { word: 'Given up', icon: Ban, className: 'text-danger' },
};

interface DeliveryRowProps {
  delivery: WebhookDelivery;
  /** Of an endpoint that is off nothing can be sent. */
  isOn: boolean;
  isSending: boolean;
  onSendAgain: () => void;
}

/** One line of the log; opened, all that was sent and answered. */
export function DeliveryRow({ delivery, isOn, isSending, onSendAgain }: DeliveryRowProps) {
  const { word, icon: Icon, className } = STATES[delivery.state];
  return (
    <li>
      <details>
        <summary className="grid min-h-11 cursor-pointer gap-x-4 gap-y-1 px-4 py-3 hover:bg-sunken md:grid-cols-[8rem_12rem_minmax(0,1fr)_auto]">
          <span className={`inline-flex items-center gap-1.5 ${className}`}>
            <Icon aria-hidden className="size-4 shrink-0" />
            {word}
          </span>
          <code className="self-center">{delivery.type}</code>
          <span className="min-w-0 break-words text-muted">{lastTryWords(delivery)}</span>
          <span className="text-muted">
            <LocalTime value={delivery.created_at} />
          </span>
        </summary>
        <div className="space-y-4 border-t bg-sunken px-4 py-4">
          <Facts delivery={delivery} isOn={isOn} />
          <CodeSample code={readable(delivery.body)} what="body" />
          {isOn && (
            <Button busy={isSending} onClick={onSendAgain}>
              Send again
            </Button>
          )}
        </div>
      </details>
    </li>
  );
}

function Facts({ delivery, isOn }: { delivery: WebhookDelivery; isOn: boolean }) {
  return (
    <div className="space-y-2">
      <p className="break-all">
        <span className="text-muted">webhook-id</span> <code>{delivery.message_id}</code>
      </p>
      {delivery.tries.length > 0 && (
        <ol aria-label="Attempts" className="space-y-1">
          {delivery.tries.map((each) => (
            <li key={each.at}>
              <span className="text-muted">
                <LocalTime value={each.at} />
              </span>{' '}
              {tryWords(each)}
              {each.answer && (
                <span dir="auto" className="block break-words text-muted">
                  {each.answer}
                </span>
              )}
            </li>
          ))}
        </ol>
      )}
      {delivery.next_attempt_at && (
        <p className="text-muted">
          {isOn ? (
            <>
              Next attempt: <LocalTime value={delivery.next_attempt_at} />
            </>
          ) : (
            'It is sent once the endpoint is on again.'
          )}
        </p>
      )}
    </div>
  );
}
