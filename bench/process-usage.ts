import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks of /proc a second: fixed at 100 by Linux for user space. */
const TICKS = 100;

/** CPU time of one process so far, s, without its children. 0 when it has ended, or this is not Linux. */
export function cpuSecondsOf(pid: number): number {
  const stat = statOf(pid);
  return stat ? (stat.user + stat.system) / TICKS : 0;
}

/** The same with its children, those that have ended included. For PostgreSQL's postmaster: the whole server. */
export function cpuSecondsOfTree(pid: number): number {
  const stat = statOf(pid);
  if (!stat) return 0;
  const children = processIds().filter((id) => statOf(id)?.parent === pid);
  const own = (stat.user + stat.system + stat.endedChildren) / TICKS;
  return own + children.reduce((sum, child) => sum + cpuSecondsOf(child), 0);
}

export function parentOf(pid: number): number {
  return statOf(pid)?.parent ?? 0;
}

/** The most memory a process has held at once, MB; 0 when it has ended, or this is not Linux. */
export function peakMemoryMb(pid: number): number {
  return memoryOf(pid, /VmHWM:\s+(\d+)/);
}

/** What it holds now, MB. */
export function memoryMb(pid: number): number {
  return memoryOf(pid, /VmRSS:\s+(\d+)/);
}

function memoryOf(pid: number, line: RegExp): number {
  try {
    return Number(line.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

interface Stat {
  parent: number;
  /** In ticks, as the rest. */
  user: number;
  system: number;
  endedChildren: number;
}

function statOf(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name may have spaces and brackets in it: the fields count from the last bracket.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [parent = 0, user = 0, system = 0, childUser = 0, childSystem = 0] = [1, 11, 12, 13, 14].map((i) =>
      Number(fields[i]),
    );
    return { parent, user, system, endedChildren: childUser + childSystem };
  } catch {
    return null;
  }
}

function processIds(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((id) => id > 0);
}
