import { FileText, Image as ImageIcon, MapPin, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PreviewHeader } from '@/lib/templates/preview';
import { cn } from '@/components/ui/class-names';
import { mediaIdOf } from '@/lib/templates/values/media-reference';
import { mediaAddress } from './media-api';
import { Piece } from './piece';

const MEDIA = {
  image: { icon: ImageIcon, word: 'Image' },
  video: { icon: Play, word: 'Video' },
  document: { icon: FileText, word: 'Document' },
} as const;

type LocationHeader = Extract<PreviewHeader, { kind: 'location' }>;

/** What stands over the text. Links are named, never fetched: a page loads nothing from other servers. */
export function BubbleHeader({ header }: { header: PreviewHeader }) {
  if (header.kind === 'text') {
    return (
      <p dir="auto" className="mb-1 font-semibold break-words">
        {header.pieces.map((piece, i) => (
          <Piece key={i} piece={piece} />
        ))}
      </p>
    );
  }
  if (header.kind === 'location') return <LocationCard header={header} />;
  if (header.kind === 'other') return <MediaCard icon={MapPin} word={header.word} isTall />;
  const { icon, word } = MEDIA[header.kind];
  const { link, fileName } = header;
  const mediaId = link.filled ? mediaIdOf(link.text) : null;
  if (mediaId !== null) return <UploadedCard kind={header.kind} mediaId={mediaId} />;
  return (
    <MediaCard icon={icon} word={word} isTall={header.kind !== 'document'}>
      {link.filled ? (
        <span title={link.text}>
          <Piece piece={{ ...link, text: fileName || link.text }} />
        </span>
      ) : (
        <Piece piece={{ ...link, text: 'no link yet' }} />
      )}
    </MediaCard>
  );
}

/** A file that was uploaded here: a picture is shown. */
function UploadedCard({ kind, mediaId }: { kind: keyof typeof MEDIA; mediaId: string }) {
  const { icon, word } = MEDIA[kind];
  if (kind !== 'image') {
    return (
      <MediaCard icon={icon} word={word} isTall={kind !== 'document'}>
        uploaded file
      </MediaCard>
    );
  }
  return (
    <img
      src={mediaAddress(mediaId)}
      alt="The header’s picture"
      className="mb-2 aspect-[16/9] w-full rounded-md bg-sunken object-cover"
    />
  );
}

/** Where it is, under a map that nobody fetches here. */
function LocationCard({ header: { place, address, degrees } }: { header: LocationHeader }) {
  return (
    <div className="mb-2 rounded-md bg-sunken px-3 py-3 text-muted">
      <p className="flex aspect-[16/7] flex-col items-center justify-center gap-1 text-[0.8125rem]">
        <MapPin aria-hidden className="size-6 shrink-0" />
        <span className="sr-only">Location</span>
        <span dir="ltr">
          {degrees.map((piece, i) => (
            <Piece key={i} piece={piece} />
          ))}
        </span>
      </p>
      <p dir="auto" className="font-medium break-words text-ink">
        <Piece piece={place} />
      </p>
      <p dir="auto" className="text-[0.8125rem] break-words">
        <Piece piece={address} />
      </p>
    </div>
  );
}

interface MediaCardProps {
  icon: typeof FileText;
  word: string;
  /** As tall as a picture is; a document is a line. */
  isTall: boolean;
  children?: ReactNode;
}

function MediaCard({ icon: Icon, word, isTall, children }: MediaCardProps) {
  return (
    <div
      className={cn(
        'mb-2 flex items-center gap-3 rounded-md bg-sunken px-3 py-3 text-muted',
        isTall && 'aspect-[16/9] flex-col justify-center gap-1 text-center',
      )}
    >
      <Icon aria-hidden className="size-6 shrink-0" />
      <div className="max-w-full min-w-0">
        <p className="font-medium">{word}</p>
        {children && (
          <p dir="ltr" className="truncate text-[0.8125rem]">
            {children}
          </p>
        )}
      </div>
    </div>
  );
}
