'use client';

import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '@/components/api/query-keys';
import { callApi } from '@/components/api/request';
import { TemplateBubble } from '@/components/templates/template-bubble';
import type { Template } from '@/lib/templates/schema';

interface RecipientMessageProps {
  templateId: number;
  params: Readonly<Record<string, string>>;
}

/** The message as this person gets it. Left out when the template is gone: the values beside it remain. */
export function RecipientMessage({ templateId, params }: RecipientMessageProps) {
  const { data: template } = useQuery({
    queryKey: queryKeys.template(templateId),
    queryFn: async ({ signal }) => (await callApi<Template>(`/api/templates/${templateId}`, { signal })).body,
    staleTime: Infinity,
  });
  if (!template) return null;
  return (
    <section aria-labelledby="message">
      <h3 id="message" className="mb-2 font-semibold">
        Message
      </h3>
      <TemplateBubble template={template} params={params} />
    </section>
  );
}
