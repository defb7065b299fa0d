import { batch } from "./batch.js";
import { circuitbreaker } from "./circuitbreaker.js";
import { condition } from "./condition.js";
import { delay } from "./delay.js";
import { filter } from "./filter.js";
import type { Mode } from "./mode.js";
import { passthrough } from "./passthrough.js";
import { queue } from "./queue.js";
import { ratelimit } from "./ratelimit.js";
import { replicate } from "./replicate.js";
import { retry } from "./retry.js";
import { split } from "./split.js";
import { transform } from "./transform.js";

/** Every behaviour mode, by name. */
export const modes: ReadonlyMap<string, Mode> = new Map(
  [
    passthrough,
    transform,
    filter,
    queue,
    split,
    delay,
    condition,
    retry,
    ratelimit,
    circuitbreaker,
    batch,
    replicate,
  ].map((mode) => [mode.name, mode]),
);
