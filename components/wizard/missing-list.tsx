import { Banner } from '@/components/ui/banner';
import type { Missing } from './steps';

interface MissingListProps {
  /** For a button that waits for all this. */
  id?: string;
  title: string;
  missing: readonly Missing[];
  onFollow: (missing: Missing) => void;
}

/** What is still to do; each entry leads to its field. */
export function MissingList({ id, title, missing, onFollow }: MissingListProps) {
  return (
    <Banner look="warn" role="status" title={title}>
      <ul id={id} className="md:mt-1">
        {missing.map((each) => (
          <li key={each.field + each.message}>
            <button
              type="button"
              className="min-h-11 text-start underline underline-offset-2 md:min-h-6"
              onClick={() => onFollow(each)}
            >
              {each.message}
            </button>
          </li>
        ))}
      </ul>
    </Banner>
  );
}
