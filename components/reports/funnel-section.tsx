import { Bar } from '@/components/ui/bar';
import { formatCount, formatShare } from '@/components/ui/numbers';
import type { Campaign } from '@/lib/campaigns/schema';
import { Section } from './section';

interface Stage {
  word: string;
  count: number;
  /** Of how many the share is, and their word. */
  of: number;
  ofWord: string;
}

/** How far the messages came, and where everybody else is. */
export function FunnelSection({ campaign }: { campaign: Campaign }) {
  const { total_recipients: total, sent, delivered, read, pending, failed, skipped, unconfirmed } = campaign;
  const far: Stage[] = [
    { word: 'Recipients', count: total, of: total, ofWord: 'of all' },
    { word: 'Sent', count: sent, of: total, ofWord: 'of all' },
    { word: 'Delivered', count: delivered, of: sent, ofWord: 'of sent' },
    { word: 'Read', count: read, of: delivered, ofWord: 'of delivered' },
  ];
  const others = [
    [campaign.status === 'stopped' ? 'Never sent' : 'Waiting', pending],
    ['Failed', failed],
    ['Skipped: do not contact', skipped],
    ['Unconfirmed: they may have arrived', unconfirmed],
  ] as const;
  return (
    <Section id="funnel" title="Results">
      <table className="w-full">
        <caption className="sr-only">How far the messages came</caption>
        <tbody>
          {far.map((stage) => (
            <StageRow key={stage.word} stage={stage} total={total} />
          ))}
          {others
            .filter(([, count]) => count > 0)
            .map(([word, count]) => (
              <StageRow key={word} stage={{ word, count, of: total, ofWord: 'of all' }} total={total} />
            ))}
        </tbody>
      </table>
      <p className="text-muted">
        More people may have read it than is counted: some switch read receipts off.
      </p>
    </Section>
  );
}

function StageRow({ stage: { word, count, of, ofWord }, total }: { stage: Stage; total: number }) {
  return (
    <tr>
      <th scope="row" className="w-2/5 py-1 text-start font-medium">
        {word}
      </th>
      <td className="py-1 text-end">{formatCount(count)}</td>
      <td className="px-3 py-1 text-end whitespace-nowrap text-muted">
        {formatShare(count, of)} {ofWord}
      </td>
      <td className="hidden w-1/4 py-1 md:table-cell print:table-cell">
        <Bar parts={[{ share: Math.min(count / Math.max(total, 1), 1), className: 'fill-bar' }]} />
      </td>
    </tr>
  );
}
