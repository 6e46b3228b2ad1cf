import type { MessageComponent, MessageParameter } from './types';

/** By parameter key (lib/templates/schema.ts). */
export type Params = Readonly<Record<string, string>>;

/** What one component of a message becomes for one recipient; null: it is left out. */
export type ComponentBuilder = (params: Params) => MessageComponent | null;

/** What one parameter becomes for one recipient. */
export type ParameterBuilder = (params: Params) => MessageParameter;
