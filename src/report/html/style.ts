/** The style sheet of the page. Its hash is the only style that the page's policy allows, so nothing may style itself. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbfbf9; --card: #ffffff; --ink: #1b1f24; --quiet: #57606a; --line: #dfe2e6; --code: #f2f3f1;
  --bad: #a8201a; --bad-tint: #fcefed; --doubt: #7d4e00; --doubt-tint: #fdf3dd;
  --good: #17663a; --good-tint: #e9f5ed; --calm: #1f5582; --calm-tint: #eaf2f9; --link: #1f5582;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --card: #1b1f23; --ink: #e6e8ea; --quiet: #a3acb5; --line: #333a41; --code: #23282d;
    --bad: #ff9d94; --bad-tint: #351d1c; --doubt: #f0c069; --doubt-tint: #322711;
    --good: #84d6a4; --good-tint: #16301f; --calm: #93c5ee; --calm-tint: #172b3b; --link: #93c5ee;
  }
}
* { box-sizing: border-box; }
html { font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
body { margin: 0 auto; max-width: 72rem; padding: 0 1.25rem 3rem; background: var(--paper); color: var(--ink); }
.bad { --tone: var(--bad); --tint: var(--bad-tint); }
.doubt { --tone: var(--doubt); --tint: var(--doubt-tint); }
.good { --tone: var(--good); --tint: var(--good-tint); }
.calm { --tone: var(--calm); --tint: var(--calm-tint); }

h1, h2, h3, h4, p, ul, ol, dl, dd, figure, blockquote, pre { margin: 0; }
h1, h2, h3, h4, p, li, dd, td, th, code, blockquote, figcaption { overflow-wrap: anywhere; unicode-bidi: isolate; }
h2 { font-size: 1.25rem; font-weight: 600; margin: 2.75rem 0 0.9rem; }
h3 { font-size: 1.1rem; font-weight: 600; line-height: 1.35; }
h4, dt, thead th { font-size: 0.75rem; font-weight: 600; letter-spacing: 0.04em; text-transform: uppercase; color: var(--quiet); }
h4 { margin: 1rem 0 0.3rem; }
a { color: var(--link); text-underline-offset: 0.15em; }
code, pre { font: 0.875em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
pre code { font-size: inherit; }
h3 code, th code, .name code { font-weight: 400; color: var(--quiet); }
.count, .where, .circumstances, .effort, footer { color: var(--quiet); }
.count { font-weight: 400; margin-left: 0.25rem; }
.where { font-size: 0.875rem; font-weight: 400; }
ul, ol { padding-left: 1.25rem; }
.lines, .ids, .checks, .ladder, .banners { list-style: none; padding: 0; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }

.top { margin: 1.5rem 0 0; padding: 1.5rem 1.75rem 1.6rem; border-radius: 0.75rem; background: var(--tint); border: 1px solid var(--line); }
.top h1 { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1.1rem; line-height: 1.15; margin: 0 0 0.3rem; }
.verdict { font-size: clamp(2.75rem, 9vw, 4.5rem); font-weight: 750; letter-spacing: -0.02em; color: var(--tone); white-space: nowrap; }
.subject { font-size: 1.4rem; font-weight: 600; }
.banners { margin: 1rem 0; }
.banners li { padding: 0.5rem 0.8rem; margin-bottom: 0.4rem; border-radius: 0.4rem; background: var(--card); border: 1px solid var(--line); font-weight: 600; }
.circumstances { margin-bottom: 0.8rem; }
.reasons { max-width: 60rem; }
.repair { margin-top: 0.9rem; font-weight: 600; }
.totals { display: flex; flex-wrap: wrap; gap: 0.25rem 1.75rem; margin-top: 1.1rem; }
.totals div { display: flex; flex-direction: row-reverse; align-items: baseline; gap: 0.4rem; }
.totals dt { text-transform: none; letter-spacing: 0; font-size: 0.95rem; font-weight: 400; }
.totals dd { margin: 0; font-size: 1.25rem; font-weight: 650; font-variant-numeric: tabular-nums; }

.badge { display: inline-block; padding: 0.05rem 0.55rem; border-radius: 0.3rem; font-size: 0.8125rem; font-weight: 650; color: var(--tone); background: var(--tint); border: 1px solid currentColor; white-space: nowrap; }
.card { margin-bottom: 1.1rem; padding: 1.2rem 1.4rem 1.3rem; border-radius: 0.6rem; background: var(--card); border: 1px solid var(--line); border-left: 0.3rem solid var(--tone); }
.marks { display: flex; flex-wrap: wrap; align-items: center; gap: 0.3rem 0.7rem; margin-bottom: 0.5rem; }
dd .where { display: block; }
.reason, .urgency { color: var(--quiet); font-size: 0.875rem; }
.urgency.over { color: var(--bad); font-weight: 650; }
.message { margin-top: 0.25rem; }
.sides { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0.5rem 2rem; margin-top: 1rem; }
.frame { margin: 0.25rem 0 0.75rem; border: 1px solid var(--line); border-radius: 0.45rem; overflow: hidden; }
.frame figcaption, .frame .request, .frame .seen { padding: 0.4rem 0.8rem; font-size: 0.875rem; }
.frame figcaption, .frame .request { color: var(--quiet); }
.frame figcaption { border-bottom: 1px solid var(--line); }
.frame .seen { color: var(--tone); font-weight: 600; border-top: 1px solid var(--line); }
pre { overflow-x: auto; padding: 0.6rem 0.8rem; background: var(--code); }
.card pre, .inside pre { border-radius: 0.35rem; }
.frame pre { border-radius: 0; white-space: pre-wrap; }
.command code { white-space: pre-wrap; }
.number { display: inline-block; margin-right: 1.2em; color: var(--quiet); user-select: none; }
mark { background: var(--tint, var(--doubt-tint)); color: inherit; border-bottom: 2px solid var(--tone, var(--doubt)); }
.ladder { display: flex; flex-wrap: wrap; gap: 0.1rem 0; font-size: 0.875rem; color: var(--quiet); margin: 0.1rem 0 0.6rem; }
.ladder li + li::before { content: "\\203a"; margin: 0 0.5rem; }
.ladder .bad { color: var(--bad); }
.ladder strong { text-transform: uppercase; letter-spacing: 0.03em; }
dl dd { margin-bottom: 0.7rem; }
.guide dl dd:last-child { margin-bottom: 0; }
.steps { margin-top: 0.4rem; }
.steps li { margin-bottom: 0.2rem; }
.arrow { white-space: nowrap; color: var(--quiet); }
.ids li { display: inline; }
.ids li + li::before { content: ", "; }
.saying h4 { margin-top: 0; }
blockquote { margin-top: 0.3rem; padding-left: 0.8rem; border-left: 2px solid var(--line); }

table { width: 100%; border-collapse: collapse; background: var(--card); border: 1px solid var(--line); border-radius: 0.6rem; }
th, td { padding: 0.7rem 0.9rem; text-align: left; vertical-align: top; font-weight: 400; }
tbody th { font-weight: 600; }
tbody tr { border-top: 1px solid var(--line); }
details > summary { cursor: pointer; }
.checks > li { background: var(--card); border: 1px solid var(--line); border-top-width: 0; }
.checks:first-of-type > li:first-child { border-top-width: 1px; border-radius: 0.6rem 0.6rem 0 0; }
.checks:last-of-type > li:last-child { border-radius: 0 0 0.6rem 0.6rem; }
.checks:only-of-type > li:only-child { border-radius: 0.6rem; }
.inside .checks > li:first-child { border-top-width: 1px; border-radius: 0.6rem 0.6rem 0 0; }
.inside .checks > li:last-child { border-radius: 0 0 0.6rem 0.6rem; }
.inside .checks > li:only-child { border-radius: 0.6rem; }
.checks summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.2rem 0.8rem; padding: 0.55rem 0.9rem; }
.checks summary .badge { min-width: 6.3rem; }
.checks > li > details > summary::before { content: "\\25b8"; color: var(--quiet); }
.checks > li > details[open] > summary::before { content: "\\25be"; }
#checks > .checks { content-visibility: auto; contain-intrinsic-size: auto 260rem; }
#checks > .checks:only-of-type { content-visibility: visible; }
.checks > li[hidden], #filter[hidden] { display: none; }
.brief { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.2rem 0.8rem; padding: 0.55rem 0.9rem; }
.brief::before { content: "\\25b8"; visibility: hidden; }
.brief .badge { min-width: 6.3rem; }
.checks .name { flex: 1 1 16rem; min-width: 0; }
.checks .effort { font-size: 0.875rem; font-variant-numeric: tabular-nums; }
.inside { padding: 0.3rem 1.1rem 1rem; border-top: 1px solid var(--line); }
.inside dl { display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: 0.35rem 1rem; margin-top: 0.8rem; }
.inside dl dd { margin: 0; }
.inside dt { padding-top: 0.2rem; }
.inside > details { margin-top: 0.9rem; }
.inside > details > summary { padding: 0; display: list-item; color: var(--quiet); }
.inside img, .card img { display: block; max-width: 100%; max-height: 24rem; margin: 0.4rem 0 0.8rem; border: 1px solid var(--line); border-radius: 0.35rem; }
#filter { display: flex; flex-wrap: wrap; align-items: end; gap: 0.6rem 1rem; margin-bottom: 0.9rem; }
#filter label { display: flex; flex-direction: column; gap: 0.2rem; font-size: 0.8125rem; color: var(--quiet); }
#filter .search { flex: 1 1 14rem; }
#filter input[type="search"], #filter select { font: inherit; font-size: 1rem; padding: 0.4rem 0.6rem; min-height: 2.5rem; max-width: 100%; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 0.4rem; }
#filter .states { flex: 1 0 100%; display: flex; flex-wrap: wrap; align-items: center; gap: 0.3rem 1.1rem; }
#filter .state { flex-direction: row; align-items: center; min-height: 1.75rem; font-size: 0.9375rem; color: var(--ink); }
#filter + .where { margin-bottom: 0.5rem; }
#filter output { margin-left: auto; color: var(--quiet); font-variant-numeric: tabular-nums; }
.readiness { background: var(--card); border: 1px solid var(--line); border-radius: 0.6rem; padding: 0.3rem 0; }
.readiness li { display: grid; grid-template-columns: 5rem minmax(0, 1fr); gap: 0 0.8rem; padding: 0.3rem 0.9rem; }
.readiness .state { color: var(--tone); font-weight: 650; }
.readiness .heading { margin-top: 0.3rem; padding-top: 0.7rem; border-top: 1px solid var(--line); }
.readiness .heading:first-child { margin-top: 0; border-top: 0; }
.rest li { padding: 0.25rem 0; }
.rest { content-visibility: auto; contain-intrinsic-size: auto 100rem; }
.timeline { list-style: none; padding: 0; margin-top: 0.7rem; }
.timeline li { display: grid; grid-template-columns: minmax(8rem, 16rem) minmax(0, 1fr) 13rem; gap: 0 1rem; align-items: center; padding: 0.15rem 0; }
.timeline code { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.timeline svg { display: block; width: 100%; height: 0.7rem; background: var(--code); border-radius: 0.2rem; }
.timeline rect { fill: var(--tone); }
.facts { margin-top: 0.4rem; max-height: 30rem; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 0.875rem; }

@media (max-width: 46rem) {
  body { padding: 0 0.8rem 2rem; }
  .top { margin-top: 0.8rem; padding: 1.1rem 1.1rem 1.2rem; }
  .card { padding: 1rem; }
  .sides { grid-template-columns: minmax(0, 1fr); gap: 1rem; }
  .inside { padding: 0.2rem 0.9rem 0.9rem; }
  .inside dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .inside dl dd { margin-bottom: 0.6rem; }
  .timeline li { grid-template-columns: minmax(0, 1fr) auto; padding: 0.3rem 0; }
  .timeline svg { grid-column: 1 / -1; grid-row: 2; }
  #filter label { flex: 1 1 8rem; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, th, td { display: block; }
  tbody tr { padding: 0.6rem 0.9rem; }
  tbody tr:first-child { border-top: 0; }
  tbody th, tbody td { padding: 0.2rem 0; }
  tbody td:not(:first-child)::before { content: attr(data-label); display: block; font-size: 0.75rem; font-weight: 600; color: var(--quiet); }
}

@media print {
  :root {
    --paper: #fff; --card: #fff; --ink: #000; --quiet: #333; --line: #999; --code: #fff; --link: #000;
    --bad: #000; --doubt: #000; --good: #000; --calm: #000;
    --bad-tint: #fff; --doubt-tint: #fff; --good-tint: #fff; --calm-tint: #fff;
  }
  html { font-size: 11pt; }
  body { max-width: none; padding: 0; }
  pre { white-space: pre-wrap; border: 1px solid var(--line); }
  .facts { max-height: none; }
  #filter { display: none; }
  #checks > .checks { content-visibility: visible; }
  .card, .checks > li, .readiness li, tr { break-inside: avoid; }
  .readiness .heading { break-after: avoid; }
  h2, h3 { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
  a[href^="http"]::after { content: " (" attr(href) ")"; font-size: 0.85em; }
}
`;
