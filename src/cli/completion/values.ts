/** A word that may stand at the cursor, and what it means. */
export interface Candidate {
  readonly value: string;
  readonly meaning: string;
}

/** An argument, or an option's value. */
export interface Expected {
  readonly name: string;
  /** What commander allows; null for anything. */
  readonly choices: readonly string[] | null;
  /** Where nothing is known about it, it is a file's name. */
  readonly files: boolean;
}

export interface Values {
  readonly candidates: readonly Candidate[];
  readonly files: boolean;
}

/** Words for arguments and options by their name; `positionals` are the arguments that stand before. */
const sources: ReadonlyMap<string, (positionals: readonly string[]) => Promise<Values>> = new Map([
  ["problem", problems],
  ["scenario", scenarios],
  ["reporter", reporters],
  ["gate", metrics],
]);

/** What is known of the values of an argument or option. */
export async function valuesOf(expected: Expected, positionals: readonly string[]): Promise<Values> {
  if (expected.choices !== null) return words(expected.choices);
  const source = sources.get(expected.name);
  return source === undefined ? { candidates: [], files: expected.files } : source(positionals);
}

function words(values: readonly string[]): Values {
  return { candidates: values.map((value) => ({ value, meaning: "" })), files: false };
}

async function problems(): Promise<Values> {
  const { listProblems } = await import("../../problem/load.js");
  const candidates = (await listProblems()).map(({ id, title }) => ({ value: id, meaning: title }));
  return { candidates, files: true };
}

/** Those of the problem that the line names; none while it is no problem. */
async function scenarios([problem]: readonly string[]): Promise<Values> {
  const { loadProblem } = await import("../../problem/load.js");
  const { InputError } = await import("../../document/input-error.js");
  if (problem === undefined) return words([]);
  try {
    const loaded = await loadProblem(problem);
    const candidates = loaded.problem.scenarios.map(({ id, label }) => ({ value: id, meaning: label ?? "" }));
    return { candidates, files: false };
  } catch (error) {
    if (error instanceof InputError) return words([]);
    throw error;
  }
}

async function reporters(): Promise<Values> {
  const { reporterNames } = await import("../../report/index.js");
  return words(reporterNames);
}

async function metrics(): Promise<Values> {
  const { metricNames } = await import("../../scoring/metric.js");
  const { costMetricNames } = await import("../../scoring/cost-metric.js");
  return words([...metricNames, ...costMetricNames]);
}
