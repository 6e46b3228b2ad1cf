'use client';

import { Dialog } from '@base-ui/react/dialog';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState, type KeyboardEvent } from 'react';
import { LiveData } from '@/components/api/live-data';
import { queryKeys } from '@/components/api/query-keys';
import { cn } from '@/components/ui/class-names';
import { findCampaignCommands, matchingCommands, type Command } from './commands';

/** ⌘K: goes to a page or a campaign, or does something, by a few letters. */
export function CommandPalette({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup className="fixed top-[12dvh] left-1/2 z-50 w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 overflow-hidden rounded-lg border bg-surface outline-none">
          <Dialog.Title className="sr-only">Find a page or a campaign</Dialog.Title>
          <LiveData>
            <Finder onDone={() => onOpenChange(false)} />
          </LiveData>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Finder({ onDone }: { onDone: () => void }) {
  const router = useRouter();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const search = typed.trim();
  const found = useQuery({
    queryKey: queryKeys.palette(search),
    queryFn: ({ signal }) => findCampaignCommands(search, signal),
    enabled: search !== '',
    placeholderData: keepPreviousData,
  });
  const commands = [...matchingCommands(typed), ...(search === '' ? [] : (found.data ?? []))];
  const at = Math.min(active, commands.length - 1);

  function run(command: Command | undefined): void {
    if (!command) return;
    onDone();
    command.run((path) => router.push(path));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && commands.length > 0) {
      event.preventDefault();
      setActive((at + step + commands.length) % commands.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(commands[at]);
    }
  }

  return (
    <>
      <input
        role="combobox"
        aria-label="Find a page or a campaign"
        aria-expanded
        aria-controls="palette"
        aria-activedescendant={commands[at] ? `palette-${at}` : undefined}
        autoComplete="off"
        placeholder="Find a page or a campaign"
        maxLength={200}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        className="h-12 w-full border-b bg-surface px-4 text-base outline-none"
      />
      <ul id="palette" role="listbox" aria-label="Found" className="max-h-[50dvh] overflow-y-auto p-1.5">
        {commands.map((command, i) => (
          <Line
            key={command.id}
            id={`palette-${i}`}
            command={command}
            isActive={i === at}
            onChoose={() => run(command)}
          />
        ))}
      </ul>
      {commands.length === 0 && (
        <p role="status" className="px-4 pb-6 text-center text-muted">
          {found.isFetching ? 'Looking…' : `Nothing is called “${search}”.`}
        </p>
      )}
    </>
  );
}

interface LineProps {
  id: string;
  command: Command;
  isActive: boolean;
  onChoose: () => void;
}

function Line({ id, command: { word, kind, icon: Icon }, isActive, onChoose }: LineProps) {
  return (
    <li
      ref={(element) => {
        if (isActive) element?.scrollIntoView({ block: 'nearest' });
      }}
      id={id}
      role="option"
      aria-selected={isActive}
      onClick={onChoose}
      className={cn(
        'flex min-h-11 cursor-pointer items-center gap-3 rounded-md px-3 hover:bg-sunken md:min-h-9',
        isActive && 'bg-sunken',
      )}
    >
      <Icon aria-hidden className="size-4 shrink-0 text-muted" />
      <span dir="auto" className="min-w-0 grow truncate text-start">
        {word}
      </span>
      <span className="text-muted">{kind}</span>
    </li>
  );
}
