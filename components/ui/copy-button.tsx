'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button';

const SHOWN_MS = 2_000;

interface CopyButtonProps {
  value: string;
  /** "webhook URL" */
  what: string;
  onCopied?: () => void;
}

/** Copies a value; says so on the button and to a screen reader. */
export function CopyButton({ value, what, onCopied }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null);
  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy(): Promise<void> {
    // Without https, or with the permission denied, there is no clipboard: the value can still be selected.
    const done = await navigator.clipboard?.writeText(value).then(
      () => true,
      () => false,
    );
    setOutcome(done ? 'copied' : 'failed');
    if (done) onCopied?.();
  }

  const Icon = outcome === 'copied' ? Check : Copy;
  return (
    <Button aria-label={`Copy the ${what}`} onClick={() => void copy()} className="min-w-24">
      <Icon aria-hidden />
      {outcome === null ? 'Copy' : outcome === 'copied' ? 'Copied' : 'Not copied'}
      <span role="status" className="sr-only">
        {outcome === 'copied' && `The ${what} was copied.`}
        {outcome === 'failed' && `The ${what} could not be copied: select it and copy it by hand.`}
      </span>
    </Button>
  );
}
