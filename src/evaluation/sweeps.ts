import { settingText } from "../canvas/setting.js";
import type { JsonValue } from "../document/parse.js";
import type { Sweep } from "../scoring/sweep/sweep.js";
import { sweepsOf } from "../scoring/sweep/sweeps.js";
import type { JudgedDesign } from "./design.js";
import type { EvaluationOptions } from "./options.js";
import { repeatCommand } from "./repeat-command.js";

/**
 * What a report says of designs that are variants of one file; nothing where no field was set to several values.
 * @param problemName as it was asked for
 */
export function withSweeps(
  designs: readonly JudgedDesign[],
  problemName: string,
  options: EvaluationOptions,
): { readonly designs: readonly JudgedDesign[]; readonly sweeps?: readonly Sweep[] } {
  if (options.settings === undefined) return { designs };
  const sweeps = sweepsOf(
    designs.map(({ result }) => result),
    (file, settings) => {
      // Results hold what was read from the command line, and that is JSON.
      const texts = settings.map(({ path, values }) => settingText({ path, values: values as readonly JsonValue[] }));
      return repeatCommand(problemName, file, { ...options, settings: texts });
    },
  );
  return sweeps.length === 0 ? { designs } : { designs, sweeps };
}
