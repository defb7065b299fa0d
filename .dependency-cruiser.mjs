/** What each folder of src may import, besides itself; everything else is a step upward. */
const allowed = {
  document: [],
  canvas: ["document"],
  problem: ["document", "canvas"],
  sim: ["canvas"],
  components: ["sim", "canvas"],
  roles: ["sim", "canvas"],
  invariants: ["roles", "sim"],
  compile: ["roles", "components", "sim", "problem", "canvas", "document"],
  scenarios: ["compile", "invariants", "roles", "components", "sim", "problem", "canvas"],
  parallel: ["scenarios", "compile", "document"],
  scoring: ["scenarios", "compile", "invariants", "roles", "sim", "problem", "canvas", "document"],
  selftest: ["scoring", "parallel", "scenarios", "compile", "sim", "problem", "canvas"],
  evaluation: ["parallel", "scoring", "scenarios", "compile", "invariants", "sim", "problem", "canvas", "document"],
  config: ["evaluation", "scoring", "problem", "canvas", "document"],
  report: ["evaluation", "scoring", "scenarios", "compile", "sim", "problem", "canvas", "document"],
  cli: [
    "selftest",
    "report",
    "config",
    "evaluation",
    "parallel",
    "scoring",
    "scenarios",
    "compile",
    "invariants",
    "roles",
    "components",
    "sim",
    "problem",
    "canvas",
    "document",
  ],
};

const layers = Object.entries(allowed).map(([folder, below]) => ({
  name: `layer-${folder}`,
  comment: `src/${folder} may import ${below.length === 0 ? "nothing else of src" : below.join(", ")}.`,
  severity: "error",
  from: { path: `^src/${folder}/` },
  to: { path: "^src/", pathNot: `^src/(${[folder, ...below].join("|")})/` },
}));

export default {
  forbidden: [
    ...layers,
    {
      name: "no-cycles",
      comment: "Types may refer to each other; code may not.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "bin-only-cli",
      comment: "bin hands argv to src/cli and does nothing else.",
      severity: "error",
      from: { path: "^bin/" },
      to: { path: "^src/", pathNot: "^src/cli/" },
    },
    {
      name: "no-zod-at-run-time",
      comment: "The schemas that a run needs are generated; zod would cost it start-up time.",
      severity: "error",
      from: { path: "^src/", pathNot: "\\.schema\\.ts$" },
      to: { path: "(^|/)node_modules/zod/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "no-clock-in-simulation",
      comment: "One seed, one result: nothing below scoring may ask the machine.",
      severity: "error",
      from: { path: "^src/(sim|components|roles|invariants|compile|scenarios)/" },
      to: { dependencyTypes: ["core"] },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      extensions: [".ts", ".js", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
    },
  },
};
