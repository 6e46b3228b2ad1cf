'use client';

import { Check } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import type { MadeApiKey } from '@/lib/api-keys/schema';
import { CodeSample } from './code-sample';
import { DocsLink } from './quickstart';
import { whoAmI } from './samples';

interface MadeKeyDialogProps {
  made: MadeApiKey;
  baseUrl: string;
  onClose: () => void;
}

/** The one sight of a new key. Leaving before it was copied asks first. */
export function MadeKeyDialog({ made, baseUrl, onClose }: MadeKeyDialogProps) {
  const [isCopied, setCopied] = useState(false);
  const [isAsking, setAsking] = useState(false);
  useLeaveWarning(!isCopied);
  const leave = () => (isCopied ? onClose() : setAsking(true));
  return (
    <Dialog open onOpenChange={leave} title={`Your new key for “${made.api_key.name}”`}>
      <div className="space-y-4">
        <Banner look="warn" title="Copy it now: it is never shown again">
          Keep it where you keep passwords. Whoever has it acts for you.
        </Banner>
        <div className="flex flex-col gap-2 md:flex-row md:items-center">
          <code
            aria-label="The new API key"
            dir="ltr"
            className="min-w-0 grow rounded-lg border bg-sunken px-3 py-2 text-xs break-all select-all"
            onCopy={() => setCopied(true)}
          >
            {made.key}
          </code>
          <CopyButton value={made.key} what="key" onCopied={() => setCopied(true)} />
        </div>
        <p role="status" className="inline-flex min-h-5 items-center gap-1.5 text-accent">
          {isCopied && (
            <>
              <Check aria-hidden className="size-4" />
              Copied. Put it in its place before you close this.
            </>
          )}
        </p>
        <div>
          <h3 className="mb-2 font-medium">See that it works</h3>
          <CodeSample code={whoAmI(baseUrl, made.key)} what="first call" />
        </div>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <DocsLink>API reference</DocsLink>
          <Button look="primary" onClick={leave}>
            Done
          </Button>
        </div>
      </div>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title="Close without copying the key?"
        confirm="Close"
        danger
        onConfirm={onClose}
      >
        <p>It cannot be shown again. Without it you would revoke this key and make another.</p>
      </ConfirmDialog>
    </Dialog>
  );
}

/** The browser asks too, when the page is left or reloaded. */
function useLeaveWarning(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isOn]);
}
