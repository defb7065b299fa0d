import type { Command } from "commander";
import type { DesignGroup } from "./evaluate-designs.js";

export interface Watched {
  readonly command: Command;
  prepare(): Promise<readonly DesignGroup[]>;
  run(groups: readonly DesignGroup[]): Promise<void>;
}

export async function watch(watched: Watched): Promise<void> {
  await watched.run(await watched.prepare());
}
