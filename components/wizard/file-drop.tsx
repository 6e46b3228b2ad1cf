'use client';

import { ClipboardPaste, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/class-names';
import { TextArea } from '@/components/ui/text-area';

interface FileDropProps {
  onFile: (file: File) => void;
  onPaste: (text: string) => void;
}

const ACCEPTED = '.csv,.tsv,.txt,.xlsx,text/csv,text/plain,text/tab-separated-values';

/** Three ways in: drop, choose, paste. */
export function FileDrop({ onFile, onPaste }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [isPasting, setPasting] = useState(false);
  return (
    <div className="space-y-4">
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          const [file] = event.dataTransfer.files;
          if (file) onFile(file);
        }}
        className={cn(
          'flex flex-col items-center gap-4 rounded-lg border border-dashed px-6 py-12 text-center',
          isOver ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface',
        )}
      >
        <Upload aria-hidden className="size-6 text-muted" />
        <div>
          <p className="font-medium">Drop the list of recipients here</p>
          <p className="mt-1 max-w-[60ch] text-muted">
            CSV, TSV, TXT or an Excel workbook (.xlsx) with a header row and one person a row. It is read in
            your browser first: nothing is sent to anybody.
          </p>
        </div>
        <div className="flex flex-wrap justify-center gap-2">
          <Button id="choose-file" look="primary" onClick={() => input.current?.click()}>
            <Upload aria-hidden />
            Choose a file
          </Button>
          <Button aria-expanded={isPasting} onClick={() => setPasting(!isPasting)}>
            <ClipboardPaste aria-hidden />
            Paste rows
          </Button>
        </div>
        <input
          ref={input}
          type="file"
          accept={ACCEPTED}
          aria-label="List of recipients"
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            // So that the same file can be chosen again once it has been mended.
            event.target.value = '';
            if (file) onFile(file);
          }}
        />
      </div>
      {isPasting && <PasteBox onPaste={onPaste} />}
    </div>
  );
}

function PasteBox({ onPaste }: { onPaste: (text: string) => void }) {
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  return (
    <div className="space-y-2">
      <TextArea
        id="pasted-rows"
        label="Rows from a spreadsheet"
        hint="With the header row, as you copied them."
        rows={6}
        dir="auto"
        autoFocus
        value={text}
        error={error}
        onChange={(event) => setText(event.target.value)}
      />
      <Button
        look="primary"
        onClick={() => {
          if (text.trim() === '') setError('Paste the rows here first.');
          else onPaste(text);
        }}
      >
        Use these rows
      </Button>
    </div>
  );
}
