import type { Field } from '@/lib/api/schema-fields';
import { Inline } from './prose';

// Indented by how deep a field stands; written out because Tailwind reads class names from the source.
const indents = ['', 'pl-4', 'pl-8', 'pl-12', 'pl-16', 'pl-20', 'pl-24'];

/** A schema as a table that folds into one column on a narrow screen. */
export function Fields({
  label,
  fields,
  ofAnswer = false,
}: {
  label: string;
  fields: Field[];
  ofAnswer?: boolean;
}) {
  return (
    <dl aria-label={label} className="border-line divide-line divide-y rounded-lg border text-sm">
      {fields.map((field) => (
        <div
          key={field.path}
          className="grid items-baseline gap-x-4 gap-y-1 px-3 py-2 sm:grid-cols-[minmax(13rem,2fr)_3fr]"
        >
          <dt className={`min-w-0 ${indents[Math.min(field.depth, indents.length - 1)]}`}>
            <span className="font-mono text-[0.8125rem] font-medium break-words">{field.name}</span>{' '}
            <span className="text-muted text-xs">{field.type}</span>
            {field.isRequired && !ofAnswer && <span className="text-danger ml-2 text-xs">required</span>}
          </dt>
          <dd className="text-muted min-w-0 break-words">
            <Inline text={field.description} />
            {field.limits.length > 0 && (
              <span className="block text-xs">
                {field.limits.map((limit) => (
                  <span key={limit} className="mr-3 font-mono">
                    {limit}
                  </span>
                ))}
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
