import type { FaultArguments } from "../document/wording.js";
import { behaviourTexts } from "./behaviours.js";
import { criteria } from "./criteria.js";
import type { EntryText } from "./entry.js";
import { type Entry, entriesOf } from "./entry.js";
import { fileFaults } from "./file-faults.js";
import { findings } from "./findings.js";
import { formatFaults, problemFaults } from "./format-faults.js";
import { invariantTexts } from "./invariants.js";
import { metricEntries } from "./metrics.js";
import { requestFaults } from "./request-faults.js";
import { roleTexts } from "./roles.js";
import { scenarioKinds } from "./scenario-kinds.js";
import { scores, verdicts } from "./scores.js";
import { outcomes, terms } from "./terms.js";

/** Every code of a fault or warning of a file; the compiler sees to it that none is missing. */
const faults: Readonly<Record<keyof FaultArguments, EntryText>> = {
  ...fileFaults,
  ...formatFaults,
  ...problemFaults,
  ...requestFaults,
};

/** Everything that `explain` explains, by kind. To explain another thing, add its text to its kind's file. */
export const catalogue: readonly Entry[] = [
  ...metricEntries,
  ...entriesOf("invariant", invariantTexts),
  ...entriesOf("criterion", criteria),
  ...entriesOf("score", scores),
  ...entriesOf("verdict", verdicts),
  ...entriesOf("finding", findings),
  ...entriesOf("role", roleTexts),
  ...entriesOf("behaviour", behaviourTexts),
  ...entriesOf("scenario", scenarioKinds),
  ...entriesOf("outcome", outcomes),
  ...entriesOf("term", terms),
  ...entriesOf("fault", faults),
];

/** The entries of an id; a kind narrows it to that kind's. */
export function entriesWithId(id: string): readonly Entry[] {
  return catalogue.filter((entry) => entry.id === id);
}
