'use client';

import { Check } from 'lucide-react';
import { useState } from 'react';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import type { MadeWebhookEndpoint } from '@/lib/webhook-endpoints/schema';

interface SecretDialogProps {
  made: MadeWebhookEndpoint;
  onClose: () => void;
}

/** The one sight of a signing secret. Leaving before it was copied asks first. */
export function SecretDialog({ made, onClose }: SecretDialogProps) {
  const [isCopied, setCopied] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const leave = () => (isCopied ? onClose() : setAsking(true));
  return (
    <Dialog open onOpenChange={leave} title="The signing secret">
      <div className="space-y-4">
        <Banner look="warn" title="Copy it now: it is never shown again">
          Give it to the program at <bdi className="break-all">{made.webhook_endpoint.url}</bdi>: with it the
          program knows that a request is Herald’s.
        </Banner>
        <div className="flex flex-col gap-2 md:flex-row md:items-center">
          <code
            aria-label="The new signing secret"
            dir="ltr"
            className="min-w-0 grow rounded-lg border bg-sunken px-3 py-2 text-xs break-all select-all"
            onCopy={() => setCopied(true)}
          >
            {made.secret}
          </code>
          <CopyButton value={made.secret} what="secret" onCopied={() => setCopied(true)} />
        </div>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p role="status" className="inline-flex min-h-5 items-center gap-1.5 text-accent">
            {isCopied && (
              <>
                <Check aria-hidden className="size-4" />
                Copied.
              </>
            )}
          </p>
          <Button look="primary" onClick={leave}>
            Done
          </Button>
        </div>
      </div>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title="Close without copying the secret?"
        confirm="Close"
        danger
        onConfirm={onClose}
      >
        <p>It cannot be shown again. Without it you would rotate the secret and take the next one.</p>
      </ConfirmDialog>
    </Dialog>
  );
}
