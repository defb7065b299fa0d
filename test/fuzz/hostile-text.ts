import { readFileSync } from "node:fs";
import fc from "fast-check";
import type { JsonValue } from "../../src/document/parse.js";
import { mutationsOf } from "../fixtures/mutations.js";

const valid = readFileSync("canvases/chini-002-checkout/plain.json", "utf8");
const pieces = [
  ...[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    '"',
    "\\",
    "null",
    "NaN",
    "Infinity",
    "-",
    "1e999",
    "0x1",
    "//",
    "\u0000",
    "\u001b[31m",
  ],
  ...[
    '"__proto__":{}',
    '"constructor":{}',
    '"id":"a"',
    '"components":[]',
    "\u202e",
    "\ud800",
    "\ufeff",
    "\u009b2J",
    "\r\n",
  ],
];

/** The valid file with something cut out, put in, or repeated. */
const damagedTexts = fc
  .tuple(fc.nat(valid.length), fc.nat(60), fc.array(fc.constantFrom(...pieces), { maxLength: 5 }), fc.boolean())
  .map(([at, length, inserted, cutsRest]) =>
    cutsRest
      ? valid.slice(0, at) + inserted.join("")
      : valid.slice(0, at) + inserted.join("") + valid.slice(at + length),
  );

const nestedTexts = fc
  .tuple(fc.constantFrom("[", '{"a":', '[{"a":'), fc.integer({ min: 1, max: 20_000 }))
  .map(([opening, depth]) => opening.repeat(depth));

const manyConnections = fc.integer({ min: 1, max: 12_000 }).map((count) => {
  const connections = Array.from({ length: count }, () => '{"from":"a","to":"b"}').join(",");
  return `{"components":[{"id":"a","type":"step"},{"id":"b","type":"step"}],"connections":[${connections}]}`;
});

const mutatedTexts = mutationsOf(JSON.parse(valid) as JsonValue).map((value) => JSON.stringify(value));

/** What a loader must survive: bytes, truncations, deep nesting, huge numbers, hostile keys and labels. */
export const hostileTexts: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  { weight: 400, arbitrary: damagedTexts },
  { weight: 400, arbitrary: mutatedTexts },
  { weight: 100, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  { weight: 100, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join("")) },
  { weight: 50, arbitrary: fc.json() },
  { weight: 50, arbitrary: nestedTexts },
  { weight: 1, arbitrary: manyConnections },
);
