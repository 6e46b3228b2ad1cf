import { CopyButton } from '@/components/ui/copy-button';

/** Lines for a terminal, with a button that copies them. `what`: "command". */
export function CodeSample({ code, what }: { code: string; what: string }) {
  return (
    <div className="rounded-lg border bg-sunken">
      {/* A region that scrolls must be reachable by the keyboard. */}
      <pre
        tabIndex={0}
        role="region"
        aria-label={`The ${what}`}
        className="overflow-x-auto rounded-lg p-3 font-mono text-xs leading-5"
      >
        <code>{code}</code>
      </pre>
      <div className="flex justify-end border-t p-1.5">
        <CopyButton value={code} what={what} />
      </div>
    </div>
  );
}
