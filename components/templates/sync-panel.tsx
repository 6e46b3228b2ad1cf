import { FlaskConical, RefreshCw } from 'lucide-react';
import type { Sender } from '@/lib/senders/schema';
import { Button } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import { SyncOutcome } from './sync-outcome';
import type { Sync } from './use-sync';

/** Where the templates come from: each sender, how old its list is, and a button to read it again. */
export function SyncPanel({ senders, sync }: { senders: readonly Sender[]; sync: Sync }) {
  return (
    <section aria-label="Sync with WhatsApp" className="divide-y rounded-lg border bg-surface">
      {senders.map((sender) => {
        const state = sync.states[sender.id];
        return (
          <div key={sender.id} className="px-4 py-3">
            <div className="flex items-center justify-between gap-4">
              <div className="min-w-0">
                <p dir="auto" title={sender.name} className="truncate text-left font-medium rtl:text-right">
                  {sender.name}
                </p>
                <p className="flex flex-wrap gap-x-3 text-muted">
                  {sender.sandbox && (
                    <span className="inline-flex items-center gap-1.5 text-warn">
                      <FlaskConical aria-hidden className="size-3.5" />
                      Sandbox
                    </span>
                  )}
                  <span>
                    {sender.synced_at === null ? (
                      'Never synced'
                    ) : (
                      <>
                        Synced <LocalTime value={sender.synced_at} />
                      </>
                    )}
                  </span>
                </p>
              </div>
              <Button
                aria-label={`Sync ${sender.name}`}
                busy={state?.kind === 'running'}
                onClick={() => sync.start([sender.id])}
              >
                {state?.kind !== 'running' && <RefreshCw aria-hidden />}
                {state?.kind === 'running' ? 'Syncing…' : 'Sync'}
              </Button>
            </div>
            <div role="status">{state && <SyncOutcome state={state} sender={sender} />}</div>
          </div>
        );
      })}
    </section>
  );
}
