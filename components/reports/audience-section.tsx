import { formatCount } from '@/components/ui/numbers';
import type { Campaign } from '@/lib/campaigns/schema';
import { Section } from './section';

/** From the rows of the upload to the people written to: a sum that can be checked by eye. */
export function AudienceSection({ campaign }: { campaign: Campaign }) {
  const { rows, duplicates, invalid, suppressed } = campaign.import;
  const left = [
    ['Duplicates', duplicates],
    ['Not valid', invalid],
    ['On the do-not-contact list at the upload', suppressed],
  ] as const;
  return (
    <Section id="audience" title="Audience">
      {campaign.list.name !== null && (
        <p>
          From <bdi>{campaign.list.name}</bdi>. Consent:{' '}
          {campaign.list.attested ? 'confirmed by whoever made the campaign.' : 'not confirmed here.'}
        </p>
      )}
      <table className="w-full max-w-md">
        <caption className="sr-only">How the upload became the recipients</caption>
        <tbody>
          {/* Made by a program's call, before rows were counted: only its people are known. */}
          {rows > 0 && (
            <>
              <Line word="Rows uploaded" value={formatCount(rows)} />
              {left.map(([word, count]) => (
                <Line key={word} word={word} value={`− ${formatCount(count)}`} />
              ))}
            </>
          )}
          <Line
            word="Recipients"
            value={`${rows > 0 ? '= ' : ''}${formatCount(campaign.total_recipients)}`}
            isSum
          />
        </tbody>
      </table>
    </Section>
  );
}

function Line({ word, value, isSum = false }: { word: string; value: string; isSum?: boolean }) {
  return (
    <tr className={isSum ? 'border-t font-semibold' : undefined}>
      <th scope="row" className={`py-1 text-start ${isSum ? 'font-semibold' : 'font-normal'}`}>
        {word}
      </th>
      <td className="py-1 text-end">{value}</td>
    </tr>
  );
}
