import type { AudienceCheck, AudienceFile, Audience } from '@/components/audience/types';
import { destinationSchema } from '@/lib/clicks/destination';
import type { DraftContents, WizardStep } from '@/lib/drafts/schema';
import { keysOfMapping, type NamedSource } from '@/lib/recipients/mapping';
import type { Template } from '@/lib/templates/schema';
import { fieldWord } from './field-word';
import { fillingOf, isNumber, sharesFault } from './messages';
import type { WizardMessage } from './use-messages';

export const STEP_WORDS: Record<WizardStep, string> = {
  template: 'Template',
  file: 'Recipients',
  map: 'Map and fix',
  review: 'Review and send',
};

/** All that decides how far a campaign is. */
export interface WizardFacts {
  name: string;
  contents: DraftContents;
  /** The first is the campaign's own; with a template, if the chosen one still exists. */
  messages: readonly WizardMessage[];
  audience: Pick<Audience, 'state' | 'file' | 'failure'>;
  /** Of the rows as they are mapped now; null while they are being checked. */
  check: AudienceCheck | null;
  /** The check came to no end. */
  checkFailed: boolean;
  /** What the planned start still needs; null: nothing, or it is sent at once. */
  startMissing: Missing | null;
}

/** What is still to do on one step. */
export interface Missing {
  /** The id of the field that gets the focus. */
  field: string;
  message: string;
  /** Which message of a test it is about, counted from 0. */
  of?: number;
  /** It is over by itself in a moment: who wants to go on waits for it, and goes on. */
  passes?: true;
}

/** What each step still needs, in the order it is shown (browser-safe, pure). */
export function missingOf(facts: WizardFacts): Record<WizardStep, Missing[]> {
  return {
    template: templateMissing(facts),
    file: fileMissing(facts.audience),
    map: mapMissing(facts),
    review: reviewMissing(facts),
  };
}

function reviewMissing({ startMissing, contents }: WizardFacts): Missing[] {
  const missing = startMissing ? [startMissing] : [];
  if (!contents.attested)
    missing.push({ field: 'attested', message: 'Confirm that these people agreed to hear from you.' });
  return missing;
}

function templateMissing({ name, contents, messages }: WizardFacts): Missing[] {
  const missing: Missing[] = [];
  if (name.trim() === '') missing.push({ field: 'campaign-name', message: 'Give the campaign a name.' });
  if (!contents.sender_id) missing.push({ field: 'sender', message: 'Choose a sender.' });
  for (const [of, { template }] of messages.entries()) {
    const field = 'template-search';
    if (!template) missing.push({ field, ...said(messages, of, 'Choose a template.') });
    else if (template.unsendable_reason)
      missing.push({ field, ...said(messages, of, template.unsendable_reason) });
  }
  return [...missing, ...testMissing(messages)];
}

function testMissing(messages: readonly WizardMessage[]): Missing[] {
  const fault = sharesFault(messages);
  const clash = messages.findIndex(({ template, tracked }) =>
    messages.some((other) =>
      other.tracked.some(
        (key) => !tracked.includes(key) && template?.parameters.some((parameter) => parameter.key === key),
      ),
    ),
  );
  return [
    ...(fault === null ? [] : [{ field: shareFieldId('A'), message: fault }]),
    ...(clash === -1
      ? []
      : [
          {
            field: 'template-search',
            of: clash,
            message:
              'In one of the messages a button leads to Herald, which counts the clicks, and in another the same button does not: choose templates with a button of the same kind.',
          },
        ]),
  ];
}

/** Of a test it says which message is meant. */
function said(
  messages: readonly WizardMessage[],
  of: number,
  message: string,
): Pick<Missing, 'message' | 'of'> {
  if (messages.length < 2) return { message };
  return { of, message: `Message ${messages[of]?.key ?? 'A'}: ${message}` };
}

function fileMissing({ state, failure }: WizardFacts['audience']): Missing[] {
  const field = 'choose-file';
  switch (state) {
    case 'empty':
      return [{ field, message: 'Choose a file with the recipients, or paste them.' }];
    case 'reading':
      return [{ field, message: 'The file is still being read.', passes: true }];
    case 'failed':
      return [{ field, message: failure?.title ?? 'The file could not be read.' }];
    case 'ready':
      return [];
  }
}

function mapMissing({ contents, messages, audience, check, checkFailed }: WizardFacts): Missing[] {
  const { file } = audience;
  if (!file || messages.some(({ template }) => !template)) return [];
  const missing = messages.flatMap((message, of) => [
    ...unfilled(message, { of, file, contents }).map((key) => ({
      field: sourceFieldId(key),
      ...(isNumber(key) ? { message: choiceOf(key) } : said(messages, of, choiceOf(key))),
    })),
    ...message.tracked.flatMap((key) =>
      // One destination for every message with this button: it is asked for once.
      messages.findIndex(({ tracked }) => tracked.includes(key)) === of
        ? destinationMissing(key, contents).map((each) => (messages.length > 1 ? { ...each, of } : each))
        : [],
    ),
  ]);
  if (missing.length > 0) return missing;
  if (!check && !checkFailed)
    return [{ field: 'row-filter', message: 'The rows are still being checked.', passes: true }];
  if (!check) return [{ field: 'row-filter', message: 'The rows could not be checked.' }];
  if (check.counts.willSend === 0)
    return [{ field: 'row-filter', message: 'No row can be sent as it is: see what is wrong below.' }];
  return [];
}

function choiceOf(key: string): string {
  return `Choose what fills “${fieldWord(key)}”.`;
}

interface UnfilledQuestion {
  of: number;
  file: Pick<AudienceFile, 'columns'>;
  contents: DraftContents;
}

/** What one message still needs; the numbers are found once, for all of them. */
function unfilled({ template }: WizardMessage, { of, file, contents }: UnfilledQuestion): string[] {
  if (!template) return [];
  const keys = unmappedKeys(fillingOf(contents, of).mapping, file, template);
  return of === 0 ? keys : keys.filter((key) => !isNumber(key));
}

function destinationMissing(key: string, { track_clicks: given }: DraftContents): Missing[] {
  const text = given[key]?.trim() ?? '';
  const field = destinationFieldId(key);
  if (text === '') return [{ field, message: 'Say where a click on the button leads.' }];
  const { error } = destinationSchema.safeParse(text);
  return error ? [{ field, message: error.issues[0]?.message ?? 'This address cannot be used.' }] : [];
}

/** The tracked buttons' destinations alone: what another template's buttons led to stays in the draft. */
export function usableDestinations(
  { track_clicks: given }: DraftContents,
  tracked: readonly string[],
): Record<string, string> | null {
  if (tracked.length === 0) return null;
  return Object.fromEntries(tracked.map((key) => [key, given[key] ?? '']));
}

/** Fields the message needs that nothing in the file fills yet. */
export function unmappedKeys(
  mapping: DraftContents['mapping'],
  file: Pick<AudienceFile, 'columns'>,
  template: Pick<Template, 'parameters'>,
): string[] {
  const needed = ['phone_number', ...template.parameters.filter((p) => p.required).map(({ key }) => key)];
  return needed.filter((key) => {
    const { column, text } = mapping[key] ?? {};
    if (column !== undefined) return !file.columns.includes(column);
    return key === 'phone_number' || !text?.trim();
  });
}

/** The part of a mapping that is of use for this file and template: what the server and the check are told. */
export function usableMapping(
  mapping: DraftContents['mapping'],
  file: Pick<AudienceFile, 'columns'>,
  template: Pick<Template, 'parameters'>,
): Record<string, NamedSource> {
  const known = keysOfMapping(template.parameters);
  return Object.fromEntries(
    known.flatMap((key) => {
      const { column, text, format } = mapping[key] ?? {};
      const source: NamedSource = {
        ...(column !== undefined && file.columns.includes(column) ? { column } : {}),
        ...(text?.trim() ? { text } : {}),
      };
      const isUsed = Object.keys(source).length > 0;
      return isUsed ? [[key, format ? { ...source, format } : source]] : [];
    }),
  );
}

/** The id of the control with a message's share of the people. */
export function shareFieldId(key: string): string {
  return `share-${key}`;
}

/** The id of the control that says what fills a field. */
export function sourceFieldId(key: string): string {
  return `source-${key}`;
}

/** The id of the control that says where a click leads. */
export function destinationFieldId(key: string): string {
  return `destination-${key}`;
}
