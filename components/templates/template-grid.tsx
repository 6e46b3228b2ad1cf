'use client';

import { useState } from 'react';
import type { Template } from '@/lib/templates/schema';
import { Button } from '@/components/ui/button';
import { countOf, formatCount } from '@/components/ui/numbers';
import { TemplateCard } from './template-card';

interface TemplateGridProps {
  templates: readonly Template[];
  /** Before filtering. */
  total: number;
  isLoadingRest: boolean;
  /** By sender id; null where all templates are of one sender. */
  senderNames: ReadonlyMap<string, string> | null;
  onDetails: (template: Template) => void;
}

/** Cards drawn at a time: an account may have 6,000 templates, and each card is a whole message. */
const STEP = 24;

/** The templates as cards, some at a time. */
export function TemplateGrid({ templates, total, isLoadingRest, senderNames, onDetails }: TemplateGridProps) {
  const [limit, setLimit] = useState(STEP);
  const found =
    templates.length === total
      ? countOf(total, 'template')
      : `${formatCount(templates.length)} of ${countOf(total, 'template')}`;
  const rest = templates.length - limit;
  return (
    <section aria-label="Templates" className="space-y-4">
      <p role="status" className="text-muted">
        {isLoadingRest ? 'Loading the other templates…' : found}
      </p>
      <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        {templates.slice(0, limit).map((template) => (
          <TemplateCard
            key={template.id}
            template={template}
            senderName={senderNames?.get(template.sender_id) ?? null}
            onDetails={onDetails}
          />
        ))}
      </div>
      {rest > 0 && (
        <div className="flex justify-center">
          <Button onClick={() => setLimit(limit + STEP)}>
            Show {formatCount(Math.min(STEP, rest))} more
          </Button>
        </div>
      )}
    </section>
  );
}
