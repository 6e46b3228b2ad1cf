'use client';

import { Smartphone } from 'lucide-react';
import { useState } from 'react';
import { useLatest } from '@/components/api/use-latest';
import type { CheckedRow } from '@/components/audience/types';
import { TestMessageDialog } from '@/components/test-messages/test-message-dialog';
import { formatsIn } from '@/lib/recipients/mapping';
import { Button } from '@/components/ui/button';
import { fillingOf } from './messages';
import { MessageTabs } from './message-tabs';
import { paramsFor } from './row-preview';
import { usableDestinations } from './steps';
import type { WizardState } from './use-wizard';

/** The message on one's own phone, with the values of the first row that will be sent; of a test the one chosen there. */
export function TestSend({ wizard }: { wizard: WizardState }) {
  const { messages, shown, draft, list, checked } = wizard;
  const { key, template, tracked } = messages.all[shown] ?? messages.all[0];
  const [first, setFirst] = useState<{ row: CheckedRow | undefined } | null>(null);
  const audience = useLatest(list.audience);
  if (messages.all.some((each) => !each.template || each.template.unsendable_reason) || !template)
    return null;

  const open = async () => {
    const found = checked.check
      ? await audience.current.rows({ fault: 'sendable', from: 0, limit: 1 }).catch(() => null)
      : null;
    setFirst({ row: found?.rows[0] });
  };
  return (
    <>
      <Button className="w-full md:w-auto" onClick={() => void open()}>
        <Smartphone aria-hidden />
        Send a test message
      </Button>
      <TestMessageDialog
        open={first !== null}
        onOpenChange={(isOpen) => {
          if (!isOpen) setFirst(null);
        }}
        message={key}
        choice={messages.all.length > 1 && <MessageTabs wizard={wizard} />}
        templateId={template.id}
        params={first?.row ? paramsFor(first.row, shown) : {}}
        trackClicks={usableDestinations(draft.contents, tracked)}
        formats={formatsIn(fillingOf(draft.contents, shown).mapping)}
      />
    </>
  );
}
