import type { Reference } from '@/lib/api/reference';
import { CodeBlock } from './operation';
import { Prose } from './prose';

const errorExample = `{
  "success": false,
  "error": {
    "code": "validation_failed",
    "message": "template_id: This field is required.",
    "issues": [
      { "path": "template_id", "message": "This field is required." }
    ]
  }
}`;

const topics = [
  {
    title: 'Signing in',
    text: 'Send `Authorization: Bearer` with the access token of a sign-in. It lives 15 minutes; the refresh token gives the next pair, and is good once. A program that always runs takes an API key in the same header instead: made in the settings, good until it expires or is revoked. A browser may use its session cookie instead, for changes only from this site.',
  },
  {
    title: 'Conventions',
    text: 'JSON in and out, as `application/json`. Times are ISO 8601 in UTC. Ids are UUIDs, but for `template_id`, an integer. A field that is not known is refused. Somebody else’s id answers like one that does not exist.',
  },
  {
    title: 'Doing a thing once',
    text: 'Where `Idempotency-Key` is listed, the same key and body within 24 hours answer the first answer again and do nothing twice.',
  },
];

export function Introduction({ reference }: { reference: Reference }) {
  return (
    <section aria-labelledby="introduction" className="pb-8">
      <h1 id="introduction" className="text-2xl font-semibold tracking-tight">
        {reference.title} API <span className="text-muted text-sm font-normal">{reference.version}</span>
      </h1>
      <p className="text-muted mt-2 max-w-prose">{reference.description}</p>
      <p className="mt-4 flex flex-wrap gap-x-6 gap-y-1 text-sm">
        <span>
          Base URL <code className="font-mono break-all">{reference.baseUrl}</code>
        </span>
        <a href="/api/openapi.json" className="text-accent underline">
          OpenAPI document
        </a>
      </p>
      <div className="mt-6 grid gap-6 xl:grid-cols-2">
        {topics.map(({ title, text }) => (
          <div key={title}>
            <h2 className="font-medium">{title}</h2>
            <Prose text={text} className="text-muted mt-1 max-w-prose" />
          </div>
        ))}
        <div className="min-w-0">
          <h2 className="font-medium">When something fails</h2>
          <p className="text-muted mt-1 mb-2 max-w-prose">
            The status says what kind, the code is for programs, the message for people.
          </p>
          <CodeBlock label="An error">{errorExample}</CodeBlock>
        </div>
      </div>
    </section>
  );
}
