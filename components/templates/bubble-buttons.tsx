import {
  Copy,
  ExternalLink,
  List,
  Phone,
  Reply,
  ShoppingBag,
  SquarePen,
  type LucideIcon,
} from 'lucide-react';
import type { PreviewButton, PreviewButtonKind } from '@/lib/templates/preview-buttons';
import { Piece } from './piece';

const ICONS: Record<PreviewButtonKind, LucideIcon> = {
  url: ExternalLink,
  phone: Phone,
  quick_reply: Reply,
  copy_code: Copy,
  flow: SquarePen,
  catalogue: ShoppingBag,
  other: List,
};

/** What each kind does, for whoever does not see its icon. */
const DOES: Record<PreviewButtonKind, string> = {
  url: 'opens a link',
  phone: 'calls',
  quick_reply: 'answers',
  copy_code: 'copies a code',
  flow: 'opens a form',
  catalogue: 'opens the catalogue',
  other: 'does something else',
};

/** The buttons under a bubble, as a list: nothing to press here. Under each stands what it leads to. */
export function BubbleButtons({ buttons }: { buttons: readonly PreviewButton[] }) {
  if (buttons.length === 0) return null;
  return (
    <ul aria-label="Buttons" className="divide-y border-t">
      {buttons.map(({ kind, text, target }, i) => {
        const Icon = ICONS[kind];
        return (
          <li key={i} className="px-3 py-2 text-center">
            <span className="inline-flex max-w-full items-center justify-center gap-2 font-medium text-accent">
              <Icon aria-hidden className="size-4 shrink-0" />
              <span dir="auto" className="min-w-0 break-words">
                {text}
              </span>
              <span className="sr-only">({DOES[kind]})</span>
            </span>
            {target.length > 0 && (
              <span dir="ltr" className="line-clamp-2 block text-xs break-all text-muted">
                {target.map((piece, at) => (
                  <Piece key={at} piece={piece} />
                ))}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
