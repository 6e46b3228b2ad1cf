import { execFile } from 'node:child_process';

const LONGEST_MS = 10 * 60_000;

interface Report {
  testResults: { assertionResults: { status: string; failureMessages: string[] }[] }[];
}

/**
 * Runs one test file from the sources in `root` and returns the words its tests failed with; none: all passed. Throws when
 * it does not come to a verdict.
 */
export async function launchTest(file: string, seed: number, root: string): Promise<string[]> {
  const program = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    'database',
    '--reporter',
    'json',
    file,
  ];
  const output = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      program,
      {
        cwd: root,
        timeout: LONGEST_MS,
        maxBuffer: 64 * 1024 * 1024,
        env: { ...process.env, PROPERTY_SEED: String(seed) },
      },
      // Failed tests, too, are a failure of the program.
      (_, stdout, stderr) => resolve(stdout || stderr),
    );
  });
  const begin = output.indexOf('{"numTotalTestSuites"');
  if (begin === -1) throw new Error(`${file} came to no verdict:\n${output.slice(-4000)}`);
  const { testResults } = JSON.parse(output.slice(begin)) as Report;
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  if (results.length === 0) throw new Error(`${file} ran no test:\n${output.slice(-4000)}`);
  return results.flatMap(({ failureMessages }) => failureMessages);
}
