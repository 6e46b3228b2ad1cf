import { messageOf, ApiError } from '@/components/api/request';
import { Banner } from '@/components/ui/banner';

/** Why nothing was done: in words, with each place that is wrong, and the request's number for the log. */
export function FaultBanner({ title, error }: { title: string; error: unknown }) {
  const issues = error instanceof ApiError ? error.issues : [];
  const words = messageOf(error);
  const more = issues.filter(({ message }) => message !== words);
  const requestId = error instanceof ApiError && error.status >= 500 ? error.requestId : null;
  return (
    <Banner look="danger" title={title} role="alert">
      <p>{words}</p>
      {more.length > 0 && <IssueList issues={more} />}
      {requestId && <p className="text-xs">Request {requestId}</p>}
    </Banner>
  );
}

/** A list that may be long, in a box that scrolls by itself. */
export function IssueList({ issues }: { issues: readonly { path: string; message: string }[] }) {
  return (
    <ul
      tabIndex={0}
      aria-label="What is wrong, row by row"
      className="mt-2 max-h-40 list-disc space-y-1 overflow-y-auto ps-5"
    >
      {issues.map(({ path, message }) => (
        <li key={`${path} ${message}`}>{message}</li>
      ))}
    </ul>
  );
}
