import { statSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { type FSWatcher, watch } from "chokidar";

/** Saves that follow each other closer than this, as of an editor that writes two files, are one change. */
const quietMs = 100;

/** How often the files are looked at, for the system may tell nothing: of a network's folder, or of two renames in a row. */
const lookMs = 1_000;

/**
 * Watches files through their folders, so that a file that is removed and comes back is still watched. Beside them it
 * tells of every JSON file in those folders, for it may be one that a pattern matches. Paths are relative to the working directory.
 */
export class FileWatch {
  private files: ReadonlySet<string> = new Set();
  private folders: ReadonlySet<string> = new Set();
  /** What told each file's state apart when it was last looked at. */
  private readonly stamps = new Map<string, string>();
  private readonly changed = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private wake: (() => void) | null = null;
  private readonly watcher: FSWatcher;

  /** @param fault told of what cannot be watched; the others still are */
  constructor(fault: (message: string) => void) {
    this.watcher = watch([], {
      ignoreInitial: true,
      depth: 0,
      ignored: (path, stats) => stats !== undefined && !this.concerns(pathFromHere(path)),
    });
    this.watcher.on("all", (_event, path) => this.add(pathFromHere(path)));
    this.watcher.on("error", (error) => fault(error instanceof Error ? error.message : String(error)));
  }

  /** Watches these files from now on; resolves once a change of them cannot be missed. */
  async begin(files: readonly string[]): Promise<void> {
    const ready = new Promise<void>((settle) => this.watcher.once("ready", () => settle()));
    this.replace(files);
    await ready;
  }

  replace(files: readonly string[]): void {
    this.files = new Set(files.map(pathFromHere));
    this.folders = new Set([...this.files].map((file) => dirname(file)));
    for (const file of this.files) this.stamps.set(file, this.stamps.get(file) ?? stampOf(file));
    // A file that its folder's watch had no eye for until now is named, too.
    this.watcher.add([...this.folders, ...this.files]);
  }

  has(file: string): boolean {
    return this.files.has(file);
  }

  /** The files, sorted, once some have changed and nothing more does for a moment. */
  async next(): Promise<readonly string[]> {
    const looks = setInterval(() => this.look(), lookMs);
    await new Promise<void>((settle) => {
      this.wake = settle;
      if (this.changed.size > 0) this.waitForQuiet();
    });
    clearInterval(looks);
    const changed = [...this.changed].sort();
    this.changed.clear();
    // Before they are read: what changes from here on differs.
    for (const file of this.files) this.stamps.set(file, stampOf(file));
    return changed;
  }

  private look(): void {
    for (const file of this.files) {
      const stamp = stampOf(file);
      if (stamp === this.stamps.get(file)) continue;
      this.stamps.set(file, stamp);
      this.add(file);
    }
  }

  private concerns(path: string): boolean {
    return this.files.has(path) || this.folders.has(path) || path.endsWith(".json");
  }

  private add(file: string): void {
    if (this.folders.has(file)) return;
    this.changed.add(file);
    this.waitForQuiet();
  }

  private waitForQuiet(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.wake?.();
      this.wake = null;
    }, quietMs);
  }
}

/** A path from the working directory, written in one way; `.` for the directory itself. */
function pathFromHere(path: string): string {
  return relative("", resolve(path)) || ".";
}

/** A text that differs after a change of the file, or when it goes or comes. */
function stampOf(file: string): string {
  try {
    const { ino, size, mtimeMs } = statSync(file);
    return `${ino} ${size} ${mtimeMs}`;
  } catch {
    return "none";
  }
}
