import { CircleCheck, CirclePause, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { WebhookEndpoint } from '@/lib/webhook-endpoints/schema';

interface Look {
  word: string;
  icon: LucideIcon;
  className: string;
}

/** Where an endpoint stands, in two words. */
export function EndpointState({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { word, icon: Icon, className } = lookOf(endpoint);
  return (
    <span className={`inline-flex items-center gap-1.5 ${className}`}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {word}
    </span>
  );
}

function lookOf({ enabled, disabled_reason: reason, failing_since: failing }: WebhookEndpoint): Look {
  if (!enabled && reason)
    return { word: 'Switched off by Herald', icon: TriangleAlert, className: 'text-danger' };
  if (!enabled) return { word: 'Off', icon: CirclePause, className: 'text-muted' };
  if (failing) return { word: 'On, but failing', icon: TriangleAlert, className: 'text-warn' };
  return { word: 'On', icon: CircleCheck, className: 'text-accent' };
}
