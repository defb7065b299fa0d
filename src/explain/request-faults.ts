import type { FaultArguments } from "../document/wording.js";
import type { EntryText } from "./entry.js";

/** Faults of what was asked of a canvas on the command line: a setting, or a model's answer around it. */
export const requestFaults = {
  "unknown-target": {
    title: "A setting of a component that does not exist",
    meaning: "The path of a `--set` begins with the id of no component and no connection.",
    computed: "No id of the canvas is the beginning of the path; the nearest is suggested.",
    mend: "Begin with an id that the message lists, as in `worker.service.concurrency=80`.",
  },
  "setting-without-field": {
    title: "A setting that names no field",
    meaning: "The path of a `--set` is an id and nothing more.",
    computed: "Nothing stands behind the id.",
    mend: "Name the field, as in `worker.service.concurrency=80`.",
  },
  "not-an-object": {
    title: "A setting inside a plain value",
    meaning: "The path of a `--set` goes on behind a value that holds no fields.",
    computed: "A part of the path before the last is a number, a word or a list.",
    mend: 'Set that value as a whole, as in `worker.service.timeMs={"dist":"constant","meanMs":20}`.',
  },
  "no-json": {
    title: "No JSON in the model's answer",
    meaning: "With `--from-model-output` the text holds nothing that begins like a canvas.",
    computed: "No object between braces is found, in a code block or without one.",
    mend: "Look at the answer: the model may have refused, or been cut off before the JSON began.",
  },
  "repair-too-long": {
    title: "A broken answer too long to repair",
    meaning: "The text holds no valid JSON, and repairing one of its size would take too long.",
    computed: "It is larger than the limit that the message names.",
    mend: "Cut the canvas out by hand, or ask the model for JSON only.",
  },
} as const satisfies Partial<Record<keyof FaultArguments, EntryText>>;
