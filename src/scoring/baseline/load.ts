import { type JsonDocument, loadDocument } from "../../document/document.js";
import { type Fault, sortFaults } from "../../document/fault.js";
import { InputError } from "../../document/input-error.js";
import { pointerTo } from "../../document/pointer.js";
import { schemaFaults } from "../../document/validate.js";
import { type Baseline, keyOf } from "./baseline.js";

/** Largest baseline file, in bytes: about ten designs with a thousand seeds. Reading it takes 0.35 s a megabyte. */
export const maxBaselineBytes = 64_000_000;

/**
 * Loads a baseline and checks it against its schema, and that every column has a value for each seed.
 * @throws InputError with every fault of the file
 */
export async function loadBaseline(file: string): Promise<Baseline> {
  const document = await loadDocument(file, maxBaselineBytes);
  const shape = schemaFaults(document, "baseline");
  if (shape.length > 0) throw new InputError(shape);
  // The schema is generated from the one that the type comes from, and the document has passed it.
  const baseline = document.value as unknown as Baseline;
  const faults = [
    ...optionFaults(document, baseline),
    ...columnFaults(document, baseline),
    ...twins(document, baseline),
  ];
  if (faults.length > 0) throw new InputError(sortFaults(faults));
  return baseline;
}

function optionFaults(document: JsonDocument, { options: { seed, seeds } }: Baseline): readonly Fault[] {
  const most = Number.MAX_SAFE_INTEGER - (seeds - 1);
  if (seed <= most) return [];
  return [document.fault("/options/seed", { code: "out-of-range", found: String(seed), allowed: [`at most ${most}`] })];
}

function columnFaults(document: JsonDocument, { options, designs }: Baseline): readonly Fault[] {
  return designs.flatMap(({ figures, scenarios }, index) => {
    const design = pointerTo("/designs", index);
    const tables = [
      [pointerTo(design, "figures"), figures] as const,
      ...scenarios.map((scenario, position) => {
        const run = pointerTo(pointerTo(design, "scenarios"), position);
        return [pointerTo(run, "figures"), scenario.figures] as const;
      }),
    ];
    return tables.flatMap(([pointer, columns]) =>
      Object.entries(columns)
        .filter(([, column]) => column.length !== options.seeds)
        .map(([name, { length }]) =>
          document.fault(pointerTo(pointer, name), { code: "column-length", count: length, seeds: options.seeds }),
        ),
    );
  });
}

/** Designs that are in the file twice. */
function twins(document: JsonDocument, { designs }: Baseline): readonly Fault[] {
  const first = new Map<string, number>();
  return designs.flatMap((design, index) => {
    const key = keyOf(design);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, index);
      return [];
    }
    const firstLine = document.positionOf(pointerTo("/designs", earlier))?.line ?? 0;
    const detail = {
      code: "duplicate-id",
      noun: "design",
      found: `${design.problem} ${design.canvas}`,
      firstLine,
    } as const;
    return [document.fault(pointerTo("/designs", index), detail)];
  });
}
