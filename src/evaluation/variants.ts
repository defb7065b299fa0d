import { type Edit, mostValues, parseSetting, type Setting, settingText } from "../canvas/setting.js";
import { printable } from "../document/printable.js";
import type { Design } from "./design.js";
import type { EvaluationOptions } from "./options.js";
import { UsageError } from "./usage-error.js";

/** Most variants of one canvas: each is simulated in every scenario. */
const mostVariants = mostValues;

/**
 * Every design in every variant: each combination of the settings' values, the last setting's values varying fastest.
 * Without settings the designs as they are.
 * @param unedited whether each design comes first as its file has it
 * @throws UsageError when a setting cannot be read, names a field twice, or the combinations are too many
 */
export function variantsOf(
  designs: readonly Design[],
  { settings }: EvaluationOptions,
  { unedited = false } = {},
): readonly Design[] {
  if (settings === undefined || settings.length === 0) return designs;
  const combinations = combinationsOf(readSettings(settings));
  return designs.flatMap((design) => [
    ...(unedited ? [design] : []),
    ...combinations.map((edits) => ({ ...design, edits })),
  ]);
}

/** The options under which one variant alone is run again. */
export function optionsOfVariant(options: EvaluationOptions, edits: readonly Edit[] = []): EvaluationOptions {
  return { ...options, settings: edits.map(({ path, value }) => settingText({ path, values: [value] })) };
}

function readSettings(texts: readonly string[]): readonly Setting[] {
  const faults: string[] = [];
  const settings = texts.flatMap((text) => {
    try {
      return [parseSetting(text)];
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      faults.push(error.message);
      return [];
    }
  });
  const paths = settings.map(({ path }) => path);
  for (const path of new Set(paths.filter((each, index) => paths.indexOf(each) !== index))) {
    const values = settings.filter((setting) => setting.path === path).flatMap((setting) => setting.values);
    faults.push(
      printable(`--set ${path} is given twice; try several values with one, as --set ${settingText({ path, values })}`),
    );
  }
  const count = settings.reduce((product, { values }) => product * values.length, 1);
  if (count > mostVariants) {
    const factors = settings.map(({ values }) => values.length).join(" × ");
    faults.push(
      `--set: ${factors} = ${count} combinations are more than the limit of ${mostVariants}; try fewer values`,
    );
  }
  if (faults.length > 0) throw new UsageError(faults);
  return settings;
}

function combinationsOf(settings: readonly Setting[]): readonly (readonly Edit[])[] {
  return settings.reduce<readonly (readonly Edit[])[]>(
    (combinations, { path, values }) =>
      combinations.flatMap((edits) => values.map((value) => [...edits, { path, value }])),
    [[]],
  );
}
