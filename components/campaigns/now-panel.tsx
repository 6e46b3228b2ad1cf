import { CalendarClock, CheckCheck, Hourglass, Pause, PencilLine, Send, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Bar } from '@/components/ui/bar';
import { LocalTime } from '@/components/ui/local-time';
import { formatCount, formatShare } from '@/components/ui/numbers';
import type { Campaign } from '@/lib/campaigns/schema';
import { useNow } from '@/components/ui/use-now';
import { exactDuration, roughDuration, spanWords } from './durations';
import { progressParts, settledCount, settledShare } from './progress';
import type { RateReading } from './rate-meter';
import { Sparkline } from './sparkline';
import type { Standing } from './standing';
import { WaitLine } from './wait-line';

/** How often a time that is left is said anew. */
const TICK_MS = 10_000;

const LOOKS: Record<Standing['kind'], { icon: typeof Send; className: string }> = {
  idle: { icon: PencilLine, className: 'text-muted' },
  planned: { icon: CalendarClock, className: 'text-info' },
  sending: { icon: Send, className: 'text-accent' },
  waiting: { icon: Hourglass, className: 'text-info' },
  paused: { icon: Pause, className: 'text-warn' },
  stalled: { icon: TriangleAlert, className: 'text-danger' },
  over: { icon: CheckCheck, className: 'text-muted' },
};

interface NowPanelProps {
  campaign: Campaign;
  standing: Standing;
  rate: RateReading;
}

/** How far it is, how fast, how long still, and what holds it. */
export function NowPanel({ campaign, standing, rate }: NowPanelProps) {
  const isActive = campaign.status === 'active';
  return (
    <section aria-labelledby="now" className="overflow-hidden rounded-lg border bg-surface">
      <h2 id="now" className="sr-only">
        Now
      </h2>
      <Progress campaign={campaign} />
      <div className="grid border-t md:grid-cols-[1fr_auto]">
        <StandingLine standing={standing}>
          {isActive && campaign.waits.map((wait) => <WaitLine key={wait.reason} wait={wait} />)}
        </StandingLine>
        {isActive && (
          <dl className="grid grid-cols-2 border-t md:w-96 md:border-s md:border-t-0">
            <Figure word="Rate now" value={<RateWords perSecond={rate.perSecond} />}>
              <Sparkline values={rate.history} />
            </Figure>
            <Figure
              word="Time left"
              value={<TimeLeft campaign={campaign} perSecond={rate.perSecond} />}
              className="border-s"
            />
          </dl>
        )}
        {!isActive && <Took campaign={campaign} />}
      </div>
    </section>
  );
}

function Progress({ campaign }: { campaign: Campaign }) {
  const share = settledShare(campaign);
  const tenth = Math.floor(share * 10) * 10;
  return (
    <div className="p-4">
      <div className="mb-2 flex items-baseline justify-between gap-4">
        <p>
          <span className="text-2xl font-semibold tracking-tight">{formatCount(settledCount(campaign))}</span>{' '}
          <span className="ms-0.5 text-muted">of {formatCount(campaign.total_recipients)} handled</span>
        </p>
        <p className="text-base font-medium">
          {formatShare(settledCount(campaign), campaign.total_recipients)}
        </p>
      </div>
      <div
        role="progressbar"
        aria-label="Recipients handled"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(share * 100)}
      >
        <Bar parts={progressParts(campaign)} className="h-2!" />
      </div>
      {/* Progress bars are not live regions: this is read out, at every tenth only. */}
      <p role="status" className="sr-only">
        {campaign.status === 'active' ? `${tenth}% handled` : ''}
      </p>
    </div>
  );
}

interface StandingLineProps {
  standing: Standing;
  children: ReactNode;
}

function StandingLine({ standing: { kind, title, detail, at }, children }: StandingLineProps) {
  const { icon: Icon, className } = LOOKS[kind];
  return (
    <div className="flex min-h-20 gap-3 p-4">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${className}`} />
      <div className="min-w-0">
        <p role="status" className={`font-medium ${className}`}>
          {title}
        </p>
        {detail && (
          <p className="max-w-[60ch] text-muted">
            {detail}
            {at && (
              <>
                {' '}
                <LocalTime value={at} format={kind === 'planned' ? 'full' : 'clock'} />
              </>
            )}
          </p>
        )}
        {children}
      </div>
    </div>
  );
}

interface FigureProps {
  word: string;
  value: ReactNode;
  children?: ReactNode;
  className?: string;
}

function Figure({ word, value, children, className = '' }: FigureProps) {
  return (
    <div className={`min-w-0 p-4 ${className}`}>
      <dt className="text-muted">{word}</dt>
      <dd className="font-medium whitespace-nowrap">{value}</dd>
      {children && <dd className="mt-1">{children}</dd>}
    </div>
  );
}

function RateWords({ perSecond }: { perSecond: number | null }) {
  if (perSecond === null) return <span className="font-normal text-muted">measuring…</span>;
  return <>{perSecond < 10 ? perSecond.toFixed(1) : formatCount(Math.round(perSecond))} a second</>;
}

interface TimeLeftProps {
  campaign: Campaign;
  perSecond: number | null;
}

function TimeLeft({ campaign, perSecond }: TimeLeftProps) {
  const now = useNow(TICK_MS);
  const { pending, waits } = campaign;
  const measuring = <span className="font-normal text-muted">measuring…</span>;
  if (waits.length > 0) {
    const lastAt = Math.max(...waits.map(({ last_at: at }) => Date.parse(at)));
    return now === null ? measuring : `at least ${spanWords(Math.max((lastAt - now) / 1000, 0))}`;
  }
  if (perSecond === null) return measuring;
  if (pending === 0) return 'finishing';
  return perSecond < 0.05 ? 'not known' : roughDuration(pending / perSecond);
}

/** How long a finished campaign took from its first start. */
function Took({ campaign: { started_at: from, completed_at: to } }: { campaign: Campaign }) {
  if (!from || !to) return null;
  return (
    <dl className="border-t md:w-96 md:border-s md:border-t-0">
      <Figure word="Took" value={exactDuration((Date.parse(to) - Date.parse(from)) / 1000)} />
    </dl>
  );
}
