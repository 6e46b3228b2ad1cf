'use client';

import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { fetchSettings } from '@/components/settings/api';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import type { ValueFormats } from '@/lib/templates/values/format';
import { TestForm, type TestValues } from './test-form';
import { TestResults } from './test-results';

interface TestMessageDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  templateId: number;
  /** Parameter key → the value to begin with, an example or a row's own; each can be changed in the dialog. */
  params: Readonly<Record<string, string>>;
  /** Where its tracked buttons lead; null: it has none. */
  trackClicks: Readonly<Record<string, string>> | null;
  /** Of those that are amounts or dates. */
  formats?: ValueFormats;
  /** Of several messages: which it is, and what chooses another. The form begins anew with each. */
  message?: string;
  choice?: ReactNode;
}

/** Sends a template to one's own phones and shows what became of each message. */
export function TestMessageDialog({
  open,
  onOpenChange,
  formats = {},
  message,
  ...contents
}: TestMessageDialogProps) {
  const [isSending, setSending] = useState(false);
  return (
    <Dialog
      open={open}
      // What is on its way cannot be taken back: its answer is waited for.
      onOpenChange={(next) => {
        if (!isSending) onOpenChange(next);
      }}
      title="Send a test message"
    >
      <Contents
        key={message}
        {...contents}
        formats={formats}
        isSending={isSending}
        onSending={setSending}
        onDone={() => onOpenChange(false)}
      />
    </Dialog>
  );
}

interface ContentsProps extends Pick<
  TestMessageDialogProps,
  'templateId' | 'params' | 'trackClicks' | 'choice'
> {
  formats: ValueFormats;
  isSending: boolean;
  onSending: (isSending: boolean) => void;
  onDone: () => void;
}

/** Begins anew each time the dialog opens. */
function Contents({
  templateId,
  params,
  trackClicks,
  choice,
  formats,
  isSending,
  onSending,
  onDone,
}: ContentsProps) {
  const [campaignId, setCampaignId] = useState<string | null>(null);
  const [values, setValues] = useState<TestValues | null>(null);
  const settings = useQuery({
    queryKey: queryKeys.settings,
    queryFn: ({ signal }) => fetchSettings(signal),
  });
  if (settings.isError) {
    return (
      <div className="space-y-4">
        <Banner look="danger" title="Your saved numbers could not be read" role="alert">
          {messageOf(settings.error)}
        </Banner>
        <Button onClick={() => void settings.refetch()} busy={settings.isFetching}>
          Try again
        </Button>
      </div>
    );
  }
  if (!settings.data) return <FormSkeleton />;
  if (campaignId !== null) {
    return <TestResults campaignId={campaignId} onAgain={() => setCampaignId(null)} onDone={onDone} />;
  }
  return (
    <div className="space-y-5">
      {/* What is on its way is answered before another message is chosen. */}
      {!isSending && choice}
      <TestForm
        templateId={templateId}
        trackClicks={trackClicks}
        settings={settings.data}
        initial={values ?? { numbers: settings.data.test_numbers, params: { ...params }, formats }}
        onSending={onSending}
        onSent={(id, sent) => {
          setValues(sent);
          setCampaignId(id);
        }}
      />
    </div>
  );
}

function FormSkeleton() {
  return (
    <div aria-busy="true" aria-label="Your saved numbers are being read" role="region" className="space-y-4">
      <Skeleton className="h-11 md:h-9" />
      <Skeleton className="h-11 md:h-9" />
      <Skeleton className="h-11 w-32 md:h-9" />
    </div>
  );
}
