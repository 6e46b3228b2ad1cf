import { CircleCheck, CircleHelp, CircleX } from 'lucide-react';
import { cn } from '@/components/ui/class-names';
import type { ConnectionCheck } from '@/lib/senders/schema';

const NAMES: Record<ConnectionCheck['key'], string> = {
  token: 'Access token',
  number: 'Number',
  account: 'Account',
  templates: 'Templates',
  webhook: 'Webhook',
};

const LOOKS = {
  pass: { word: 'Pass', icon: CircleCheck, className: 'text-accent' },
  fail: { word: 'Fail', icon: CircleX, className: 'text-danger' },
  unknown: { word: 'Not known', icon: CircleHelp, className: 'text-muted' },
} as const;

/** What a connection test found, check by check; the outcome is read out. */
export function CheckList({ checks }: { checks: ConnectionCheck[] }) {
  return (
    <>
      <p role="status" className="font-medium">
        {summaryOf(checks)}
      </p>
      <ul className="mt-2 divide-y">
        {checks.map(({ key, result, message }) => {
          const { word, icon: Icon, className } = LOOKS[result];
          return (
            <li key={key} className="flex gap-3 py-2.5">
              <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', className)} />
              <div className="min-w-0">
                <p>
                  <span className="font-medium">{NAMES[key]}</span> <span className={className}>{word}</span>
                </p>
                <p className="max-w-[70ch] break-words text-muted">{message}</p>
              </div>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function summaryOf(checks: ConnectionCheck[]): string {
  const count = (result: ConnectionCheck['result']) =>
    checks.filter((check) => check.result === result).length;
  if (count('pass') === checks.length) return 'All checks pass.';
  const parts = [
    `${count('pass')} of ${checks.length} checks pass`,
    count('fail') > 0 && `${count('fail')} ${count('fail') === 1 ? 'fails' : 'fail'}`,
    count('unknown') > 0 && `${count('unknown')} not known`,
  ];
  return `${parts.filter(Boolean).join(', ')}.`;
}
