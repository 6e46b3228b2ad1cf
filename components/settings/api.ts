import { callApi } from '@/components/api/request';
import type { Settings } from '@/lib/settings/schema';
import type { WorkspaceSettings } from '@/lib/settings/workspace-schema';

export async function fetchSettings(signal?: AbortSignal): Promise<Settings> {
  return (await callApi<Settings>('/api/settings', { signal })).body;
}

/** Saves what is given, keeps the rest; returns all of it as it stands now. */
export async function saveSettings(changes: Partial<Settings>): Promise<Settings> {
  const { body } = await callApi<{ settings: Settings }>('/api/settings', { method: 'PATCH', body: changes });
  return body.settings;
}

/** What holds for everybody in the account. */
export async function saveWorkspaceSettings(changes: WorkspaceSettings): Promise<WorkspaceSettings> {
  const call = { method: 'PATCH', body: changes } as const;
  return (await callApi<{ settings: WorkspaceSettings }>('/api/workspace', call)).body.settings;
}
