import { messageOf } from '@/components/api/request';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { CheckList } from './check-list';
import { Panel } from './panel';
import type { useConnectionTest } from './use-sender';

/** Tries the connection and shows what was found; old findings stay until there are new ones. */
export function ConnectionPanel({ test }: { test: ReturnType<typeof useConnectionTest> }) {
  return (
    <Panel
      id="connection"
      title="Connection"
      lead="Whether token, number, account, templates and webhook are right. It sends nothing."
      action={
        <Button busy={test.isPending} onClick={() => test.mutate()}>
          Test connection
        </Button>
      }
    >
      {test.isError ? (
        <Banner look="danger" title="The connection could not be tested" role="alert">
          {messageOf(test.error)}
        </Banner>
      ) : (
        test.data && <CheckList checks={test.data} />
      )}
    </Panel>
  );
}
