import { Fragment, type ReactNode } from 'react';
import type { PreviewPiece } from '@/lib/templates/preview-pieces';
import { formatText, type TextLine, type TextRun, type TextStyle } from '@/lib/templates/text-format';
import { cn } from '@/components/ui/class-names';
import { Piece } from './piece';

const STYLE_LOOKS: Record<TextStyle, string> = {
  bold: 'font-semibold',
  italic: 'italic',
  strike: 'line-through',
  code: 'rounded-sm bg-sunken px-1 font-mono text-[0.8125em]',
  mono: 'font-mono text-[0.9em]',
};

const TAGS = { bold: 'strong', italic: 'em', strike: 's', code: 'code', mono: 'code' } as const;

/** A filled text as WhatsApp shows it: its formatting works on the values too, as it does there. */
export function FormattedText({ pieces }: { pieces: readonly PreviewPiece[] }) {
  const text = pieces.map((piece) => piece.text).join('');
  const spans = spansOf(pieces);
  return (
    <div className="space-y-0.5 break-words whitespace-pre-wrap">
      {formatText(text).map((line, i) => (
        <Line key={i} line={line}>
          {line.runs.map((run) => (
            <Run key={run.start} run={run} spans={spans} />
          ))}
        </Line>
      ))}
    </div>
  );
}

function Line({ line, children }: { line: TextLine; children: ReactNode }) {
  if (line.runs.length === 0) return <p className="h-[1.2em]" aria-hidden />;
  if (line.kind === 'quote') {
    return (
      <blockquote dir="auto" className="border-s-2 border-line-strong ps-2 text-muted">
        {children}
      </blockquote>
    );
  }
  if (line.kind === 'plain') return <p dir="auto">{children}</p>;
  return (
    <p dir="auto" className="flex gap-2 ps-1">
      <span>{line.kind === 'bullet' ? '•' : line.label}</span>
      <span className="min-w-0">{children}</span>
    </p>
  );
}

interface Span {
  start: number;
  end: number;
  piece: PreviewPiece;
}

function spansOf(pieces: readonly PreviewPiece[]): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const piece of pieces) {
    spans.push({ start, end: start + piece.text.length, piece });
    start += piece.text.length;
  }
  return spans;
}

function Run({ run, spans }: { run: TextRun; spans: readonly Span[] }) {
  const inside = spans.filter((span) => span.end > run.start && span.start < run.end);
  const content = inside.map(({ start, end, piece }) => {
    const [from, to] = [Math.max(start, run.start), Math.min(end, run.end)];
    const text = piece.text.slice(from - start, to - start);
    return <Piece key={from} piece={{ ...piece, text }} />;
  });
  return run.styles.reduce<ReactNode>(
    (inner, style) => {
      const Tag = TAGS[style];
      return <Tag className={cn(STYLE_LOOKS[style])}>{inner}</Tag>;
    },
    <Fragment>{content}</Fragment>,
  );
}
