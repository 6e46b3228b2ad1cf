import { LocalTime } from '@/components/ui/local-time';
import { formatCount, formatShare } from '@/components/ui/numbers';
import type { CampaignHours } from '@/lib/reports/schema';
import { bucketsOf, type Bucket } from './buckets';
import { Section } from './section';

/** When the messages went and how those of each hour fared: a picture, and the numbers under it. */
export function HoursSection({ hours: { hours, as_of: asOf } }: { hours: CampaignHours }) {
  const { by, buckets } = bucketsOf(hours);
  return (
    <Section id="hours" title={by === 'hour' ? 'By hour' : 'By day (UTC)'}>
      {asOf === null && (
        <p className="text-muted">
          There are too many recipients to count them by the hour right now; open the report again later.
        </p>
      )}
      {asOf !== null && buckets.length === 0 && <p className="text-muted">Nothing has been sent yet.</p>}
      {buckets.length > 0 && (
        <>
          <Chart buckets={buckets} />
          <table className="w-full">
            <caption className="sr-only">Messages by the {by} in which they went</caption>
            <thead className="text-muted">
              <tr>
                <Head className="text-start">{by === 'hour' ? 'Hour from' : 'Day'}</Head>
                <Head>Sent</Head>
                <Head>Delivered</Head>
                <Head>Read</Head>
                <Head>Failed</Head>
              </tr>
            </thead>
            <tbody>
              {buckets.map((bucket) => (
                <Row key={bucket.from} bucket={bucket} by={by} />
              ))}
            </tbody>
          </table>
          <p className="text-muted">
            Everybody counts in the {by} in which the message went, with what has become of it since. Sent
            takes in what WhatsApp refused.{' '}
            {asOf !== null && (
              <>
                Counted <LocalTime value={asOf} />.
              </>
            )}
          </p>
        </>
      )}
    </Section>
  );
}

function Head({ children, className = 'text-end' }: { children: string; className?: string }) {
  return (
    <th scope="col" className={`py-1 ps-3 font-normal first:ps-0 ${className}`}>
      {children}
    </th>
  );
}

function Row({
  bucket: { from, sent, delivered, read, failed },
  by,
}: {
  bucket: Bucket;
  by: 'hour' | 'day';
}) {
  return (
    <tr className="border-t">
      <th scope="row" className="py-1 text-start font-normal">
        {by === 'hour' ? <LocalTime value={from} /> : from.slice(0, 10)}
      </th>
      <td className="py-1 ps-3 text-end">{formatCount(sent)}</td>
      {[delivered, read, failed].map((count, i) => (
        <td key={i} className="py-1 ps-3 text-end">
          {formatCount(count)}
          <span className="ms-2 hidden min-w-12 text-muted md:inline-block print:inline-block">
            {formatShare(count, sent)}
          </span>
        </td>
      ))}
    </tr>
  );
}

const WIDTH = 720;
const HEIGHT = 120;
const GAP = 2;

/** A bar a bucket: all that went, and of it what was delivered. The table below says the same. */
function Chart({ buckets }: { buckets: readonly Bucket[] }) {
  const top = Math.max(...buckets.map(({ sent }) => sent), 1);
  // A single hour is no wall.
  const step = WIDTH / Math.max(buckets.length, 12);
  const heightOf = (count: number) => (count / top) * (HEIGHT - 1);
  return (
    <figure aria-hidden className="break-inside-avoid">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="h-auto w-full" focusable="false">
        {buckets.map(({ from, sent, delivered }, i) => (
          <g key={from}>
            <rect
              x={i * step}
              y={HEIGHT - heightOf(sent)}
              width={step - GAP}
              height={heightOf(sent)}
              className="fill-line-strong"
            />
            <rect
              x={i * step}
              y={HEIGHT - heightOf(delivered)}
              width={step - GAP}
              height={heightOf(delivered)}
              className="fill-bar"
            />
          </g>
        ))}
        <line x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className="stroke-line-strong" />
      </svg>
      <figcaption className="mt-1 flex flex-wrap gap-x-4 text-muted">
        <Key className="fill-bar">delivered</Key>
        <Key className="fill-line-strong">sent, not delivered</Key>
        <span>The highest bar is {formatCount(top)}.</span>
      </figcaption>
    </figure>
  );
}

function Key({ className, children }: { className: string; children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg viewBox="0 0 8 8" className="size-2.5" focusable="false">
        <rect width="8" height="8" className={className} />
      </svg>
      {children}
    </span>
  );
}
