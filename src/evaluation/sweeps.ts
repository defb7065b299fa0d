import { settingText } from "../canvas/setting.js";
import type { JsonValue } from "../document/parse.js";
import type { Sweep } from "../scoring/sweep/sweep.js";
import { sweepsOf } from "../scoring/sweep/sweeps.js";
import type { DesignGroup, JudgedDesign } from "./design.js";
import { repeatCommand } from "./repeat-command.js";

/**
 * What the fields that were set to several values did to designs that are variants of one file; none where no field was.
 * Designs of two groups are never variants of each other: their problems or options differ.
 * @param judged each group's designs
 * @returns rows that count the designs of all groups, one group after the other
 */
export function sweepsOfGroups(
  groups: readonly DesignGroup[],
  judged: readonly (readonly JudgedDesign[])[],
): readonly Sweep[] {
  let before = 0;
  return groups.flatMap((group, index) => {
    const own = judged[index] ?? [];
    const first = before;
    before += own.length;
    return sweepsOfGroup(group, own).map((sweep) => ({
      ...sweep,
      rows: sweep.rows.map((row) => ({ ...row, design: first + row.design })),
    }));
  });
}

/** The sweeps of a group; rows count its own designs. */
function sweepsOfGroup({ designs, options }: DesignGroup, judged: readonly JudgedDesign[]): readonly Sweep[] {
  if (options.settings === undefined) return [];
  return sweepsOf(
    judged.map(({ result }) => result),
    (design, settings) => {
      const { problem, file } = designs[design]!;
      // Results hold what was read from the command line, and that is JSON.
      const texts = settings.map(({ path, values }) => settingText({ path, values: values as readonly JsonValue[] }));
      return repeatCommand(problem.name, file, { ...options, settings: texts });
    },
  );
}
