import { Clock } from 'lucide-react';
import { previewTemplate, type PreviewParts, type TemplatePreview } from '@/lib/templates/preview';
import type { Template } from '@/lib/templates/schema';
import { cn } from '@/components/ui/class-names';
import { BubbleButtons } from './bubble-buttons';
import { BubbleHeader } from './bubble-header';
import { FormattedText } from './formatted-text';
import { Piece } from './piece';

interface TemplateBubbleProps {
  template: Pick<Template, 'name' | 'components' | 'parameter_format'>;
  /** Parameter key → value; what is not in it shows its placeholder. */
  params: Readonly<Record<string, string>>;
  className?: string;
}

/** A template as the person who gets it sees it in WhatsApp, on a stretch of chat background. */
export function TemplateBubble({ template, params, className }: TemplateBubbleProps) {
  const preview = previewTemplate(template, params);
  return (
    <figure
      aria-label={`WhatsApp message ${template.name}`}
      className={cn('rounded-lg bg-sunken p-4', className)}
    >
      <div className="relative max-w-[22rem] rounded-lg rounded-ss-none border bg-surface text-ink">
        <Tail />
        <Message preview={preview} />
        <BubbleButtons buttons={preview.buttons} />
      </div>
      {preview.cards.length > 0 && <Cards cards={preview.cards} />}
    </figure>
  );
}

function Message({ preview: { header, offer, body, footer } }: { preview: TemplatePreview }) {
  return (
    <div className="px-2.5 pt-2 pb-1.5">
      {header && <BubbleHeader header={header} />}
      {offer !== null && (
        <p className="mb-2 flex items-center gap-2 rounded-md bg-sunken px-3 py-2 font-medium">
          <Clock aria-hidden className="size-4 shrink-0 text-muted" />
          <span dir="auto">
            {offer.text}
            {offer.ends && (
              <span className="block text-[0.8125rem] font-normal text-muted">
                ends <Piece piece={offer.ends} />
              </span>
            )}
          </span>
        </p>
      )}
      <FormattedText pieces={body} />
      {footer !== null && (
        <p dir="auto" className="mt-1 text-[0.8125rem] break-words text-muted">
          {footer}
        </p>
      )}
      {/* Where WhatsApp puts the hour of arrival, which nobody knows yet. */}
      <p aria-hidden className="text-end text-[0.6875rem] leading-4 text-muted">
        12:00
      </p>
    </div>
  );
}

/** A carousel's cards, side by side as in WhatsApp; the row scrolls by itself. */
function Cards({ cards }: { cards: readonly PreviewParts[] }) {
  return (
    <ul aria-label="Cards" tabIndex={0} className="relative mt-2 flex gap-2 overflow-x-auto rounded-lg pb-1">
      {cards.map(({ header, body, buttons }, i) => (
        <li key={i} className="w-56 shrink-0 rounded-lg border bg-surface">
          <div className="p-2.5">
            {header && <BubbleHeader header={header} />}
            <FormattedText pieces={body} />
          </div>
          <BubbleButtons buttons={buttons} />
        </li>
      ))}
    </ul>
  );
}

function Tail() {
  return (
    <svg
      aria-hidden
      focusable="false"
      viewBox="0 0 9 10"
      className="absolute -start-[8px] -top-px h-2.5 w-[9px] rtl:-scale-x-100"
    >
      <path d="M9 0.5 H1.5 Q0.5 0.5 1.2 1.5 L8.5 10" className="fill-surface stroke-line" />
      <path d="M8.5 1 H9 V10 H8.5 Z" className="fill-surface" />
    </svg>
  );
}
