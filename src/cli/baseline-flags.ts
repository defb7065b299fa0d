import type { Command } from "commander";

/** The options by which `run` keeps and uses a baseline. */
export interface BaselineFlags {
  readonly saveBaseline?: string;
  /** False where the configuration's is not to be used. */
  readonly baseline?: string | false;
  readonly failOnRegression?: boolean;
}

/** Whether a run has anything to do with baselines: else what compares them need not be loaded. */
export function concernsBaseline({ saveBaseline, baseline = false, failOnRegression }: BaselineFlags): boolean {
  return saveBaseline !== undefined || baseline !== false || failOnRegression === true;
}

/** Adds the options to a command. */
export function addBaselineOptions(command: Command): Command {
  return command
    .option("--save-baseline <file>", "write the figures to a new file that later runs are compared with")
    .option("--baseline <file>", "compare with the figures of this file, with its seeds unless others are given")
    .option("--no-baseline", "compare with none, whatever the configuration says")
    .option("--fail-on-regression", "exit 1 when a design is worse than in the baseline, by more than luck explains")
    .option("--no-fail-on-regression", "only report it, whatever the configuration says");
}
