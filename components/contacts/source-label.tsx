import {
  FileUp,
  MessageCircleOff,
  OctagonX,
  TriangleAlert,
  UserRoundPen,
  type LucideIcon,
} from 'lucide-react';
import { SOURCE_WORDS, type OptOutSource } from '@/lib/opt-outs/sources';

const ICONS: Record<OptOutSource, LucideIcon> = {
  stop_word: OctagonX,
  user_preference: MessageCircleOff,
  whatsapp_error: TriangleAlert,
  manual: UserRoundPen,
  import: FileUp,
};

/** How a number came onto the do-not-contact list, as icon and word. */
export function SourceLabel({ source }: { source: OptOutSource }) {
  const Icon = ICONS[source];
  return (
    <span className="inline-flex items-center gap-1.5 font-medium whitespace-nowrap">
      <Icon aria-hidden className="size-4 text-muted" />
      {SOURCE_WORDS[source].word}
    </span>
  );
}
