import type { ReactNode } from 'react';
import type { ReferenceOperation } from '@/lib/api/reference';
import { Fields } from './fields';
import { Method } from './method';
import { Prose } from './prose';

/** One route: what goes in, what comes out, and a line to try it with. */
export function Operation({ operation }: { operation: ReferenceOperation }) {
  const { id, method, path, summary, description, needsSignIn } = operation;
  return (
    <article id={id} aria-labelledby={`${id}-title`} className="border-line scroll-mt-20 border-t py-8">
      <h3 id={`${id}-title`} className="text-base font-semibold">
        <a href={`#${id}`} className="hover:underline">
          {summary}
        </a>
      </h3>
      <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <Method method={method} />
        <code className="min-w-0 font-mono text-sm break-all">{path}</code>
        <span className="text-muted text-xs">{needsSignIn ? 'signed in' : 'open'}</span>
      </p>
      <Prose text={description} className="text-muted mt-3 max-w-prose" />
      <div className="mt-5 grid gap-5">
        {operation.parameters.map(({ place, fields }) => (
          <Part key={place} title={place}>
            <Fields label={`${place} of ${method} ${path}`} fields={fields} />
          </Part>
        ))}
        {operation.bodies.map(({ mediaType, isRequired, fields }) => (
          <Part key={mediaType} title="Body" note={`${mediaType}${isRequired ? '' : ', may be left out'}`}>
            <Fields label={`Body of ${method} ${path} as ${mediaType}`} fields={fields} />
          </Part>
        ))}
        {operation.answers.map(({ status, mediaType, type, fields }) => (
          <Part
            key={`${status} ${mediaType}`}
            title={`Answer ${status}`}
            note={fields.length > 0 ? type : mediaType}
          >
            {fields.length > 0 && (
              <Fields label={`Answer ${status} of ${method} ${path}`} fields={fields} ofAnswer />
            )}
          </Part>
        ))}
        <Failures operation={operation} />
        <Part title="Try it">
          {operation.examples.map((example) => (
            <CodeBlock key={example} label={`Command line for ${method} ${path}`}>
              {example}
            </CodeBlock>
          ))}
        </Part>
      </div>
    </article>
  );
}

function Part({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section>
      <h4 className="mb-2 text-sm font-medium">
        {title}{' '}
        {note !== undefined && <span className="text-muted font-mono text-xs font-normal">{note}</span>}
      </h4>
      <div className="grid gap-2">{children}</div>
    </section>
  );
}

function Failures({ operation: { failures } }: { operation: ReferenceOperation }) {
  return (
    <details className="group">
      <summary className="text-muted w-fit rounded text-sm">
        When it fails: {failures.map(({ status }) => status).join(', ')}
      </summary>
      <ul className="text-muted mt-2 grid gap-1 text-sm">
        {failures.map(({ status, description }) => (
          <li key={status}>
            <span className="text-ink mr-2 font-mono">{status}</span>
            {description}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Scrolls sideways by itself, also with the keyboard. */
export function CodeBlock({ label, children }: { label: string; children: string }) {
  return (
    <pre
      tabIndex={0}
      role="group"
      aria-label={label}
      className="bg-sunken overflow-x-auto rounded-lg p-3 font-mono text-xs leading-relaxed"
    >
      <code>{children}</code>
    </pre>
  );
}
