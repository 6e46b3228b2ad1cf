'use client';

import { useEffect, useMemo, useState } from 'react';
import type { AudienceRules, MessageRules } from '@/components/audience/types';
import { judgeEntry, type EntryVerdict } from '@/components/schedule/entry';
import { useNow } from '@/components/ui/use-now';
import type { Draft, WizardStep } from '@/lib/drafts/schema';
import type { Sender } from '@/lib/senders/schema';
import type { Template } from '@/lib/templates/schema';
import { fillingOf } from './messages';
import { suggestName } from './suggest-name';
import { missingOf, unmappedKeys, usableMapping, type Missing } from './steps';
import { useCheck, type CheckState } from './use-check';
import { useDraft, type DraftState } from './use-draft';
import { useList, type ListState } from './use-list';
import { useMessages, type MessagesState, type WizardMessage } from './use-messages';
import { useStep } from './use-step';

/** A start that passes while somebody looks is said within this. */
const TICK_MS = 10_000;

/** All that the four steps show and change. */
export interface WizardState {
  draft: DraftState;
  senders: readonly Sender[];
  templates: readonly Template[];
  sender: Sender | null;
  /** Of the first message, which is the only one unless it is a test. */
  template: Template | null;
  messages: MessagesState;
  /** Which message is looked at, counted from 0; it is in the address. */
  shown: number;
  show: (message: number) => void;
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
  go: (step: WizardStep, message?: number) => void;
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
  const { step, message, show, go: goTo } = useStep(draft.id, contents.step);
  const messages = useMessages(draft, { list, templates, publicUrl });
  const [{ template }] = messages.all;
  const only = senders.length === 1 ? senders[0]?.id : undefined;
  const senderId = contents.sender_id ?? template?.sender_id ?? only ?? null;
  const sender = senders.find(({ id }) => id === senderId) ?? null;
  useFirstName(draft, initial, template);

  const rules = useRules(draft, list, messages.all);
  const checked = useCheck(list.audience, rules);
  const now = useNow(TICK_MS);
  const start = contents.schedule && judgeEntry(contents.schedule, now);
  const missing = missingOf({
    name: draft.name,
    contents: { ...contents, sender_id: sender?.id ?? null },
    messages: messages.all,
    audience: list.audience,
    check: checked.isChecking ? null : checked.check,
    checkFailed: checked.failure !== null,
    startMissing: start && start.kind !== 'ready' ? { field: start.fieldId, message: start.message } : null,
  });
  const go = (next: WizardStep, of?: number) => {
    goTo(next, of);
    if (next !== contents.step) update({ step: next });
  };
  const shown = Math.min(message, messages.all.length - 1);
  const chosen = { draft, senders, templates, sender, template, messages, shown, show, publicUrl };
  return { ...chosen, list, rules, checked, start, missing, step, go };
}

function useRules(
  { contents }: DraftState,
  { audience }: ListState,
  messages: readonly WizardMessage[],
): AudienceRules | null {
  const { template_id, mapping, guessed, test, default_country: defaultCountry } = contents;
  const { file } = audience;
  return useMemo(() => {
    if (!file) return null;
    const rules = messages.map(({ template }, i): MessageRules | null => {
      const filled = fillingOf({ template_id, mapping, guessed, test }, i).mapping;
      if (!template || unmappedKeys(filled, file, template).length > 0) return null;
      return { parameters: template.parameters, mapping: usableMapping(filled, file, template) };
    });
    const [first, ...others] = rules.filter((each) => each !== null);
    if (!first || rules.includes(null)) return null;
    return { ...first, defaultCountry, ...(others.length > 0 && { others }) };
  }, [file, messages, template_id, mapping, guessed, test, defaultCountry]);
}

/** A draft begun with its template is named after it too, as when the template is chosen here. */
function useFirstName({ setName }: DraftState, initial: Draft, template: Template | null) {
  const isUntouched = initial.revision === 0 && initial.name === '';
  const [suggestion] = useState(isUntouched ? template?.name : undefined);
  useEffect(() => {
    if (suggestion) setName(suggestName(suggestion));
  }, [suggestion, setName]);
}
