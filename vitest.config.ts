import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Simulations of several seeds take seconds on a busy machine; a hang still ends.
    // Half of the cores wait for the binary that the CLI tests run: all of them may work.
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
