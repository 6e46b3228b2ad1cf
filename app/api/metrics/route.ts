import { metricsEndpoint } from '@/lib/api/operations';
import { requireMetricsAccess } from '@/lib/auth/metrics-access';
import { getEnv } from '@/lib/env';
import { handle } from '@/lib/http/route';
import { renderMetrics } from '@/lib/operations/gauges';

export const GET = handle(metricsEndpoint, async ({ request }) => {
  requireMetricsAccess(request.headers, getEnv().metricsToken);
  return new Response(await renderMetrics(), {
    headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' },
  });
});
