'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import { useLatest } from '@/components/api/use-latest';
import { trackedButtons } from '@/lib/clicks/tracked-buttons';
import type { Template } from '@/lib/templates/schema';
import { firstMapping } from './first-mapping';
import {
  fillingOf,
  messagesOf,
  withChanged,
  withFilling,
  withMessage,
  withoutMessage,
  withShare,
  type DraftMessage,
} from './messages';
import type { DraftState } from './use-draft';
import type { ListState } from './use-list';

/** A message with what it is made of. */
export interface WizardMessage extends DraftMessage {
  /** The chosen one, if it still exists and is of the first one's sender. */
  template: Template | null;
  /** Parameter keys of its buttons whose clicks are counted. */
  tracked: readonly string[];
}

export interface MessagesState {
  /** The first is the campaign's own; the others it has as a test. */
  all: readonly [WizardMessage, ...WizardMessage[]];
  add: () => void;
  remove: (index: number) => void;
  choose: (index: number, template: Template) => void;
  share: (index: number, share: number) => void;
}

interface Surroundings {
  list: ListState;
  templates: readonly Template[];
  publicUrl: string;
}

/** The messages of a draft, each mapped when the file or its template has just been chosen. */
export function useMessages(
  { contents, update }: DraftState,
  { list, templates, publicUrl }: Surroundings,
): MessagesState {
  const { template_id, mapping, guessed, test } = contents;
  const all = useMemo(() => {
    const messages = messagesOf({ template_id, mapping, guessed, test });
    const first = templates.find(({ id }) => id === template_id);
    return messages.map((message): WizardMessage => {
      const found = templates.find(({ id }) => id === message.templateId) ?? null;
      const template = first && found?.sender_id !== first.sender_id ? null : found;
      return { ...message, template, tracked: template ? trackedButtons(template, publicUrl) : [] };
    });
  }, [template_id, mapping, guessed, test, templates, publicUrl]);
  // For which file and template each was mapped; what a draft brings along stays as it was left.
  const [initially] = useState(() => messagesOf(contents).map(({ templateId }) => markOf(0, templateId)));
  const mappedFor = useRef(initially);
  useFirstMappings(all, { list, mappedFor, update });

  const choose: MessagesState['choose'] = (index, template) => {
    // The same again begins as the other one is, for it is about what differs.
    const twin = all.findIndex(({ templateId }, i) => i !== index && templateId === template.id);
    const { mapping, guessed } = all[twin] ?? {};
    const isNew = index > 0 && Object.keys(all[index]?.mapping ?? {}).length === 0;
    const begins = isNew && mapping && guessed ? { mapping, guessed } : {};
    if (isNew && twin !== -1) mappedFor.current[index] = mappedFor.current[twin] ?? '';
    update((contents) => withChanged(contents, index, { templateId: template.id, ...begins }));
  };
  return {
    all: all as [WizardMessage, ...WizardMessage[]],
    add: () => update(withMessage),
    remove: (index) => {
      mappedFor.current.splice(index, 1);
      update((contents) => withoutMessage(contents, index));
    },
    choose,
    share: (index, share) => update((contents) => withShare(contents, index, share)),
  };
}

interface FirstMappings {
  list: ListState;
  mappedFor: { current: string[] };
  update: DraftState['update'];
}

function useFirstMappings(all: readonly WizardMessage[], { list, mappedFor, update }: FirstMappings): void {
  const { file } = list.audience;
  const { generation } = list;
  const latest = useLatest(all);
  const chosen = all.map(({ template }) => template?.id ?? '').join();
  useEffect(() => {
    if (!file) return;
    for (const [index, { template }] of latest.current.entries()) {
      const present = markOf(generation, template?.id);
      if (!template || mappedFor.current[index] === present) continue;
      mappedFor.current[index] = present;
      update((contents) => {
        const filling = firstMapping({ file, template, contents: fillingOf(contents, index) });
        return withFilling(contents, index, filling);
      });
    }
  }, [file, chosen, generation, latest, mappedFor, update]);
}

function markOf(generation: number, templateId: number | null | undefined): string {
  return `${generation} ${templateId ?? ''}`;
}
