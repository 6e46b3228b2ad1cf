'use client';

import { Download, Send } from 'lucide-react';
import Link from 'next/link';
import { useState, type ReactNode } from 'react';
import { TestMessageDialog } from '@/components/test-messages/test-message-dialog';
import { exampleParams } from '@/lib/templates/preview';
import type { Template, TemplateParameter } from '@/lib/templates/schema';
import { Banner } from '@/components/ui/banner';
import { Button, buttonLook } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { LocalTime } from '@/components/ui/local-time';
import { TemplateQuality, TemplateStatus } from './badges';
import { TemplateBubble } from './template-bubble';
import { languageWord, plainWord } from './words';

interface TemplateDetailsProps {
  open: boolean;
  /** Stays while the sheet goes. Null: none was opened yet. */
  template: Template | null;
  senderName: string;
  onClose: () => void;
}

/** Everything known of one template, above all what a recipient has to fill. */
export function TemplateDetails({ open, template, senderName, onClose }: TemplateDetailsProps) {
  return (
    <Dialog
      open={open && template !== null}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      title={template?.name ?? ''}
      shape="sheet"
    >
      {template && <Details template={template} senderName={senderName} />}
    </Dialog>
  );
}

function Details({ template, senderName }: { template: Template; senderName: string }) {
  const [isTesting, setTesting] = useState(false);
  const { id, parameters, unsendable_reason: reason } = template;
  const examples = exampleParams(parameters);
  // Also what Meta keeps no example of has to be asked for.
  const needed = parameters.filter(({ required }) => required).map(({ key }) => [key, ''] as const);
  const asked = { ...Object.fromEntries(needed), ...examples };
  return (
    <div className="space-y-6">
      {reason !== null && (
        <Banner look="warn" title="It cannot be sent now">
          {reason}
        </Banner>
      )}
      <TemplateBubble template={template} params={examples} />
      <div className="flex flex-wrap gap-2">
        {reason === null && (
          <Link
            href={`/campaigns/new?template=${id}`}
            prefetch={false}
            className={buttonLook('primary', 'grow')}
          >
            Use in campaign
          </Link>
        )}
        {reason === null && (
          <Button className="grow" onClick={() => setTesting(true)}>
            <Send aria-hidden />
            Send a test
          </Button>
        )}
        <a href={`/api/templates/${id}/sample.csv`} download className={buttonLook('secondary', 'grow')}>
          <Download aria-hidden />
          Sample CSV
        </a>
      </div>
      <TestMessageDialog
        open={isTesting}
        onOpenChange={setTesting}
        templateId={id}
        params={asked}
        trackClicks={null}
      />
      <section>
        <h3 className="font-semibold">What each recipient needs</h3>
        {parameters.length === 0 ? (
          <p className="mt-1 text-muted">Only a phone number: this template has nothing to fill.</p>
        ) : (
          <Parameters parameters={parameters} />
        )}
      </section>
      <section>
        <h3 className="font-semibold">About this template</h3>
        <dl className="mt-2 divide-y border-y">
          <Fact word="Status">
            <TemplateStatus status={template.status} />
          </Fact>
          <Fact word="Quality">
            <TemplateQuality score={template.quality_score} />
          </Fact>
          <Fact word="Language">
            {languageWord(template.language)} <span className="text-muted">({template.language})</span>
          </Fact>
          <Fact word="Category">{plainWord(template.category)}</Fact>
          <Fact word="Sender">
            <span dir="auto">{senderName}</span>
          </Fact>
          <Fact word="Parameters">{template.parameter_format === 'NAMED' ? 'By name' : 'By number'}</Fact>
          <Fact word="WhatsApp id">
            <code className="break-all">{template.meta_id}</code>
          </Fact>
          <Fact word="Last sync">
            <LocalTime value={template.synced_at} />
          </Fact>
        </dl>
      </section>
    </div>
  );
}

const PLACES = { header: 'Header', body: 'Text', offer: 'Offer', button: 'Button' } as const;

function Parameters({ parameters }: { parameters: readonly TemplateParameter[] }) {
  return (
    <ul className="mt-2 divide-y border-y">
      {parameters.map(({ key, component, required, example }) => (
        <li key={key} className="py-2">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4">
            <code className="font-medium break-all">{key}</code>
            <span className="text-muted">
              {PLACES[component]} · {required ? 'required' : 'optional'}
            </span>
          </div>
          {example !== null && (
            <p className="text-muted">
              Example:{' '}
              <span dir="auto" className="break-words [overflow-wrap:anywhere] text-ink">
                {example}
              </span>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function Fact({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-4 py-2">
      <dt className="shrink-0 text-muted">{word}</dt>
      <dd className="min-w-0 text-end">{children}</dd>
    </div>
  );
}
