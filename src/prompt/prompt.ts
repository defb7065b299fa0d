import { createHash } from "node:crypto";
import type { Problem } from "../problem/problem.js";
import { systemPrompt } from "./system.js";
import { userPrompt } from "./user.js";

/** What to give a model that shall draw a canvas for a problem. Neither text ends with a line feed. */
export interface Prompt {
  /** The problem's id. */
  readonly problem: string;
  readonly system: string;
  readonly user: string;
  /** SHA-256 of system + "\n" + user in UTF-8, hexadecimal. */
  readonly sha256: string;
}

/** The prompt of a problem whose gates have been checked; the same problem gives the same bytes. */
export function promptFor(problem: Problem): Prompt {
  const system = systemPrompt(problem);
  const user = userPrompt(problem);
  const sha256 = createHash("sha256").update(`${system}\n${user}`, "utf8").digest("hex");
  return { problem: problem.id, system, user, sha256 };
}
