import { z } from 'zod';
import { endpoint } from './endpoint';

const email = z
  .string()
  .trim()
  .max(254, 'Must have at most 254 characters.')
  .pipe(z.email('Must be an email address, like name@example.com.'))
  .meta({ description: 'Unique, whatever its case.', example: 'ana@example.com' });

const newPassword = z
  .string()
  .min(8, 'Must have at least 8 characters.')
  .max(200, 'Must have at most 200 characters.')
  .meta({ description: '8 to 200 characters.', example: 'correct horse battery' });

const refreshToken = z
  .string()
  .min(1, 'This field is required.')
  .max(200, 'This is not a refresh token.')
  .meta({ description: 'As it was given at sign-in or at the last refresh.' });

/** What a sign-in takes; the browser's form sends the same. */
export const credentialsSchema = z.strictObject({
  email,
  password: z
    .string()
    .min(1, 'This field is required.')
    .max(200, 'Must have at most 200 characters.')
    .meta({ example: 'correct horse battery' }),
});

const user = z.object({ id: z.uuid(), email: z.string(), name: z.string().nullable() }).meta({ id: 'User' });

const tokenPair = z.object({
  success: z.literal(true),
  access_token: z.string().meta({ description: 'A JWT for the Authorization header.' }),
  refresh_token: z.string().meta({ description: 'Good once; keep the newest.' }),
  token_type: z.literal('Bearer'),
  expires_in: z.int().meta({ description: 'Life of the access token, in seconds.', example: 900 }),
});

const signedIn = tokenPair.extend({ user });

export const signUpEndpoint = endpoint({
  method: 'POST',
  path: '/api/auth/signup',
  tag: 'Auth',
  summary: 'Make an account',
  description: 'Makes a workspace with you as its member, and signs you in.',
  auth: 'none',
  body: z.strictObject({
    email,
    password: newPassword,
    name: z.string().trim().min(1, 'Leave it out or give a name.').max(100).optional(),
  }),
  responses: { 201: signedIn },
});

export const logInEndpoint = endpoint({
  method: 'POST',
  path: '/api/auth/login',
  tag: 'Auth',
  summary: 'Sign in',
  description: 'For programs. The browser signs in by next-auth, under the same prefix.',
  auth: 'none',
  body: credentialsSchema,
  responses: { 200: signedIn },
});

export const refreshEndpoint = endpoint({
  method: 'POST',
  path: '/api/auth/refresh',
  tag: 'Auth',
  summary: 'Get a new pair of tokens',
  description:
    'The old refresh token is dead from then on. Using it again ends the whole session: it was in two hands.',
  auth: 'none',
  body: z.strictObject({ refresh_token: refreshToken }),
  responses: { 200: tokenPair },
});

export const logOutEndpoint = endpoint({
  method: 'POST',
  path: '/api/auth/logout',
  tag: 'Auth',
  summary: 'Sign out',
  description: 'Ends the session: its access tokens are refused at once. Signing out twice is no error.',
  auth: 'none',
  body: z.strictObject({ refresh_token: refreshToken }),
  responses: { 200: z.object({ success: z.literal(true) }) },
});

const personOnly = 'For a signed-in person only, not with an API key.';

export const meEndpoint = endpoint({
  method: 'GET',
  path: '/api/auth/me',
  tag: 'Auth',
  summary: 'Who am I',
  auth: 'user',
  responses: { 200: z.object({ user }) },
});

export const updateMeEndpoint = endpoint({
  method: 'PATCH',
  path: '/api/auth/me',
  tag: 'Auth',
  summary: 'Change your name',
  description: personOnly,
  auth: 'user',
  personOnly: true,
  body: z.strictObject({
    name: z
      .string()
      .trim()
      .max(100, 'Must have at most 100 characters.')
      .transform((name) => name || null)
      .nullable()
      .describe('null or empty: no name.'),
  }),
  responses: { 200: z.object({ success: z.literal(true), user }) },
});

export const changePasswordEndpoint = endpoint({
  method: 'POST',
  path: '/api/auth/password',
  tag: 'Auth',
  summary: 'Change your password',
  description: `Ends all your other sessions, with their access and refresh tokens, at once; the one that asks goes on, and API keys stay good. ${personOnly}`,
  auth: 'user',
  personOnly: true,
  body: z.strictObject({
    current_password: credentialsSchema.shape.password,
    new_password: newPassword,
  }),
  responses: {
    200: z.object({
      success: z.literal(true),
      sessions_ended: z.int().meta({ description: 'Other sessions that are over now.' }),
    }),
    429: z.unknown(),
  },
});

export const logOutEverywhereEndpoint = endpoint({
  method: 'POST',
  path: '/api/auth/logout-everywhere',
  tag: 'Auth',
  summary: 'Sign out everywhere',
  description: `Ends every session of yours at once, the one that asks too: sign in again. API keys stay good. ${personOnly}`,
  auth: 'user',
  personOnly: true,
  responses: {
    200: z.object({
      success: z.literal(true),
      sessions_ended: z.int().meta({ description: 'This one among them.' }),
    }),
  },
});
