import { collectDefaultMetrics, Counter, Registry } from 'prom-client';

interface Metrics {
  registry: Registry;
  webhookRequests: Counter<'result'>;
  webhookStatuses: Counter<'result'>;
  sends: Counter<'outcome'>;
}

function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    webhookRequests: new Counter({
      name: 'herald_webhook_requests_total',
      help: 'Webhook calls to this process, by what became of them.',
      labelNames: ['result'],
      registers: [registry],
    }),
    webhookStatuses: new Counter({
      name: 'herald_webhook_statuses_total',
      help: 'Statuses in those calls, by what became of them: applied, repeated, unknown, parked.',
      labelNames: ['result'],
      registers: [registry],
    }),
    sends: new Counter({
      name: 'herald_sends_total',
      help: 'Requests to WhatsApp made by this process, by outcome.',
      labelNames: ['outcome'],
      registers: [registry],
    }),
  };
}

// One a process: the server and Next's bundles each hold a copy of this file.
const shared = globalThis as typeof globalThis & { heraldMetrics?: Metrics };

/** Counters of this process, to bump where things happen; `/api/metrics` shows those of the web process. */
export const { registry, webhookRequests, webhookStatuses, sends } = (shared.heraldMetrics ??=
  createMetrics());
