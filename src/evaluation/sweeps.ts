import { settingText } from "../canvas/setting.js";
import type { JsonValue } from "../document/parse.js";
import type { Sweep } from "../scoring/sweep/sweep.js";
import { sweepsOf } from "../scoring/sweep/sweeps.js";
import type { DesignGroup, JudgedDesign } from "./design.js";
import { repeatCommand } from "./repeat-command.js";

/**
 * What the fields that were set to several values did to designs that are variants of one file; none where no field was.
 * @param judged the group's designs
 */
export function sweepsOfGroup({ designs, options }: DesignGroup, judged: readonly JudgedDesign[]): readonly Sweep[] {
  const [first] = designs;
  if (options.settings === undefined || first === undefined) return [];
  return sweepsOf(
    judged.map(({ result }) => result),
    (file, settings) => {
      // Results hold what was read from the command line, and that is JSON.
      const texts = settings.map(({ path, values }) => settingText({ path, values: values as readonly JsonValue[] }));
      return repeatCommand(first.problem.name, file, { ...options, settings: texts });
    },
  );
}
