'use client';

import { LayoutTemplate, RefreshCw } from 'lucide-react';
import Link from 'next/link';
import { messageOf } from '@/components/api/request';
import { BackLink } from '@/components/ui/back-link';
import { Banner } from '@/components/ui/banner';
import { Button, buttonLook } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import { PageHeader } from '@/components/ui/page-header';
import type { Sender } from '@/lib/senders/schema';
import { healthWords, statusWords } from '@/lib/senders/words';
import { SandboxBadge, SenderStatus } from './badges';
import { BrakesPanel } from './brakes-panel';
import { ConnectionPanel } from './connection-panel';
import { CredentialsPanel } from './credentials-panel';
import { DeletePanel } from './delete-panel';
import { MarketingPanel } from './marketing-panel';
import { NamePanel } from './name-panel';
import { SandboxBanner } from './sandbox-banner';
import { SenderNumbers } from './sender-numbers';
import { SpeedPanel } from './speed-panel';
import { SyncNews } from './sync-news';
import { useConnectionTest, useSender, useSync } from './use-sender';
import { UsedByPanel } from './used-by-panel';
import { WebhookPanel } from './webhook-panel';
import { WindowPanel } from './window-panel';

interface SenderDetailProps {
  initial: Sender;
  countries: { value: string; word: string }[];
  /** It was added just now: it syncs by itself, and the page leads on. */
  isNew: boolean;
  /** When the server read it, ms since 1970. */
  readAt: number;
}

/** All there is to see and change of one sender. */
export function SenderDetail({ initial, countries, isNew, readAt }: SenderDetailProps) {
  const query = useSender(initial, readAt);
  const sender = query.data;
  const sync = useSync(sender, isNew);
  const test = useConnectionTest(sender.id);
  return (
    <div className="space-y-6">
      <div className="flex flex-col gap-3">
        <BackLink href="/senders">Senders</BackLink>
        <PageHeader
          title={sender.name}
          lead={<Lead sender={sender} />}
          actions={
            <>
              <Link href={`/templates?sender=${sender.id}`} prefetch={false} className={buttonLook()}>
                <LayoutTemplate aria-hidden />
                Templates
              </Link>
              <Button busy={sync.isPending} onClick={() => sync.mutate()}>
                {!sync.isPending && <RefreshCw aria-hidden />}
                Sync
              </Button>
            </>
          }
        />
      </div>
      {query.isError && (
        <Banner look="danger" title="The page could not be refreshed" role="alert">
          {messageOf(query.error)} What you see is from{' '}
          <LocalTime value={query.dataUpdatedAt} format="clock" />.
        </Banner>
      )}
      {sender.sandbox && <SandboxBanner one />}
      <StatusBanner sender={sender} />
      <SyncNews sender={sender} sync={sync} isNew={isNew} />
      <SenderNumbers sender={sender} readAt={readAt} />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="space-y-6">
          <ConnectionPanel test={test} />
          <WebhookPanel sender={sender} readAt={readAt} />
          <CredentialsPanel sender={sender} onReplaced={() => test.mutate()} />
          <NamePanel sender={sender} countries={countries} />
          <UsedByPanel sender={sender} />
        </div>
        <div className="space-y-6">
          <SpeedPanel sender={sender} />
          <BrakesPanel sender={sender} />
          <WindowPanel sender={sender} />
          <MarketingPanel sender={sender} />
          <DeletePanel sender={sender} />
        </div>
      </div>
    </div>
  );
}

function Lead({ sender }: { sender: Sender }) {
  const parts = [sender.display_phone_number, sender.verified_name].filter(Boolean);
  return (
    <span className="flex flex-wrap items-center gap-2">
      {parts.length > 0 && <span dir="auto">{parts.join(' · ')}</span>}
      <SenderStatus status={sender.status} />
      {sender.sandbox && <SandboxBadge />}
    </span>
  );
}

/** What keeps the number from sending, or from sending all, and what to do. One never synced says so under Sync. */
function StatusBanner({ sender }: { sender: Sender }) {
  const { word, tone, meaning } = statusWords(sender.status);
  const isLimited = sender.health === 'LIMITED' || sender.health === 'BLOCKED';
  if (tone === 'unknown' || (meaning === null && !isLimited)) return null;
  const said = meaning === null ? healthWords(sender.health).word : word;
  return (
    <Banner look={tone === 'bad' ? 'danger' : 'warn'} title={`WhatsApp says: ${said.toLowerCase()}`}>
      {[meaning, isLimited ? (sender.health_reason ?? 'Open WhatsApp Manager to see why.') : null]
        .filter(Boolean)
        .join(' ')}
    </Banner>
  );
}
