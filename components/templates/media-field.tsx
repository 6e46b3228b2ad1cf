'use client';

import { FileText, Upload, X } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '@/components/ui/button';
import { CONTROL } from '@/components/ui/labelled';
import { MEDIA_RULES, type MediaKind } from '@/lib/media/schema';
import { mediaIdOf } from '@/lib/templates/values/media-reference';
import { mediaAddress } from './media-api';
import { useMediaUpload } from './use-media-upload';

interface MediaFieldProps {
  id: string;
  /** What is asked for, in words. */
  word: string;
  kind: MediaKind;
  /** A link, or the reference of an uploaded file. */
  value: string;
  onChange: (value: string) => void;
}

/** A header's file: by a link, or uploaded here and given to WhatsApp before the first message. */
export function MediaField({ id, word, kind, value, onChange }: MediaFieldProps) {
  const picker = useRef<HTMLInputElement>(null);
  const { state, start } = useMediaUpload(kind, ({ reference }) => onChange(reference));
  const mediaId = mediaIdOf(value);
  return (
    <div className="space-y-2">
      {mediaId === null ? (
        <input
          id={id}
          aria-label={`${word}: the link`}
          value={value}
          maxLength={2000}
          dir="ltr"
          autoComplete="off"
          placeholder="https://… or upload a file"
          className={CONTROL}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <Uploaded kind={kind} mediaId={mediaId} word={word} onRemove={() => onChange('')} />
      )}
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={`${word}: the file`}
        accept={MEDIA_RULES[kind].accept}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file) void start(file);
        }}
      />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button onClick={() => picker.current?.click()} disabled={state.kind === 'running'}>
          <Upload aria-hidden />
          {mediaId === null ? 'Upload a file' : 'Upload another'}
        </Button>
        <span role="status" className="text-muted">
          {state.kind === 'running'
            ? `Uploading: ${Math.round(state.share * 100)} %`
            : MEDIA_RULES[kind].words}
        </span>
      </div>
      {state.kind === 'failed' && (
        <p role="alert" className="text-danger">
          {state.message}
        </p>
      )}
    </div>
  );
}

interface UploadedProps {
  kind: MediaKind;
  mediaId: string;
  word: string;
  onRemove: () => void;
}

function Uploaded({ kind, mediaId, word, onRemove }: UploadedProps) {
  return (
    <div className="flex items-center gap-3 rounded-md border bg-sunken p-2">
      {kind === 'image' ? (
        <img
          src={mediaAddress(mediaId)}
          alt="The uploaded picture"
          className="size-12 rounded object-cover"
        />
      ) : (
        <FileText aria-hidden className="size-6 shrink-0 text-muted" />
      )}
      <a href={mediaAddress(mediaId)} className="grow underline" target="_blank" rel="noreferrer">
        Uploaded {kind}
      </a>
      <Button aria-label={`${word}: take the file out`} onClick={onRemove}>
        <X aria-hidden />
      </Button>
    </div>
  );
}
