import type { ReactNode } from 'react';
import { StatusBadge } from '@/components/campaigns/status-badge';
import { TemplateBubble } from '@/components/templates/template-bubble';
import { languageWord, plainWord } from '@/components/templates/words';
import { LocalTime } from '@/components/ui/local-time';
import type { Campaign } from '@/lib/campaigns/schema';
import type { CampaignTimeline } from '@/lib/campaigns/timeline-schema';
import { exampleParams } from '@/lib/templates/preview';
import type { Template } from '@/lib/templates/schema';
import { Section } from './section';

interface MessageSectionProps {
  campaign: Campaign;
  template: Template | null;
  timeline: CampaignTimeline;
}

/** What was sent, by which number, when, and who started it. */
export function MessageSection({ campaign, template, timeline }: MessageSectionProps) {
  const { started_at: started, completed_at: completed } = campaign;
  return (
    <Section id="message" title="Message">
      <div className="grid gap-6 md:grid-cols-[minmax(0,1fr)_24rem] print:grid-cols-2">
        <dl className="divide-y self-start">
          <Fact word="Status">
            <StatusBadge status={campaign.status} />
          </Fact>
          <Fact word="Sender">
            <bdi>{campaign.sender_name}</bdi>
          </Fact>
          <Fact word="Template">
            <bdi>
              {campaign.template_name} · {languageWord(campaign.template_language)}
            </bdi>
            {template && ` · ${plainWord(template.category)}`}
          </Fact>
          <Fact word="Started by">
            <bdi>{starterOf(timeline, started !== null)}</bdi>
          </Fact>
          <Fact word="Started">{started ? <LocalTime value={started} /> : 'Not yet'}</Fact>
          <Fact word="Completed">{completed ? <LocalTime value={completed} /> : 'Not yet'}</Fact>
          <Fact word="Created">
            <LocalTime value={campaign.created_at} />
          </Fact>
        </dl>
        {template ? (
          <div className="break-inside-avoid">
            <TemplateBubble template={template} params={exampleParams(template.parameters)} />
            <p className="mt-1 text-muted">With the template’s own examples, as it stands now.</p>
          </div>
        ) : (
          <p className="text-muted">The template is not there any more.</p>
        )}
      </div>
    </Section>
  );
}

/** Whoever pressed the button, at the first start, or planned it. */
function starterOf({ events }: CampaignTimeline, hasStarted: boolean): string {
  if (!hasStarted) return 'Nobody yet';
  const start = events.findLast(({ kind }) => kind === 'started');
  if (!start) return 'Further back than the timeline here goes';
  if (start.user) return start.user.name;
  const plan = events.find(({ kind, id }) => kind === 'scheduled' && id < start.id);
  return plan?.user ? `${plan.user.name}, as planned` : 'Herald, as planned';
}

function Fact({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4 py-1.5">
      <dt className="text-muted">{word}</dt>
      <dd className="ms-auto min-w-0 text-end break-words">{children}</dd>
    </div>
  );
}
