import { Banner } from '@/components/ui/banner';
import type { Missing } from './steps';

interface MissingListProps {
  title: string;
  missing: readonly Missing[];
  onFollow: (missing: Missing) => void;
}

/** What is still to do; each entry leads to its field. */
export function MissingList({ title, missing, onFollow }: MissingListProps) {
  return (
    <Banner look="warn" role="status" title={title}>
      <ul className="mt-1 list-disc space-y-1 ps-4">
        {missing.map((each) => (
          <li key={each.field + each.message}>
            <button type="button" className="text-start underline" onClick={() => onFollow(each)}>
              {each.message}
            </button>
          </li>
        ))}
      </ul>
    </Banner>
  );
}
