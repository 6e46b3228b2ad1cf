/** The mark and the name. */
export function Brand() {
  return (
    <span className="flex items-center gap-2 text-base font-semibold tracking-tight">
      <svg aria-hidden focusable="false" viewBox="0 0 32 32" className="size-6">
        <rect width="32" height="32" rx="8" className="fill-accent" />
        <path
          d="M9 8v16M23 8v16M9 16h14"
          strokeWidth="3.5"
          strokeLinecap="round"
          className="fill-none stroke-on-accent"
        />
      </svg>
      Herald
    </span>
  );
}
