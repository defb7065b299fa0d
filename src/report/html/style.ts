/**
 * The page's style sheet. Charts and drawings name their colours as the variables above, so that one picture serves the
 * light and the dark. Text has a contrast of at least 4.5 to 1 on paper and on panels, lines of charts of at least 3 to 1.
 */
const colours = `
:root{color-scheme:light dark;
--paper:#fff;--panel:#f5f7f9;--ink:#1b1f24;--quiet:#545d68;--rule:#d0d7de;--link:#0550ae;
--pass:#116329;--pass-paper:#e3f5e7;--fail:#a40e26;--fail-paper:#fdeaec;--warn:#7a4d00;--warn-paper:#fdf3d6;
--offered:#c3ccd6;--accepted:#0b63c5;--accepted-area:#cfe3fb;--delivered:#187a35;--line-length:#8a3ffc;
--shade:rgba(212,148,0,.2);--grid:#e4e8ec;--axis:#8c959f}
@media (prefers-color-scheme:dark){:root{
--paper:#0d1117;--panel:#161b22;--ink:#e6edf3;--quiet:#a2acb7;--rule:#30363d;--link:#79c0ff;
--pass:#6fdd8b;--pass-paper:#10281a;--fail:#ff9492;--fail-paper:#331417;--warn:#eac55f;--warn-paper:#2d2410;
--offered:#4a5460;--accepted:#6cb6ff;--accepted-area:#1b3552;--delivered:#6bc46d;--line-length:#c297ff;
--shade:rgba(227,179,65,.2);--grid:#252b33;--axis:#768390}}
@media print{:root{color-scheme:light;
--paper:#fff;--panel:#fff;--ink:#000;--quiet:#444;--rule:#bbb;--link:#000;
--pass:#116329;--pass-paper:#fff;--fail:#a40e26;--fail-paper:#fff;--warn:#7a4d00;--warn-paper:#fff;
--offered:#c3ccd6;--accepted:#0b63c5;--accepted-area:#cfe3fb;--delivered:#187a35;--line-length:#8a3ffc;
--shade:rgba(212,148,0,.2);--grid:#e4e8ec;--axis:#8c959f}}
`;

const page = `
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
header.page,main{max-width:76rem;margin:0 auto;padding:0 1rem}
header.page{padding-top:1rem}
h1{font-size:1rem;font-weight:500;color:var(--quiet);margin:0}
h2{font-size:1.6rem;line-height:1.25;margin:.2rem 0}
h2 .quiet{font-size:1.1rem;font-weight:500}
h3{font-size:1.2rem;margin:2rem 0 .6rem;padding-top:.6rem;border-top:1px solid var(--rule)}
h4{font-size:1rem;margin:0 0 .4rem}
.run h4{margin:1.2rem 0 .4rem}
p{margin:.4rem 0}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:3px}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.88em}
pre{background:var(--panel);border:1px solid var(--rule);border-radius:6px;padding:.7rem;white-space:pre-wrap}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.4rem .8rem;z-index:1}
.quiet,.margin,.none{color:var(--quiet)}
.quiet{font-size:.92rem}
.margin{font-size:.85em;white-space:nowrap}
.verdict{display:flex;align-items:center;gap:.8rem;margin:.4rem 0;flex-wrap:wrap}
.verdict .badge{font-size:1.15rem;text-transform:uppercase;letter-spacing:.03em;padding:.15rem .7rem}
.score{font-size:1.1rem}
.score strong{font-size:1.5rem}
.badge{display:inline-block;white-space:nowrap;font-weight:600;border:1px solid;border-radius:4px;padding:0 .4rem}
.pass{color:var(--pass)}.fail,.invalid{color:var(--fail)}.inconclusive{color:var(--warn)}
.badge.pass{background:var(--pass-paper)}.badge.fail,.badge.invalid{background:var(--fail-paper)}.badge.inconclusive{background:var(--warn-paper)}
article,.reasons{color:var(--ink)}
article{margin:1rem 0}
main>*+*{border-top:4px solid var(--rule);margin-top:3rem;padding-top:1rem}
ul.plain,ul.parts,ol.trace{list-style:none;padding:0;margin:0}
ul.parts{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;padding:.3rem 0}
.parts a,td a,th a{display:inline-block;padding:.15rem 0}
td a,th a{margin:-.15rem 0}
.reasons{border-left:4px solid;border-radius:0 6px 6px 0;padding:.7rem 1rem;margin:.6rem 0}
.reasons.fail{border-color:var(--fail);background:var(--fail-paper)}
.reasons.inconclusive{border-color:var(--warn);background:var(--warn-paper)}
.reasons>ul>li{margin:.5rem 0}
.reasons .quiet{color:var(--ink)}
.cause{margin:.1rem 0 .1rem 1rem}
li.error strong{color:var(--fail)}li.warning strong{color:var(--warn)}
@media (max-width:40rem){body{font-size:15px}h2{font-size:1.35rem}.reasons{padding:.5rem .7rem}}
`;

const tables = `
.scroll{overflow-x:auto;max-width:100%;margin:.5rem 0}
table{border-collapse:collapse;font-size:.92rem;font-variant-numeric:tabular-nums}
th,td{padding:.28rem .7rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule);overflow-wrap:normal}
td,tbody th{max-width:28rem;overflow-wrap:anywhere;min-width:3.4rem}
tbody th{font-weight:500;min-width:6rem;overflow-wrap:break-word}
#overview tbody th{min-width:11rem}
.line{display:block}
thead th{color:var(--quiet);font-weight:500;vertical-align:bottom}
th.number,td.number{text-align:right}
td.number{white-space:nowrap}
.columns{display:flex;flex-wrap:wrap;gap:0 2rem;align-items:flex-start}
.bar{display:block;width:9rem;height:.55rem;margin-top:.45rem}
.bar .rest{fill:var(--grid)}.bar .part{fill:var(--accepted)}
details{margin:.5rem 0}
summary{cursor:pointer;padding:.25rem 0}
details.run{border:1px solid var(--rule);border-radius:6px;padding:.3rem .9rem;margin:.7rem 0}
details.run>summary{padding:.35rem 0}
.run-name{font-weight:600}
`;

const charts = `
svg.chart{display:block;max-width:100%;height:auto}
svg.chart text{font-family:inherit;font-size:11px}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr));gap:1rem 1.4rem;margin:1rem 0}
.charts.small{grid-template-columns:repeat(auto-fill,minmax(min(100%,15rem),1fr))}
.charts svg.chart{width:100%}
figure{margin:0;min-width:0}
figcaption{font-size:.9rem;line-height:1.4;margin-bottom:.2rem}
.sentence{display:block;color:var(--quiet);font-size:.85rem}
figure.pareto{max-width:40rem}
.keys{white-space:nowrap}
.key{margin-left:.6rem;font-size:.85rem}
.key::before{content:"";display:inline-block;width:1.3rem;margin-right:.3rem;vertical-align:middle;border-top:3px solid var(--accepted)}
.key.area::before{border-top:.7rem solid var(--offered)}
.key.thick::before{border-top:6px solid var(--delivered)}
.drawing{border:1px solid var(--rule);border-radius:6px;padding:.5rem;margin:.5rem 0}
.drawing svg.chart{margin:0 auto}
.drawing.narrow{display:none}
.drawing.narrow svg.chart{max-width:none}
@media (max-width:50rem){.drawing.wide{display:none}.drawing.narrow{display:block}}
.box>*{fill:var(--panel);stroke:var(--axis);stroke-width:1.5}
.box .line{fill:none}
.box.failed>*{stroke:var(--fail);stroke-width:3}
.box.failed>.line{stroke-width:1.5}
.box>text,.box.failed>text{stroke:none;fill:var(--ink);text-anchor:middle;dominant-baseline:central}
svg.chart text.name{font-size:13px;font-weight:600}
.box>.detail{fill:var(--quiet)}
.box.failed>.mark{fill:var(--fail);font-weight:600}
.link{fill:none;stroke:var(--axis);stroke-width:1.5}
.link.dotted{stroke-dasharray:5 4}
.head path{fill:var(--axis)}
svg.chart text.word{fill:var(--ink);text-anchor:middle;dominant-baseline:central;stroke:var(--paper);stroke-width:4px;paint-order:stroke}
.lane{stroke:var(--rule)}
.lane-head{fill:var(--panel);stroke:var(--axis)}
.lane-name{fill:var(--ink);text-anchor:middle;dominant-baseline:central}
.way{fill:none;stroke:var(--axis);stroke-width:1.3}
.step{fill:var(--accepted);stroke:var(--paper)}
.step-time{fill:var(--quiet);text-anchor:end;dominant-baseline:central}
.step-text{fill:var(--ink);dominant-baseline:central;stroke:var(--paper);stroke-width:4px;paint-order:stroke}
.told{display:flex;flex-wrap:wrap;gap:.5rem 2rem;align-items:flex-start}
.told>.sequence{flex:0 1 auto;min-width:0}
.told>.trace{flex:1 1 26rem}
.trace li{display:grid;grid-template-columns:5rem minmax(5rem,8rem) 1fr;gap:0 .8rem;padding:.12rem 0;font-size:.92rem}
.time{color:var(--quiet);text-align:right;font-variant-numeric:tabular-nums}
.where{font-weight:500}
@media (max-width:40rem){.sequence{display:none}.trace li{grid-template-columns:5rem 1fr}.what{grid-column:2}}
@media print{.skip,nav{display:none}.drawing,figure,.sequence{break-inside:avoid}.scroll{overflow:visible}a{text-decoration:none}}
`;

/** Only rules of this program: no text of a file is ever part of it. */
export const styleSheet = `${colours}${page}${tables}${charts}`.replace(/\n+/g, "\n");
