'use client';

import type { UseMutationResult } from '@tanstack/react-query';
import Link from 'next/link';
import { messageOf } from '@/components/api/request';
import { Banner } from '@/components/ui/banner';
import { LocalTime } from '@/components/ui/local-time';
import { countOf } from '@/components/ui/numbers';
import type { Sender } from '@/lib/senders/schema';

interface SyncNewsProps {
  sender: Sender;
  sync: Pick<UseMutationResult<number>, 'data' | 'error' | 'isError' | 'isPending' | 'isSuccess'>;
  isNew: boolean;
}

/** How the last sync went; for a sender just added, what comes next. */
export function SyncNews({ sender, sync, isNew }: SyncNewsProps) {
  if (sync.isError) {
    return (
      <Banner look="danger" title="The sync did not work" role="alert">
        {messageOf(sync.error)} {keptWords(sender)}
      </Banner>
    );
  }
  if (sync.isPending) {
    return (
      <Banner look="plain" title="Syncing…" role="status">
        Fetching the number’s details and its templates from {sender.sandbox ? 'the sandbox' : 'WhatsApp'}.
      </Banner>
    );
  }
  if (!sync.isSuccess) return null;
  const count = sync.data ?? 0;
  const title = `Fetched the number’s details and ${countOf(count, 'template')}`;
  return (
    <Banner look="plain" title={title} role="status">
      {count === 0 ? (
        'Make a template in WhatsApp Manager, then sync again: a campaign needs one.'
      ) : (
        <>
          {isNew ? 'Next, ' : ''}
          <Link
            href={`/templates?sender=${sender.id}`}
            prefetch={false}
            className="underline underline-offset-2"
          >
            {isNew ? 'choose a template for your first campaign' : 'See the templates'}
          </Link>
          .
        </>
      )}
    </Banner>
  );
}

function keptWords({ synced_at: syncedAt }: Sender) {
  if (syncedAt === null) return 'Nothing was fetched yet.';
  return (
    <>
      What you see is from <LocalTime value={syncedAt} />.
    </>
  );
}
