'use client';

import { useRef, useState } from 'react';
import { messageOf } from '@/components/api/request';
import { Button } from '@/components/ui/button';
import { PasswordField } from '@/components/ui/text-field';
import type { Sender } from '@/lib/senders/schema';
import { Panel } from './panel';
import { useUpdateSender } from './use-sender';

type Secret = 'access_token' | 'app_secret';

const SECRETS: Record<Secret, { word: string; what: string; hint: string }> = {
  access_token: {
    word: 'Access token',
    what: 'access token',
    hint: 'Business settings → System users → Generate token. It is used from the next message on.',
  },
  app_secret: {
    word: 'App secret',
    what: 'app secret',
    hint: 'App settings → Basic → App secret → Show. Reports are checked with it from now on.',
  },
};

interface CredentialsPanelProps {
  sender: Sender;
  onReplaced: () => void;
}

/** The ids, and the secrets, which can be replaced but not seen. */
export function CredentialsPanel({ sender, onReplaced }: CredentialsPanelProps) {
  return (
    <Panel
      id="credentials"
      title="Credentials"
      lead={
        sender.sandbox
          ? 'The sandbox made them: they cannot be changed.'
          : 'Token and secret are stored encrypted; nobody can read them here.'
      }
    >
      <div className="-mb-2.5 divide-y border-t">
        <Line word="Phone number ID" value={sender.phone_number_id} />
        <Line word="WhatsApp Business Account ID" value={sender.waba_id} />
        <Line word="Business portfolio ID" value={sender.portfolio_id} />
        <SecretLine
          sender={sender}
          secret="access_token"
          hint={sender.token_ends_in}
          onReplaced={onReplaced}
        />
        <SecretLine
          sender={sender}
          secret="app_secret"
          hint={sender.secret_ends_in}
          onReplaced={onReplaced}
        />
      </div>
    </Panel>
  );
}

function Line({ word, value }: { word: string; value: string | null }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4 py-2.5">
      <p className="text-muted">{word}</p>
      {value === null ? (
        <p>Not known yet</p>
      ) : (
        <p className="font-mono text-[0.8125rem] break-all">{value}</p>
      )}
    </div>
  );
}

interface SecretLineProps extends CredentialsPanelProps {
  secret: Secret;
  /** Its last four characters. */
  hint: string | null;
}

function SecretLine({ sender, secret, hint, onReplaced }: SecretLineProps) {
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const { word, what } = SECRETS[secret];
  const close = () => {
    setOpen(false);
    // The form takes the focus with it: back to where it was opened.
    requestAnimationFrame(() => opener.current?.focus());
  };
  return (
    <div className="py-2.5">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="text-muted">{word}</p>
        <div className="flex items-center gap-3">
          <p>
            {hint ? (
              <>
                ends in <span className="font-mono text-[0.8125rem]">…{hint}</span>
              </>
            ) : (
              'stored'
            )}
          </p>
          {!sender.sandbox && !isOpen && (
            <Button ref={opener} aria-label={`Replace the ${what}`} onClick={() => setOpen(true)}>
              Replace
            </Button>
          )}
        </div>
      </div>
      {isOpen && (
        <ReplaceForm
          senderId={sender.id}
          secret={secret}
          onClose={close}
          onReplaced={() => {
            close();
            onReplaced();
          }}
        />
      )}
    </div>
  );
}

interface ReplaceFormProps {
  senderId: string;
  secret: Secret;
  onClose: () => void;
  onReplaced: () => void;
}

function ReplaceForm({ senderId, secret, onClose, onReplaced }: ReplaceFormProps) {
  const [value, setValue] = useState('');
  const update = useUpdateSender(senderId);
  const { what, hint } = SECRETS[secret];
  return (
    <form
      noValidate
      method="post"
      className="mt-3 space-y-3 pb-2"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (update.isPending) return;
        update.mutate({ [secret]: value.trim() }, { onSuccess: onReplaced });
      }}
    >
      <PasswordField
        id={secret}
        label={`New ${what}`}
        what={what}
        autoComplete="new-password"
        autoFocus
        required
        value={value}
        hint={hint}
        error={update.isError ? messageOf(update.error) : undefined}
        onChange={(event) => setValue(event.target.value)}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={update.isPending}>
          Save and test
        </Button>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
