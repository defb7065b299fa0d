import { z } from "zod";
import { buildCanvasSchema, componentTypes } from "../src/canvas/canvas.schema.js";
import { batchParameters } from "../src/components/batch.schema.js";
import { circuitbreakerParameters } from "../src/components/circuitbreaker.schema.js";
import { conditionParameters } from "../src/components/condition.schema.js";
import { delayParameters } from "../src/components/delay.schema.js";
import { filterParameters } from "../src/components/filter.schema.js";
import { passthroughParameters } from "../src/components/passthrough.schema.js";
import { queueParameters } from "../src/components/queue.schema.js";
import { ratelimitParameters } from "../src/components/ratelimit.schema.js";
import { replicateParameters } from "../src/components/replicate.schema.js";
import { retryParameters } from "../src/components/retry.schema.js";
import { splitParameters } from "../src/components/split.schema.js";
import { transformParameters } from "../src/components/transform.schema.js";
import { configSchema } from "../src/config/config.schema.js";
import type { JsonSchema, SchemaName } from "../src/document/json-schema.js";
import { buildProblemSchema } from "../src/problem/problem.schema.js";
import { consumerParameters } from "../src/roles/consumer.schema.js";
import { inventoryParameters } from "../src/roles/inventory.schema.js";
import { ledgerParameters } from "../src/roles/ledger.schema.js";
import { lockParameters } from "../src/roles/lock.schema.js";
import { orderStoreParameters } from "../src/roles/order-store.schema.js";
import { outboxParameters } from "../src/roles/outbox.schema.js";
import { paymentProviderParameters } from "../src/roles/payment-provider.schema.js";
import { readModelParameters } from "../src/roles/read-model.schema.js";
import { webhookParameters } from "../src/roles/webhook.schema.js";
import { adversarialParameters } from "../src/scenarios/adversarial.schema.js";
import { baselineParameters } from "../src/scenarios/baseline.schema.js";
import { brownoutParameters } from "../src/scenarios/brownout.schema.js";
import { cascadeParameters } from "../src/scenarios/cascade.schema.js";
import { crashParameters } from "../src/scenarios/crash.schema.js";
import { latencyParameters } from "../src/scenarios/latency.schema.js";
import { outageParameters } from "../src/scenarios/outage.schema.js";
import { pauseParameters } from "../src/scenarios/pause.schema.js";
import { spikeParameters } from "../src/scenarios/spike.schema.js";
import { baselineSchema } from "../src/scoring/baseline/baseline.schema.js";
import { comparisonSchema } from "../src/scoring/comparison/comparison.schema.js";
import { resultSchema } from "../src/scoring/result.schema.js";
import { resultsSchema } from "../src/scoring/sweep/sweep.schema.js";
import { discriminateUnions } from "./discriminated-unions.js";

/** Every behaviour mode; one line per `src/components/*.schema.ts`. */
const behaviours = [
  passthroughParameters,
  transformParameters,
  filterParameters,
  queueParameters,
  splitParameters,
  delayParameters,
  conditionParameters,
  retryParameters,
  ratelimitParameters,
  circuitbreakerParameters,
  batchParameters,
  replicateParameters,
] as const;

/** Every role by its name; one line per `src/roles/*.schema.ts`. */
const roles = {
  "payment-provider": paymentProviderParameters,
  "order-store": orderStoreParameters,
  outbox: outboxParameters,
  consumer: consumerParameters,
  ledger: ledgerParameters,
  "read-model": readModelParameters,
  inventory: inventoryParameters,
  lock: lockParameters,
  webhook: webhookParameters,
} as const;

/** Every scenario kind; one line per `src/scenarios/<kind>.schema.ts`. */
const scenarios = [
  baselineParameters,
  spikeParameters,
  latencyParameters,
  outageParameters,
  brownoutParameters,
  cascadeParameters,
  adversarialParameters,
  crashParameters,
  pauseParameters,
] as const;

const [firstMode, ...otherModes] = behaviours.map((behaviour) => behaviour.shape.mode.value);
if (firstMode === undefined) throw new RangeError("there is no behaviour mode");

/** The zod schemas of the published formats: the single source of types and JSON Schemas. */
export const formats = {
  canvas: buildCanvasSchema(behaviours),
  config: configSchema,
  problem: buildProblemSchema(roles, scenarios, [firstMode, ...otherModes, ...componentTypes]),
  result: resultSchema,
  results: resultsSchema,
  baseline: baselineSchema,
  comparison: comparisonSchema,
} as const satisfies Readonly<Record<SchemaName, z.ZodType>>;

const titles: Readonly<Record<SchemaName, string>> = {
  canvas: "CanvasState: a system design for chini-bench",
  config: "chini-bench.config.json: what chini-bench run does without arguments",
  problem: "A problem of chini-bench",
  result: "What chini-bench run --json prints for one canvas",
  results: "What chini-bench run --json prints for several canvases, or variants of one",
  baseline: "Figures of designs that later runs of chini-bench are compared with",
  comparison: "What chini-bench compare --json prints",
};

/** The JSON Schema (draft 2020-12) of a format, as it is published. */
export function composeSchema(name: SchemaName): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(formats[name], { io: "input", target: "draft-2020-12" });
  return {
    $schema,
    $id: `urn:chini-bench:schema:${name}`,
    title: titles[name],
    ...discriminateUnions(schema as JsonSchema),
  };
}

/** The text of a published schema file. */
export function schemaText(name: SchemaName): string {
  return `${JSON.stringify(composeSchema(name), null, 2)}\n`;
}
