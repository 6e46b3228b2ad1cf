import { healthEndpoint } from '@/lib/api/operations';
import { handle, json } from '@/lib/http/route';
import { checkHealth } from '@/lib/operations/health';

export const GET = handle(healthEndpoint, async () => {
  const health = await checkHealth();
  return health.status === 'ok' ? json(200, health) : json(503, health, { 'Retry-After': '5' });
});
