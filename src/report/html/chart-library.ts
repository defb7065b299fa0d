import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, MarkAreaComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

// The build puts the library's code into this file, and no more of it than is asked for here: whole, it is 62 MB.
use([LineChart, BarChart, ScatterChart, GridComponent, MarkAreaComponent, SVGRenderer]);

export { init };
