import { isAbsolute, relative, resolve, sep } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether this is a step of GitHub Actions, or of what stands in for it. */
export function onGitHubActions(environment: Environment): boolean {
  return environment.GITHUB_ACTIONS === "true";
}

/**
 * What a file is called from the root of the repository, with `/` on every system; without GITHUB_WORKSPACE from the
 * current folder. A file outside keeps its name.
 */
export function pathInRepository(file: string, environment: Environment): string {
  const path = relative(environment.GITHUB_WORKSPACE || ".", resolve(file));
  const outside = path === "" || path.startsWith("..") || isAbsolute(path);
  return (outside ? file : path).replaceAll(sep, "/");
}

/**
 * Text that holds no command for GitHub's runner, which obeys every line that begins with `::` and every `##[` in one: a
 * canvas's name could otherwise mask words of the log or set marks on other files.
 */
export function withoutCommands(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, "$1: ").replaceAll("##[", "# #[");
}

/** From now on what is written to the stream holds no command for GitHub's runner: its lines may name files and what is in them. */
export function guardStream(stream: NodeJS.WriteStream): void {
  const write = stream.write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean;
  stream.write = (chunk: unknown, ...rest: unknown[]) =>
    write(typeof chunk === "string" ? withoutCommands(chunk) : chunk, ...rest);
}
