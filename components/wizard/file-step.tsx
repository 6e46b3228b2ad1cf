'use client';

import { Download } from 'lucide-react';
import { Banner } from '@/components/ui/banner';
import { Button, buttonLook } from '@/components/ui/button';
import { audienceWords } from '@/lib/follow-ups/words';
import { FileDrop } from './file-drop';
import { FileFacts } from './file-facts';
import { ProgressLine } from './progress-line';
import type { Keeping, ListState } from './use-list';
import type { WizardState } from './use-wizard';

/** Who gets the message: a file, or rows pasted from a spreadsheet. */
export function FileStep({ wizard: { draft, list, template } }: { wizard: WizardState }) {
  const { audience, keeping } = list;
  const { encoding, delimiter } = draft.contents.file ?? {};
  const isWaiting = audience.state === 'empty' && keeping.kind === 'fetching';
  return (
    <div className="space-y-6">
      {draft.contents.follows && audience.state === 'ready' && (
        <Banner look="plain" title={`These are people of “${draft.contents.follows.name}”`}>
          {`They are who stood there as “${audienceWords(draft.contents.follows)}” when this list was made; what is reported since changes nothing in it.`}
          {draft.contents.follows.tested &&
            ' They got one of several messages; this one goes to all of them alike, so check what fills it.'}
        </Banner>
      )}
      {template && audience.state !== 'ready' && !draft.contents.follows && (
        <p className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <span className="text-muted">
            Not sure what it should look like? Take the sample and fill in your own rows.
          </span>
          <a href={`/api/templates/${template.id}/sample.csv`} download className={buttonLook()}>
            <Download aria-hidden />
            Sample CSV for this template
          </a>
        </p>
      )}
      {audience.state === 'failed' && audience.failure && (
        <Banner look="danger" role="alert" title={audience.failure.title}>
          <p>{audience.failure.message}</p>
          {(encoding ?? delimiter) && (
            <Button className="mt-3" onClick={() => list.readAs({ encoding: null, delimiter: null })}>
              Read it as it was found
            </Button>
          )}
        </Banner>
      )}
      {isWaiting && <ProgressLine title="Fetching the file of this draft…" share={null} />}
      {audience.state === 'reading' && (
        <ProgressLine title="Reading the list…" share={audience.progress}>
          <Button onClick={list.remove}>Cancel</Button>
        </ProgressLine>
      )}
      {(audience.state === 'empty' || audience.state === 'failed') && !isWaiting && (
        <FileDrop onFile={list.choose} onPaste={list.paste} />
      )}
      {audience.state === 'ready' && audience.file && <FileFacts list={list} file={audience.file} />}
      <KeepingLine list={list} keeping={keeping} />
    </div>
  );
}

function KeepingLine({ list, keeping }: { list: ListState; keeping: Keeping }) {
  if (keeping.kind === 'uploading') {
    return (
      <ProgressLine title="Keeping the file with the draft… you can go on meanwhile" share={keeping.share} />
    );
  }
  if (keeping.kind === 'failed') {
    return (
      <Banner look="warn" role="status" title={`The file is not kept with the draft: ${keeping.message}`}>
        <p>You can go on in this tab; after a reload, or elsewhere, it has to be chosen again.</p>
        <Button className="mt-3" onClick={list.tryAgain}>
          Try again
        </Button>
      </Banner>
    );
  }
  if (keeping.kind === 'erased') {
    return (
      <Banner look="warn" role="status" title="This campaign needs its list again">
        {keeping.message} What you mapped is still there.
      </Banner>
    );
  }
  if (keeping.kind !== 'fetch_failed') return null;
  return (
    <Banner look="warn" role="alert" title="The file of this draft could not be fetched">
      <p>Try again, or choose the file once more: what you mapped and entered is still there.</p>
      <Button className="mt-3" onClick={list.tryAgain}>
        Try again
      </Button>
    </Banner>
  );
}
