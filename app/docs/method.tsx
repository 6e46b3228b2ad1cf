const colours: Record<string, string> = {
  GET: 'bg-sunken text-info',
  POST: 'bg-accent-soft text-accent',
  PATCH: 'bg-warn-soft text-warn',
  DELETE: 'bg-danger-soft text-danger',
};

export function Method({ method }: { method: string }) {
  return (
    <span
      className={`inline-block w-14 shrink-0 rounded py-0.5 text-center font-mono text-[0.6875rem] font-semibold ${colours[method] ?? 'bg-sunken'}`}
    >
      {method}
    </span>
  );
}
