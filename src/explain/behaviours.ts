import type { JsonSchema } from "../document/json-schema.js";
import type { EntryText } from "./entry.js";
import { commonParameters, modeSchemas, ownParameters } from "./mode-schemas.js";
import { wordField } from "./schema-words.js";

/** What the schema does not say of a mode: what it is for, and what goes wrong with it. */
interface ModeText extends Pick<EntryText, "title" | "mend"> {
  readonly see?: readonly string[];
}

const modeTexts: Readonly<Record<string, ModeText>> = {
  passthrough: {
    title: "Hands a call on",
    mend: "What does work of its own states `service`: how long a call takes, and how many it serves at once.",
  },
  transform: {
    title: "Hands a call on with another content",
    mend: "As for `passthrough`; the content itself is not modelled.",
    see: ["passthrough"],
  },
  filter: {
    title: "Turns calls away",
    mend: "Where hostile calls get through raise `detection`; where buyers are refused lower `falsePositive` and `dropPct`.",
    see: ["blocked", "rejected"],
  },
  queue: {
    title: "Keeps messages and delivers them later",
    mend: "Where it fills raise `capacity`. Where it drains too slowly raise `releaseRps` or the consumers' `concurrency`, up to what follows can take. Where messages are given up raise `maxDeliveries`, and put a breaker before what fails.",
    see: ["requiredBehaviors", "drainMs", "backlogMax", "undelivered"],
  },
  split: {
    title: "Shares calls out among its connections",
    mend: "Connections with a `weight` get their share of the calls; without, each is taken in turn.",
    see: ["replicate", "condition"],
  },
  delay: {
    title: "Holds a call for a time",
    mend: "It needs no slots; what waits for it must wait longer than `delayMs`.",
    see: ["inner-timeout-too-long"],
  },
  condition: {
    title: "Chooses one connection",
    mend: "State the `weight` of each connection; without one the first is always taken.",
    see: ["split"],
  },
  retry: {
    title: "Tries again under the same item",
    mend: 'Its target has to know a repeated call (`idempotency.key: "item"`). `timeoutMs` is longer than the target takes, attempts and waits together are shorter than what the caller waits, and `onUnknown` is `same-key`.',
    see: ["retry-without-idempotent-target", "inner-timeout-too-long", "nested-retries", "amplification"],
  },
  ratelimit: {
    title: "Admits so many calls a second",
    mend: "`rps` lies above the rate that buyers come at, and below what follows can take.",
    see: ["rejected"],
  },
  circuitbreaker: {
    title: "Stops calling what fails",
    mend: "Put it nearest to what may fail, with a queue before it that keeps the work while it is open. Where it opens by chance raise `minCalls` or `failureThreshold`.",
    see: ["open", "requiredBehaviors", "amplification"],
  },
  batch: {
    title: "Gathers items and releases them together",
    mend: "Each item is delivered once: what must not be lost needs a `queue`. Items wait up to `maxWaitMs` where fewer than `size` come.",
    see: ["queue"],
  },
  replicate: {
    title: "Copies a call to every connection",
    mend: "State `quorum` where not every copy has to succeed.",
    see: ["split"],
  },
};

/** An entry for each behaviour mode; what it does and its parameters are those of the canvas's schema. */
export const behaviourTexts: Readonly<Record<string, EntryText>> = Object.fromEntries(
  [...modeSchemas()].flatMap(([mode, schema]) => {
    const text = modeTexts[mode];
    return text === undefined
      ? []
      : [[mode, { ...text, meaning: meaningOf(schema), computed: parametersOf(mode, schema) }]];
  }),
);

function meaningOf({ properties }: JsonSchema): string {
  const does = String(properties?.mode?.description ?? "");
  return `${does.charAt(0).toUpperCase()}${does.slice(1)}.`;
}

function parametersOf(mode: string, schema: JsonSchema): string {
  const own = listed(ownParameters(schema));
  if (own !== "") return `Parameters in \`behavior\`: ${own}.`;
  const none = "No parameters of its own";
  return mode === "passthrough" ? `${none}. Those of every mode: ${listed(commonParameters())}.` : `${none}.`;
}

function listed(parameters: ReadonlyMap<string, JsonSchema>): string {
  return [...parameters].map(([name, schema]) => wordField(name, schema)).join("; ");
}
