import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { packagePath } from "../src/document/package-files.js";
import type { Archive } from "./pack.js";
import { type Step, transcriptOf } from "./transcript.js";

/** Where the tutorial stands. */
export const tutorialDocument = packagePath("docs", "tutorial.md");

/** The canvas that `init` writes. */
const canvas = "design/checkout.json";

/** Judges what the configuration names. */
const runCommand = "npx chini-bench run";

const key = '"key": "item"';
const keyPerAttempt = '"key": "attempt"';

const steps: readonly Step[] = [
  {
    say: `# Tutorial: a gate that goes red, and green again

From an empty folder to a design that is checked, broken and mended. It takes five minutes. Every command below was run, and
what stands under it is what it printed; \`npm run tutorial\` in a clone runs them anew.

## Install

Start in an empty folder with Node 20.19 or newer, and the packed \`chini-bench.tgz\` beside it (\`npm pack\` in a clone makes
one).`,
  },
  { run: "npm install --save-dev ../chini-bench.tgz", exit: 0 },
  {
    say: `## A first design

\`init\` writes what a project needs: a configuration that says which designs are judged against which problem, a first
design, and a CI job for GitHub Actions and one for GitLab.`,
  },
  { run: "npx chini-bench init", exit: 0 },
  {
    say: `The note is for this folder only; in a repository it does not come. The design is a JSON file, the canvas: components, and
connections between them. This one is a checkout. Orders are written down under the key of the buyer's request, payments wait
in a queue, a worker with retries and a circuit breaker charges the payment provider.

The problem \`chini-002-checkout\` says what it has to hold against: an ordinary three minutes, a sale, a slow payment
provider, a dead one. The configuration asks for five seeds, so that no verdict hangs on luck. The first lines of the report:`,
  },
  { run: runCommand, exit: 0, lines: 20 },
  {
    say: `Exit code 0: every gate held in every scenario. In CI the same command lets the change pass.

## Break it

The provider tells charges apart by an idempotency key. Here it is one key for each item of the queue, so that a second
attempt repeats the first charge and makes no other. Say that a change gives each attempt a key of its own, to tell attempts
apart in the provider's log. It looks harmless:`,
  },
  { edit: canvas, from: key, to: keyPerAttempt },
  { run: `${runCommand} --quiet`, exit: 1 },
  {
    say: `Exit code 1: the gate is red.

## Read it

94 of 100 instead of 97: by its averages the design is hardly worse. It fails because buyers are charged twice. Below each
missed criterion stands its cause:

- **Where.** \`provider\`, and the setting at fault: \`idempotency key attempt\`.
- **Why.** A repeated call is a new charge to it. The trace follows one order: the provider captures the charge and its reply is
  lost. Four seconds later the worker's timeout ends the attempt, the next one comes with another key, and the provider, which
  has never seen that key, charges again.
- **How often.** In the baseline 327 buyers of five seeds met the hazard: they clicked twice, or nobody learned an answer. 147
  of them were charged twice.
- **The mend.** \`idempotency.key "item"\`.

The line \`Explain\` names what tells more:`,
  },
  { run: "npx chini-bench explain no-double-charge", exit: 0 },
  {
    say: `The same as a page to look at and pass on, with the canvas drawn, charts over time and the trace as a sequence diagram, is one
file without scripts. The CI job for GitHub keeps it as an artifact:`,
  },
  { run: `${runCommand} --quiet --reporter html=report.html`, exit: 1, lines: 2 },
  { run: "ls report.html", exit: 0 },
  {
    say: `## Mend it

A repeated call must carry the key of the first. Try that before you edit anything: the path is the component, then the field
as the cause names it.`,
  },
  { run: `${runCommand} --quiet --set provider.idempotency.key=item`, exit: 0 },
  { say: "It holds, so write it down:" },
  { edit: canvas, from: keyPerAttempt, to: key },
  { run: `${runCommand} --quiet`, exit: 0 },
  {
    say: `Green again. Commit the files, and CI judges every push. From here:

- [cli.md](cli.md): options, exit codes, reports for machines
- [problems.md](problems.md): the problems, and how their wrong designs fail
- [model.md](model.md): every component, parameter and default
- [library.md](library.md): the same from a program`,
  },
];

/** Walks through the tutorial in a new folder beside the archive, and returns it with what the commands printed. */
export function tutorialText(archive: Archive): Promise<string> {
  const folder = join(dirname(archive.file), "tutorial");
  mkdirSync(folder, { recursive: true });
  // Without it npm would look for a project in the folders above.
  writeFileSync(join(folder, "package.json"), "{}\n");
  return transcriptOf(steps, folder);
}
