import { faultsSchema } from '../faults';
import { settingsSchema } from '../settings';
import { seededRandom } from '../random';
import { z } from 'zod';
import { AdminError, findNumber, ok, parseBody, type AdminAnswer, type AdminCall } from './shapes';

export function listFaults({ box }: AdminCall): AdminAnswer {
  return ok({ rules: box.faults.list() });
}

export function setFaults({ box, body }: AdminCall): AdminAnswer {
  const input = parseBody(faultsSchema, body);
  if (input.phone_number_id === undefined && input.all !== true) {
    throw new AdminError(400, 'Say whose faults these are: phone_number_id, or all: true.');
  }
  if (input.phone_number_id !== undefined) findNumber(box, input.phone_number_id);
  box.faults.set(input);
  return ok({ rules: box.faults.list() });
}

export function clearFaults({ box, query }: AdminCall): AdminAnswer {
  box.faults.clear(query.get('phone_number_id') ?? undefined);
  return ok({ rules: box.faults.list() });
}

const changeSchema = settingsSchema.partial().extend({
  phone_number_id: z.string().optional(),
  /** Repeatable delays, orders and faults from here on. */
  seed: z.number().int().optional(),
  /** Of idle connections to the sandbox itself. */
  keep_alive_ms: z.number().int().min(100).max(600_000).optional(),
});

export function showSettings({ box, query }: AdminCall): AdminAnswer {
  const id = query.get('phone_number_id');
  return ok(id === null ? box.settings.all : box.settings.of(findNumber(box, id).id));
}

export function changeSettings({ box, body }: AdminCall): AdminAnswer {
  const { phone_number_id: id, seed, keep_alive_ms: keepAliveMs, ...input } = parseBody(changeSchema, body);
  if (id !== undefined) findNumber(box, id);
  if (seed !== undefined) Object.assign(box.random, seededRandom(seed));
  if (keepAliveMs !== undefined) box.setKeepAlive(keepAliveMs);
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  return ok(box.settings.change(given, id));
}

export function resetSettings({ box, query }: AdminCall): AdminAnswer {
  box.settings.reset(query.get('phone_number_id') ?? undefined);
  return ok(box.settings.all);
}
