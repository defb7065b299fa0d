import type { EChartsCoreOption } from "echarts/core";
import { init } from "./chart-library.js";
import { html, type Markup, trusted } from "./markup.js";

/** What a chart is called and says, for a reader who does not see it. */
export interface ChartText {
  readonly title: string;
  readonly description: string;
}

export interface ChartFrame extends ChartText {
  /** Unique in the document; ids within the chart begin with it. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** Times its own size that it is shown at, where there is room. */
  readonly scale?: number;
}

/**
 * A chart as one SVG element that needs no script. Colours are names such as `var(--pass)`, which the style sheet gives a
 * value in the light and in the dark. Nothing that comes from a file may be in the option: the library writes the markup.
 */
export function chart(frame: ChartFrame, option: EChartsCoreOption): Markup {
  const drawing = init(null, null, { renderer: "svg", ssr: true, width: frame.width, height: frame.height });
  try {
    drawing.setOption({ animation: false, backgroundColor: "transparent", ...option });
    return svgElement(frame, trusted(tidied(drawing.renderToSVGString({ useViewBox: true }), frame.id)));
  } finally {
    drawing.dispose();
  }
}

/** An SVG image with its accessible name and description. */
export function svgElement({ id, width, height, scale = 1, title, description }: ChartFrame, inner: Markup): Markup {
  return html`<svg class="chart" role="img" viewBox="0 0 ${width} ${height}" width="${Math.round(width * scale)}" height="${Math.round(height * scale)}" aria-labelledby="${id}-title ${id}-text"><title id="${id}-title">${title}</title><desc id="${id}-text">${description}</desc>${inner}</svg>`;
}

/**
 * What stands between the tags of the library's SVG, without its styles (the page's hold) and its classes. Its ids count the
 * charts of the process: they get the chart's own, so that two do not collide and the same report has the same bytes.
 */
function tidied(svg: string, id: string): string {
  return svg
    .replace(/^<svg[^>]*>\s*<rect[^>]*><\/rect>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/<style[^>]*>[\s\S]*?<\/style>/g, "")
    .replace(/ (?:class|style|pointer-events|xml:space|ecmeta_\w+)="[^"]*"/g, "")
    .replace(/\bzr\d+-/g, `${id}-`)
    .replace(/<defs\s*>\s*<\/defs>/g, "")
    .replace(/><\/(path|rect|circle|line|polyline|polygon)>/g, "/>")
    .replace(/\n+/g, "\n")
    .trim();
}
