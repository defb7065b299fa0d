import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Simulations of several seeds take seconds on a busy machine; a hang still ends.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
