'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { messageOf } from '@/components/api/request';
import { queryKeys } from '@/components/api/query-keys';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { countOf } from '@/components/ui/numbers';
import { ROTATION_OVERLAP_HOURS, type ApiKey, type MadeApiKey } from '@/lib/api-keys/schema';
import { fetchApiKeys } from './api';
import { KeyList } from './key-list';
import { keyState } from './key-state';
import { MadeKeyDialog } from './made-key-dialog';
import { NewKeyDialog } from './new-key-dialog';
import { DocsLink, Quickstart } from './quickstart';
import { useKeyActions } from './use-key-actions';

interface ApiKeysProps {
  initial: ApiKey[];
  /** When the server read them, ms since 1970. */
  readAt: number;
  /** Where programs reach Herald. */
  baseUrl: string;
}

/** The workspace's keys: made, replaced, revoked. */
export function ApiKeys({ initial, readAt, baseUrl }: ApiKeysProps) {
  const query = useQuery({
    queryKey: queryKeys.apiKeys,
    queryFn: ({ signal }) => fetchApiKeys(signal),
    initialData: initial,
    initialDataUpdatedAt: readAt,
    gcTime: 0,
  });
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<MadeApiKey | null>(null);
  const [asked, setAsked] = useState<{ what: 'rotate' | 'revoke'; key: ApiKey } | null>(null);
  const now = query.dataUpdatedAt;
  const isGood = (key: ApiKey) => ['live', 'ending'].includes(keyState(key, now));
  const good = query.data.filter(isGood);
  const ended = query.data.filter((key) => !isGood(key));
  const show = (next: MadeApiKey) => {
    setMaking(false);
    setMade(next);
    void query.refetch();
  };
  const actions = useKeyActions(show);
  const newKey = (
    <Button look="primary" onClick={() => setMaking(true)}>
      <Plus aria-hidden />
      New API key
    </Button>
  );
  const list = {
    now,
    onRotate: (key: ApiKey) => setAsked({ what: 'rotate', key }),
    onRevoke: (key: ApiKey) => setAsked({ what: 'revoke', key }),
  };
  return (
    <div className="space-y-6">
      <h2 className="sr-only">API keys</h2>
      {good.length > 0 && (
        <div className="flex flex-col gap-4 md:flex-row md:items-center md:justify-between">
          <p className="max-w-[70ch] text-muted">
            Programs send one as <code>Authorization: Bearer</code>. What they can do is in{' '}
            <DocsLink>the API reference</DocsLink>.
          </p>
          {newKey}
        </div>
      )}
      {(query.isError || actions.error) && (
        <Banner
          look="danger"
          title={actions.error ? 'That did not work' : 'The keys could not be read'}
          role="alert"
        >
          {messageOf(actions.error ?? query.error)}
        </Banner>
      )}
      {good.length > 0 ? (
        <KeyList keys={good} label="API keys" {...list} />
      ) : (
        <Quickstart baseUrl={baseUrl} action={newKey} />
      )}
      {ended.length > 0 && (
        <details>
          <summary className="min-h-6 text-muted hover:text-ink">
            {countOf(ended.length, 'key')} that ended in the last 90 days
          </summary>
          <div className="mt-3">
            <KeyList keys={ended} label="Keys that ended" {...list} />
          </div>
        </details>
      )}
      <NewKeyDialog open={isMaking} onOpenChange={setMaking} onMade={show} />
      {made && <MadeKeyDialog key={made.key} made={made} baseUrl={baseUrl} onClose={() => setMade(null)} />}
      <Question asked={asked} onClose={() => setAsked(null)} onYes={actions.run} />
    </div>
  );
}

interface QuestionProps {
  asked: { what: 'rotate' | 'revoke'; key: ApiKey } | null;
  onClose: () => void;
  onYes: (asked: { what: 'rotate' | 'revoke'; key: ApiKey }) => void;
}

function Question({ asked, onClose, onYes }: QuestionProps) {
  if (!asked) return null;
  const { what, key } = asked;
  const isRevoke = what === 'revoke';
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={isRevoke ? `Revoke “${key.name}”?` : `Replace “${key.name}”?`}
      confirm={isRevoke ? 'Revoke for good' : 'Make the new key'}
      danger={isRevoke}
      onConfirm={() => onYes(asked)}
    >
      {isRevoke ? (
        <p>
          The next request with <code>{key.prefix}…</code> is refused. This cannot be undone.
        </p>
      ) : (
        <p>
          You get a new key with the same access. The present one stays good for {ROTATION_OVERLAP_HOURS}{' '}
          hours, so that nothing stops while you put the new one in its place.
        </p>
      )}
    </ConfirmDialog>
  );
}
