import { LocalTime } from '@/components/ui/local-time';
import type { ContactCampaign } from '@/lib/contacts/schema';
import { consentWords } from './origin-words';

/** Who said last that this person agreed to be written to, when, and of which list. */
export function ContactConsent({ campaigns }: { campaigns: readonly ContactCampaign[] }) {
  if (campaigns.length === 0) return null;
  const latest = campaigns.find(({ attested, is_test: isTest }) => attested && !isTest);
  return (
    <section aria-labelledby="consent" className="space-y-1">
      <h2 id="consent" className="font-semibold">
        Consent
      </h2>
      {latest ? (
        <p dir="auto" className="max-w-[70ch] break-words">
          {consentWords(latest)} <LocalTime value={latest.created_at} />.
        </p>
      ) : (
        <p className="max-w-[70ch] text-muted">
          Nobody confirmed in the campaigns below that this person agreed to be written to.
        </p>
      )}
    </section>
  );
}
