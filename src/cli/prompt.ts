import { type Command, Option } from "commander";

interface PromptOptions {
  readonly json?: true;
  readonly part?: "system" | "user";
}

/** `prompt <problem>`: the prompts to give a model that shall draw a canvas for the problem. */
export function registerPrompt(program: Command): void {
  program
    .command("prompt")
    .description("the prompts to give a model that shall draw a canvas for a problem")
    .argument("<problem>", "a built-in problem's id, or a problem file")
    .addOption(new Option("--part <part>", "only this prompt, without a heading").choices(["system", "user"]))
    .addOption(new Option("--json", "print JSON and nothing else").conflicts("part"))
    .action((problem: string, _options: unknown, command: Command) =>
      prompt(problem, command.optsWithGlobals<PromptOptions>()),
    );
}

async function prompt(problemName: string, { json, part }: PromptOptions): Promise<void> {
  const { loadCheckedProblem } = await import("../evaluation/problem-run.js");
  const { promptFor } = await import("../prompt/prompt.js");
  const loaded = await loadCheckedProblem(problemName);
  const made = promptFor(loaded.problem);
  if (json === true) {
    process.stdout.write(`${JSON.stringify({ schemaVersion: 1, ...made }, null, 2)}\n`);
    return;
  }
  const text = part === undefined ? `# System\n\n${made.system}\n\n# User\n\n${made.user}` : made[part];
  process.stdout.write(`${text}\n`);
  process.stderr.write(`${made.problem}: SHA-256 of both prompts ${made.sha256}\n`);
}
