'use client';

import { useMutation } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { messageOf } from '@/components/api/request';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { createSender } from './api';

/** A sandbox sender by one click; its page syncs it and leads on. */
export function TrySandbox() {
  const router = useRouter();
  const make = useMutation({
    mutationFn: () => createSender({ name: 'Sandbox', sandbox: true }),
    onSuccess: ({ id }) => router.push(`/senders/${id}?added=1`),
  });
  return (
    <section aria-labelledby="sandbox" className="rounded-lg border bg-surface p-4">
      <div className="flex flex-col gap-4 md:flex-row md:items-center md:justify-between">
        <div className="flex min-w-0 gap-3">
          <FlaskConical aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
          <div>
            <h2 id="sandbox" className="font-semibold">
              Try the sandbox
            </h2>
            <p className="mt-1 max-w-[70ch] text-muted">
              A made-up number with templates of its own, on this machine. Everything works as with WhatsApp,
              and nothing reaches a real phone.
            </p>
          </div>
        </div>
        <Button busy={make.isPending || make.isSuccess} onClick={() => make.mutate()}>
          Use the sandbox
        </Button>
      </div>
      {make.isError && (
        <div className="mt-4">
          <Banner look="danger" title="The sandbox sender was not made" role="alert">
            {messageOf(make.error)}
          </Banner>
        </div>
      )}
    </section>
  );
}
