import { atMostShown } from "./github/annotation.js";
import { annotationsOf } from "./github/annotations.js";
import { workflowCommand } from "./github/workflow-command.js";
import { renderMarkdown } from "./markdown.js";
import type { SynchronousReporter } from "./reporter.js";

/**
 * For GitHub Actions: lines that its runner turns into annotations of the canvas files, errors first, at most ten of each
 * level, the last of which holds what is more; nothing for designs that pass without a remark. The summary of the job is
 * what the markdown reporter says.
 */
export const github: SynchronousReporter = {
  name: "github",
  beside: "table",
  render(report, { pathOf = (file) => file }) {
    const annotations = annotationsOf(report).map((one) => ({ ...one, file: pathOf(one.file) }));
    return (["error", "warning"] as const)
      .flatMap((level) => atMostShown(annotations.filter((one) => one.level === level)))
      .map(workflowCommand)
      .join("");
  },
  summary: {
    variable: "GITHUB_STEP_SUMMARY",
    // 1 MiB for a step, of which other commands may have written a part.
    mostBytes: 1024 * 1024,
    render: (report, room) => renderMarkdown(report, { most: room, sizeOf: (text) => Buffer.byteLength(text) }),
  },
};
