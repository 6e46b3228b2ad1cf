'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { SECRET_OVERLAP_HOURS, type WebhookEndpoint } from '@/lib/webhook-endpoints/schema';
import type { EndpointActions } from './use-endpoint-actions';

interface EndpointButtonsProps {
  endpoint: WebhookEndpoint;
  actions: EndpointActions;
  onEdit: () => void;
}

/** What can be done to an endpoint. */
export function EndpointButtons({ endpoint, actions, onEdit }: EndpointButtonsProps) {
  const [asked, setAsked] = useState<'rotate' | 'delete' | null>(null);
  const { run, busy } = actions;
  return (
    <div className="flex flex-wrap gap-2">
      {endpoint.enabled ? (
        <>
          <Button look="primary" busy={busy === 'test'} onClick={() => run('test')}>
            Send a test
          </Button>
          <Button busy={busy === 'off'} onClick={() => run('off')}>
            Switch off
          </Button>
        </>
      ) : (
        <Button look="primary" busy={busy === 'on'} onClick={() => run('on')}>
          Switch on
        </Button>
      )}
      <Button onClick={onEdit}>Change</Button>
      <Button busy={busy === 'rotate'} onClick={() => setAsked('rotate')}>
        Rotate the secret
      </Button>
      <Button look="danger" busy={busy === 'delete'} onClick={() => setAsked('delete')}>
        Delete
      </Button>
      <ConfirmDialog
        open={asked === 'rotate'}
        onOpenChange={() => setAsked(null)}
        title="Rotate the secret?"
        confirm="Make the new secret"
        onConfirm={() => run('rotate')}
      >
        <p>
          For {SECRET_OVERLAP_HOURS} hours each request is signed with both, so that nothing is refused while
          you put the new one in its place.
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'delete'}
        onOpenChange={() => setAsked(null)}
        title="Delete this endpoint?"
        confirm="Delete for good"
        danger
        onConfirm={() => run('delete')}
      >
        <p>Its log goes too, and what waits for it is not sent any more. This cannot be undone.</p>
      </ConfirmDialog>
    </div>
  );
}
