'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import type { AudienceRules } from '@/components/audience/types';
import { judgeEntry, type EntryVerdict } from '@/components/schedule/entry';
import { useNow } from '@/components/ui/use-now';
import { trackedButtons } from '@/lib/clicks/tracked-buttons';
import type { Draft, WizardStep } from '@/lib/drafts/schema';
import type { Sender } from '@/lib/senders/schema';
import type { Template } from '@/lib/templates/schema';
import { firstMapping } from './first-mapping';
import { suggestName } from './suggest-name';
import { missingOf, unmappedKeys, usableMapping, type Missing } from './steps';
import { useCheck, type CheckState } from './use-check';
import { useDraft, type DraftState } from './use-draft';
import { useList, type ListState } from './use-list';
import { useStep } from './use-step';

/** A start that passes while somebody looks is said within this. */
const TICK_MS = 10_000;

/** All that the four steps show and change. */
export interface WizardState {
  draft: DraftState;
  senders: readonly Sender[];
  templates: readonly Template[];
  sender: Sender | null;
  template: Template | null;
  /** Parameter keys of its buttons whose clicks are counted. */
  tracked: readonly string[];
  /** Where people reach this Herald. */
  publicUrl: string;
  list: ListState;
  /** What the rows are checked by, and what is uploaded; null while something essential is not chosen. */
  rules: AudienceRules | null;
  checked: CheckState;
  /** What the planned start means, or what it still needs; null: it is sent at once. */
  start: EntryVerdict | null;
  missing: Record<WizardStep, Missing[]>;
  step: WizardStep;
  go: (step: WizardStep) => void;
}

interface WizardInput {
  initial: Draft;
  senders: readonly Sender[];
  templates: readonly Template[];
  publicUrl: string;
}

export function useWizard({ initial, senders, templates, publicUrl }: WizardInput): WizardState {
  const draft = useDraft(initial);
  const { contents, update } = draft;
  const list = useList(draft);
  const [step, goTo] = useStep(draft.id, contents.step);
  const template = templates.find(({ id }) => id === contents.template_id) ?? null;
  const tracked = useMemo(() => (template ? trackedButtons(template, publicUrl) : []), [template, publicUrl]);
  const only = senders.length === 1 ? senders[0]?.id : undefined;
  const senderId = contents.sender_id ?? template?.sender_id ?? only ?? null;
  const sender = senders.find(({ id }) => id === senderId) ?? null;
  useFirstName(draft, initial, template);
  useFirstMapping(draft, list, template);

  const rules = useRules(draft, list, template);
  const checked = useCheck(list.audience, rules);
  const now = useNow(TICK_MS);
  const start = contents.schedule && judgeEntry(contents.schedule, now);
  const missing = missingOf({
    name: draft.name,
    contents: { ...contents, sender_id: sender?.id ?? null },
    template,
    tracked,
    audience: list.audience,
    check: checked.isChecking ? null : checked.check,
    checkFailed: checked.failure !== null,
    startMissing: start && start.kind !== 'ready' ? { field: start.fieldId, message: start.message } : null,
  });
  const go = (next: WizardStep) => {
    goTo(next);
    if (next !== contents.step) update({ step: next });
  };
  const chosen = { draft, senders, templates, sender, template, tracked, publicUrl };
  return { ...chosen, list, rules, checked, start, missing, step, go };
}

function useRules(draft: DraftState, { audience }: ListState, template: Template | null) {
  const { mapping, default_country: defaultCountry } = draft.contents;
  const { file } = audience;
  return useMemo((): AudienceRules | null => {
    if (!file || !template) return null;
    if (unmappedKeys(mapping, file, template).length > 0) return null;
    const usable = usableMapping(mapping, file, template);
    return { parameters: template.parameters, mapping: usable, defaultCountry };
  }, [file, template, mapping, defaultCountry]);
}

/** A draft begun with its template is named after it too, as when the template is chosen here. */
function useFirstName({ setName }: DraftState, initial: Draft, template: Template | null) {
  const isUntouched = initial.revision === 0 && initial.name === '';
  const [suggestion] = useState(isUntouched ? template?.name : undefined);
  useEffect(() => {
    if (suggestion) setName(suggestName(suggestion));
  }, [suggestion, setName]);
}

/** Maps a file when it, or the template, has just been chosen; what a draft brings along stays as it was left. */
function useFirstMapping(draft: DraftState, { audience, generation }: ListState, template: Template | null) {
  const [initially] = useState(draft.contents.template_id);
  const mappedFor = useRef(`0 ${initially ?? ''}`);
  const { update } = draft;
  const { file } = audience;
  useEffect(() => {
    const present = `${generation} ${template?.id ?? ''}`;
    if (!file || !template || mappedFor.current === present) return;
    mappedFor.current = present;
    update((contents) => firstMapping({ file, template, contents }));
  }, [file, template, generation, update]);
}
