import type { z } from 'zod';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One route of the contract, described once: the schemas validate the request (lib/http/route.ts) and make
 * the OpenAPI document (lib/api/openapi.ts). Object schemas are strict: an extra field is refused.
 */
export interface Endpoint {
  method: Method;
  /** `/api/campaigns/{id}`, as OpenAPI writes it. */
  path: string;
  tag:
    | 'Auth'
    | 'Settings'
    | 'Senders'
    | 'Templates'
    | 'Media'
    | 'Drafts'
    | 'Campaigns'
    | 'Recipients'
    | 'Contacts'
    | 'Costs'
    | 'Webhook'
    | 'Webhook endpoints'
    | 'Operations';
  summary: string;
  /** Longer text, Markdown. */
  description?: string;
  /** `user`: a member of a workspace (Bearer token or session cookie). `none`: open, or guarded in its own way. */
  auth: 'user' | 'none';
  /** With `user`: a signed-in person only. An API key must not make keys or change what signs people in. */
  personOnly?: true;
  params?: z.ZodType;
  query?: z.ZodType;
  /** JSON body. `bodyOptional`: no body at all is taken as `{}`. */
  body?: z.ZodType;
  bodyOptional?: boolean;
  /** Bytes of JSON accepted; 1 MiB unless given. */
  maxBodyBytes?: number;
  /** multipart/form-data accepted too: its fields, for the document only (the handler streams it). */
  multipart?: z.ZodType;
  /** The body is a file as it is (the handler streams it). */
  bytes?: true;
  /** Honours the Idempotency-Key header. */
  idempotent?: boolean;
  /** Answers 429 when it is called too often. */
  limited?: boolean;
  /** Success answers by status code. A string is a media type other than JSON. */
  responses: Record<number, z.ZodType | string>;
}

/** Keeps the schemas' types, so that `handle` can infer the handler's input. */
export function endpoint<const E extends Endpoint>(description: E): E {
  return description;
}
