'use client';

import { countOf, formatCount } from '@/components/ui/numbers';
import { durationWords, estimateSending, USUAL_ANSWER_MS, type Estimate } from '@/lib/campaigns/estimate';
import { rateLimitSchema, workerCountSchema } from '@/lib/campaigns/schema';
import type { Sender } from '@/lib/senders/schema';
import { NumberField } from './number-field';
import type { DraftState } from './use-draft';

interface SpeedFieldsProps {
  draft: DraftState;
  sender: Sender;
  recipients: number;
  /** Of them: who has to wait for the sender's window first. */
  waiting: number;
  /** How many more days the sender's daily limit makes of it. */
  heldDays: number;
  /** Of them: who waits for the message that a test chooses. */
  waitingForChoice: number;
}

/** How fast it goes, with what the two numbers mean. Both may change while it runs. */
export function SpeedFields({
  draft,
  sender,
  recipients,
  waiting,
  heldDays,
  waitingForChoice,
}: SpeedFieldsProps) {
  const { worker_count: workerCount, rate_limit: rateLimit } = draft.contents;
  const estimate = estimateSending(recipients, {
    workerCount,
    rateLimit,
    senderRateLimit: sender.rate_limit,
  });
  return (
    <section aria-labelledby="speed-heading" className="space-y-3">
      <h3 id="speed-heading" className="font-medium">
        Speed
      </h3>
      <div className="grid gap-4 md:grid-cols-2">
        <NumberField
          id="worker-count"
          label="Requests at once"
          hint="The workers: how many messages may wait for WhatsApp’s answer at the same time, 1 to 100."
          value={workerCount}
          schema={workerCountSchema}
          onChange={(value) => draft.update({ worker_count: value })}
        />
        <NumberField
          id="rate-limit"
          label="Messages a second"
          hint={`At most so many start in any second, 1 to 1,000. “${sender.name}” allows ${formatCount(sender.rate_limit)}, for all its campaigns together.`}
          value={rateLimit}
          schema={rateLimitSchema}
          onChange={(value) => draft.update({ rate_limit: value })}
        />
      </div>
      <p className="rounded-lg bg-sunken px-4 py-3" role="status">
        {formatCount(workerCount)} {workerCount === 1 ? 'worker' : 'workers'} at {USUAL_ANSWER_MS} ms reach
        about {formatCount(Math.max(1, Math.floor(estimate.workersPerSecond)))} a second;{' '}
        {boundWords(estimate)}
        <strong className="font-semibold">
          {formatCount(recipients)} take {durationWords(estimate.seconds)}
        </strong>
        {waiting > 0 &&
          `, besides the time that ${formatCount(waiting)} of them ${waiting === 1 ? 'waits' : 'wait'} for their window`}
        {heldDays > 0 && `, and the ${countOf(heldDays, 'day')} over which the daily limit spreads them`}
        {waitingForChoice > 0 && ', besides the time until a message is chosen for the others'}.
      </p>
    </section>
  );
}

function boundWords({ boundBy, perSecond }: Estimate): string {
  const rate = formatCount(Math.max(1, Math.floor(perSecond)));
  switch (boundBy) {
    case 'workers':
      return '';
    case 'campaign':
      return `this campaign’s limit holds them to ${rate}: `;
    case 'sender':
      return `the sender’s limit holds them to ${rate}: `;
  }
}
