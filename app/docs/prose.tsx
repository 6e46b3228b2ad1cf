import { Fragment } from 'react';

/** As much Markdown as the descriptions use: paragraphs and `code`. */
export function Prose({ text, className }: { text: string; className?: string }) {
  if (text === '') return null;
  return (
    <div className={className}>
      {text.split(/\n{2,}/).map((paragraph, i) => (
        <p key={i} className={i > 0 ? 'mt-2' : undefined}>
          <Inline text={paragraph} />
        </p>
      ))}
    </div>
  );
}

export function Inline({ text }: { text: string }) {
  return text.split('`').map((part, i) =>
    i % 2 === 1 ? (
      <code key={i} className="bg-sunken rounded px-1 py-0.5 font-mono text-[0.9em] break-words">
        {part}
      </code>
    ) : (
      <Fragment key={i}>{part}</Fragment>
    ),
  );
}
