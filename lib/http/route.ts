import type { z } from 'zod';
import type { Endpoint } from '@/lib/api/endpoint';
import type { Actor } from '@/lib/tenant';

/** The signed-in user a handler acts for. */
export interface AuthUser extends Actor {
  email: string;
  name: string | null;
  sessionId: string;
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

export interface Context<E extends Endpoint> {
  user: E['auth'] extends 'user' ? AuthUser : undefined;
  params: Parsed<E['params']>;
  query: Parsed<E['query']>;
  /** undefined when the request is multipart: the handler streams `request.body` itself. */
  body: Parsed<E['body']>;
  request: Request;
}

type NextRouteContext = { params: Promise<Record<string, string | string[] | undefined>> };
export type RouteHandler = (request: Request, context: NextRouteContext) => Promise<Response>;
export type EndpointHandler<E extends Endpoint> = (context: Context<E>) => Promise<Response>;

/** Authenticates, validates, calls, and maps every failure to the contract's error body. */
export declare function handle<E extends Endpoint>(endpoint: E, handler: EndpointHandler<E>): RouteHandler;

/** A JSON answer, `Cache-Control: no-store`. */
export declare function json(status: number, body: unknown, headers?: HeadersInit): Response;
