'use client';

import { Smartphone } from 'lucide-react';
import { useState } from 'react';
import { useLatest } from '@/components/api/use-latest';
import { TestMessageDialog } from '@/components/test-messages/test-message-dialog';
import { formatsIn } from '@/lib/recipients/mapping';
import { Button } from '@/components/ui/button';
import { usableDestinations } from './steps';
import type { WizardState } from './use-wizard';

/** The message on one's own phone, with the values of the first row that will be sent. */
export function TestSend({ wizard }: { wizard: WizardState }) {
  const { template, tracked, draft, list, checked } = wizard;
  const [params, setParams] = useState<Readonly<Record<string, string>> | null>(null);
  const audience = useLatest(list.audience);
  if (!template || template.unsendable_reason) return null;

  const open = async () => {
    const first = checked.check
      ? await audience.current.rows({ fault: 'sendable', from: 0, limit: 1 }).catch(() => null)
      : null;
    setParams(first?.rows[0]?.params ?? {});
  };
  return (
    <>
      <Button className="w-full md:w-auto" onClick={() => void open()}>
        <Smartphone aria-hidden />
        Send a test message
      </Button>
      <TestMessageDialog
        open={params !== null}
        onOpenChange={(isOpen) => {
          if (!isOpen) setParams(null);
        }}
        templateId={template.id}
        params={params ?? {}}
        trackClicks={usableDestinations(draft.contents, tracked)}
        formats={formatsIn(draft.contents.mapping)}
      />
    </>
  );
}
