'use client';

import { Download, Info, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { memo } from 'react';
import { exampleParams } from '@/lib/templates/preview';
import type { Template } from '@/lib/templates/schema';
import { Button, buttonLook } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import { TemplateQuality, TemplateStatus } from './badges';
import { TemplateBubble } from './template-bubble';
import { languageWord, plainWord } from './words';

interface TemplateCardProps {
  template: Template;
  /** Named where there is more than one. */
  senderName: string | null;
  onDetails: (template: Template) => void;
}

/** A template as it arrives, what is known of it, and what can be done with it. */
export const TemplateCard = memo(function TemplateCard({
  template,
  senderName,
  onDetails,
}: TemplateCardProps) {
  const { name, language, category } = template;
  const about = [languageWord(language), plainWord(category), senderName].filter((word) => word !== null);
  return (
    <article className="flex min-w-0 flex-col overflow-hidden rounded-lg border bg-surface">
      <div className="px-4 pt-4 pb-3">
        <div className="flex items-start justify-between gap-3">
          <h2 className="min-w-0 font-semibold break-words [overflow-wrap:anywhere]">{name}</h2>
          <TemplateStatus status={template.status} />
        </div>
        <p dir="auto" className="mt-0.5 text-left break-words text-muted rtl:text-right">
          {about.join(' · ')}
        </p>
      </div>
      <TemplateBubble
        template={template}
        params={exampleParams(template.parameters)}
        className="grow rounded-none! border-y"
      />
      <div className="space-y-3 px-4 pt-3 pb-4">
        {template.unsendable_reason !== null && (
          <p className="flex gap-2 text-warn">
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            <span className="min-w-0 break-words">{template.unsendable_reason}</span>
          </p>
        )}
        <p className="flex flex-wrap justify-between gap-x-4 text-[0.8125rem] text-muted">
          <TemplateQuality score={template.quality_score} />
          <span>
            Synced <LocalTime value={template.synced_at} />
          </span>
        </p>
        <Actions template={template} onDetails={onDetails} />
      </div>
    </article>
  );
});

function Actions({ template, onDetails }: Pick<TemplateCardProps, 'template' | 'onDetails'>) {
  const { id, name, language, unsendable_reason: reason } = template;
  const whole = `${name} in ${languageWord(language)}`;
  return (
    <div className="flex flex-wrap gap-2">
      {reason === null && (
        <Link
          href={`/campaigns/new?template=${id}`}
          prefetch={false}
          data-entry
          className={buttonLook('secondary', 'grow basis-full')}
        >
          Use in campaign<span className="sr-only">: {whole}</span>
        </Link>
      )}
      <a href={`/api/templates/${id}/sample.csv`} download className={buttonLook('quiet', 'grow')}>
        <Download aria-hidden />
        Sample CSV<span className="sr-only"> for {whole}</span>
      </a>
      <Button look="quiet" className="grow" onClick={() => onDetails(template)}>
        <Info aria-hidden />
        Details<span className="sr-only"> of {whole}</span>
      </Button>
    </div>
  );
}
