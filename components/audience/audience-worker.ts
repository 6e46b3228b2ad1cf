import { AppError } from '@/lib/errors';
import { AudienceEngine } from './audience-engine';
import { toFailure } from './failure';
import type { CallName, Calls, Question, Refusal, Reply } from './protocol';

const PROGRESS_MS = 50;

const engine = new AudienceEngine();
let toldAt = 0;

const handlers: { [K in CallName]: (argument: Calls[K][0]) => Calls[K][1] | Promise<Calls[K][1]> } = {
  read: (request) => engine.read(request, tellProgress),
  check: (rules) => engine.check(rules),
  unasked: (limit) => engine.unasked(limit),
  suppress: (answer) => engine.suppress(answer),
  result: () => engine.result(),
  rows: (query) => engine.rows(query),
  edit: (edit) => engine.edit(edit),
  toCsv: () => engine.toCsv(),
  rejectsToCsv: () => engine.rejectsToCsv(),
};

addEventListener('message', (event: MessageEvent<Question>) => void answer(event.data));

async function answer<K extends CallName>({ id, call, argument }: Question<K>): Promise<void> {
  try {
    reply({ id, ok: true, answer: await handlers[call](argument) });
  } catch (error) {
    reply({ id, ok: false, refusal: toRefusal(error) });
  }
}

function tellProgress(progress: number): void {
  const now = performance.now();
  if (now - toldAt < PROGRESS_MS) return;
  toldAt = now;
  reply({ progress });
}

function reply(message: Reply): void {
  postMessage(message);
}

function toRefusal(error: unknown): Refusal {
  const failure = toFailure(error);
  if (error instanceof AppError) return { ...failure, code: error.code, issues: error.issues };
  return { ...failure, code: 'audience_failed', issues: [] };
}
