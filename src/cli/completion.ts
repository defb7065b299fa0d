import { Argument, type Command } from "commander";

const shells = ["bash", "zsh", "fish"] as const;

/** `completion <shell>`: prints the script that completes command lines; `complete`, hidden, is what the script asks. */
export function registerCompletion(program: Command): void {
  program
    .command("completion")
    .description("print a script that completes chini-bench's command lines in a shell")
    .addArgument(new Argument("<shell>", "which shell").choices(shells))
    .addHelpText("after", "\nTo try it: source <(chini-bench completion bash)")
    .action(printScript);
  program
    .command("complete", { hidden: true })
    .argument("[words...]")
    .action(async (words: readonly string[]) => printCandidates(program, words));
}

async function printScript(shell: (typeof shells)[number]): Promise<void> {
  const { readFile } = await import("node:fs/promises");
  const { packagePath } = await import("../document/package-files.js");
  process.stdout.write(await readFile(packagePath("templates", "completion", `chini-bench.${shell}`), "utf8"));
}

/** A candidate per line, a tab before what it means; `:files` at the end where a file's name may stand. */
async function printCandidates(program: Command, words: readonly string[]): Promise<void> {
  const { candidatesFor } = await import("./completion/candidates.js");
  const { candidates, files } = await candidatesFor(program, words);
  const { printable } = await import("../document/printable.js");
  const lines = candidates.map(({ value, meaning }) => `${printable(value)}\t${printable(meaning)}`);
  process.stdout.write([...lines, ...(files ? [":files"] : [])].map((line) => `${line}\n`).join(""));
}
