import type { SingleBar } from "cli-progress";

/** Work that takes longer than this shows how far it has come. */
const patienceMs = 500;

/** Before so many runs the time that is left would be a wild guess: threads are still starting. */
const runsBeforeGuess = 10;

const barColumns = 24;

/** How far a number of runs has come: in a bar on a terminal, or nowhere. */
export interface Progress {
  /** So many runs are to be made. */
  begin(total: number): void;
  /** One of them is done. */
  ran(): void;
  /** All are done, or will never be; the bar's line is empty again. */
  end(): void;
}

const nowhere: Progress = { begin: () => {}, ran: () => {}, end: () => {} };

/** A bar on the stream once patience is over; nothing where the stream is no terminal or `quiet` is set. */
export async function progressOn(stream: NodeJS.WriteStream, quiet: boolean): Promise<Progress> {
  if (quiet || !stream.isTTY) return nowhere;
  const { SingleBar } = await import("cli-progress");
  return new BarProgress(SingleBar, stream);
}

/** `, about 40 s left`; nothing as long as nothing is known, which cli-progress says in words such as "NULL". */
function describeLeft(seconds: number): string {
  if (!Number.isFinite(seconds)) return "";
  if (seconds <= 90) return `, about ${seconds} s left`;
  const minutes = Math.round(seconds / 60);
  if (minutes <= 90) return `, about ${minutes} min left`;
  return `, about ${Math.round(minutes / 6) / 10} h left`;
}

class BarProgress implements Progress {
  private readonly startedMs = performance.now();
  private timer: NodeJS.Timeout | undefined;
  private total = 0;
  private done = 0;
  private shown = false;

  private readonly bar: SingleBar;

  constructor(Bar: typeof SingleBar, stream: NodeJS.WriteStream) {
    // The cursor is not hidden, wrapping not switched off and no signal caught, so that a process that is killed leaves
    // the terminal as it was: a signal's listener would wait until a simulation in this thread is over.
    this.bar = new Bar({
      stream,
      format: "{bar} {percentage} %  {value}/{total} runs{eta_formatted}",
      barCompleteChar: "█",
      barIncompleteChar: "░",
      barsize: barColumns,
      // The runs of a problem differ in length; the mean over many makes a better guess.
      etaBuffer: 1000,
      formatTime: (seconds) => (this.done < runsBeforeGuess ? "" : describeLeft(seconds)),
      clearOnComplete: true,
      hideCursor: false,
      linewrap: true,
      gracefulExit: false,
    });
  }

  begin(total: number): void {
    this.total = total;
    this.timer = setTimeout(() => this.show(), patienceMs);
  }

  ran(): void {
    this.done++;
    if (this.shown) this.bar.update(this.done);
    // A simulation in this thread lets no timer through.
    else if (performance.now() - this.startedMs >= patienceMs) this.show();
  }

  end(): void {
    clearTimeout(this.timer);
    if (this.shown) this.bar.stop();
    this.shown = false;
  }

  private show(): void {
    if (this.shown) return;
    clearTimeout(this.timer);
    this.shown = true;
    this.bar.start(this.total, this.done);
  }
}
