// Loaded into a worker by `--import`, and only there: its wall clock is off by CHAOS_SKEW_MS, and jumps to the other
// side after CHAOS_JUMP_MS. The monotonic clock runs on, as it does when a machine's time is set.
const RealDate = Date;
const jumpsAt = performance.now() + Number(process.env.CHAOS_JUMP_MS);
const skewMs = Number(process.env.CHAOS_SKEW_MS);

const skewed = () => RealDate.now() + (performance.now() < jumpsAt ? skewMs : -skewMs);

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: [], newTarget: typeof Date) =>
    Reflect.construct(target, given.length === 0 ? [skewed()] : given, newTarget) as Date,
  apply: () => new RealDate(skewed()).toString(),
  get: (target, name, receiver) =>
    name === 'now' ? skewed : (Reflect.get(target, name, receiver) as unknown),
});
