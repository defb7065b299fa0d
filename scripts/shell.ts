import { spawn } from "node:child_process";

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  /** Standard output and error, in the order in which they came. */
  readonly output: string;
}

/** The environment of a user at no terminal, and npm without its remarks. */
function userEnvironment(): NodeJS.ProcessEnv {
  const { NO_COLOR: _noColor, FORCE_COLOR: _force, NODE_OPTIONS: _options, COLUMNS: _columns, ...rest } = process.env;
  const quiet = { npm_config_loglevel: "error", npm_config_audit: "false", npm_config_fund: "false" };
  return { ...rest, ...quiet, npm_config_prefer_offline: "true", npm_config_update_notifier: "false" };
}

/** Runs a command line of a POSIX shell to its end. */
export function shell(command: string, folder: string): Promise<Ended> {
  // One pipe for both streams: two would be read in any order.
  const child = spawn("sh", ["-c", `exec 2>&1\n${command}`], {
    cwd: folder,
    env: userEnvironment(),
    stdio: ["ignore", "pipe", "ignore"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (code) => resolve({ code, output }));
  });
}

/**
 * What a command prints.
 * @throws Error with what it printed when it fails
 */
export async function outputOf(command: string, folder: string): Promise<string> {
  const { code, output } = await shell(command, folder);
  if (code !== 0) throw new Error(`${command} ended with ${code}:\n${output}`);
  return output;
}
