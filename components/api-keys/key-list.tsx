import { Ban, Clock, Eye, KeyRound, TimerOff, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import type { ApiKey } from '@/lib/api-keys/schema';
import { keyState, type KeyState } from './key-state';

interface KeyListProps {
  keys: ApiKey[];
  /** ms since 1970. */
  now: number;
  label: string;
  onRotate: (key: ApiKey) => void;
  onRevoke: (key: ApiKey) => void;
}

/** Keys with what tells them apart; those still good can be replaced and revoked. */
export function KeyList({ keys, now, label, onRotate, onRevoke }: KeyListProps) {
  return (
    <ul aria-label={label} className="divide-y rounded-lg border bg-surface">
      {keys.map((key) => {
        const state = keyState(key, now);
        return (
          <li
            key={key.id}
            className="grid gap-4 px-4 py-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,8fr)_11.5rem] lg:items-center"
          >
            <Identity apiKey={key} state={state} />
            <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3">
              <Fact name="Last used">
                {key.last_used_at ? <LocalTime value={key.last_used_at} /> : 'Never'}
                {key.last_used_ip && (
                  <span className="block break-words text-muted" dir="ltr">
                    {key.last_used_ip}
                  </span>
                )}
              </Fact>
              <Fact name={state === 'expired' ? 'Expired' : 'Expires'}>
                {key.expires_at ? <LocalTime value={key.expires_at} /> : 'Never'}
              </Fact>
              <Fact name="Made">
                <LocalTime value={key.created_at} />
                <span className="block break-words text-muted" dir="auto">
                  {key.made_by.name ?? key.made_by.email}
                </span>
              </Fact>
            </dl>
            {(state === 'live' || state === 'ending') && (
              <div className="flex flex-wrap gap-2 lg:justify-end">
                {state === 'live' && (
                  <Button aria-label={`Replace ${key.name}`} onClick={() => onRotate(key)}>
                    Replace
                  </Button>
                )}
                <Button look="danger" aria-label={`Revoke ${key.name}`} onClick={() => onRevoke(key)}>
                  Revoke
                </Button>
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

const STATES: Record<Exclude<KeyState, 'live'>, { word: string; icon: LucideIcon; className: string }> = {
  ending: { word: 'Ends within a day', icon: Clock, className: 'text-warn' },
  expired: { word: 'Expired', icon: TimerOff, className: 'text-muted' },
  revoked: { word: 'Revoked', icon: Ban, className: 'text-muted' },
};

function Identity({ apiKey, state }: { apiKey: ApiKey; state: KeyState }) {
  const AccessIcon = apiKey.access === 'read' ? Eye : KeyRound;
  const look = state === 'live' ? null : STATES[state];
  return (
    <div className="min-w-0">
      <p dir="auto" className="text-left font-medium break-words rtl:text-right">
        {apiKey.name}
      </p>
      <p className="text-muted">
        <code dir="ltr">{apiKey.prefix}…</code>
      </p>
      <p className="mt-1 flex flex-wrap gap-x-3 gap-y-1">
        <span className="inline-flex items-center gap-1.5 text-muted">
          <AccessIcon aria-hidden className="size-4" />
          {apiKey.access === 'read' ? 'Read only' : 'Full access'}
        </span>
        {look && (
          <span className={`inline-flex items-center gap-1.5 font-medium ${look.className}`}>
            <look.icon aria-hidden className="size-4" />
            {look.word}
          </span>
        )}
      </p>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
