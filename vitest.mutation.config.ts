import { configDefaults, defineConfig } from "vitest/config";

/**
 * What `npm run mutation` runs against each mutant: the tests of the engine and of what stands next to it. The closed
 * forms and the random topologies stay out: they take half of the time, every mutant that survives pays for it, and
 * what they catch is caught first by a test that names the mechanism.
 */
export default defineConfig({
  test: {
    include: ["test/{sim,components,roles,scenarios,invariants}/**/*.test.ts"],
    exclude: [...configDefaults.exclude, "test/sim/closed-forms.test.ts", "test/**/*.property.test.ts"],
    isolate: false,
    testTimeout: 60_000,
  },
});
