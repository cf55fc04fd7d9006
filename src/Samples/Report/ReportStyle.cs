namespace MlNetShallowNet.Samples.Report;

/// <summary>How the page looks: light or dark as the reader's system is, one column on a phone and two on a desk.</summary>
internal static class ReportStyle
{
    /// <summary>For a picture in a file of its own.</summary>
    public const string Picture = """
        svg { --card: #fff; --ink: #1d2025; --muted: #5c636d; --grid: #eceef1; --yes: #0b4a94; --no: #d06a10; }
        @media (prefers-color-scheme: dark) { svg { --card: #1b1e24; --ink: #e7e9ec; --muted: #a3abb6; --grid: #292d34; --yes: #a5d0ff;
          --no: #cc6a22; } }
        text { font: 11px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; fill: var(--muted); }
        .title { font-size: 13px; font-weight: 600; fill: var(--ink); }
        .card { fill: var(--card); } .grid { stroke: var(--grid); } .yes { fill: var(--yes); } .no { fill: var(--no); }
        .ground { shape-rendering: crispEdges; } .ground.no { fill-opacity: var(--t); } .ground.yes { fill-opacity: calc(1.75 * var(--t)); }
        .g0 { --t: 6%; } .g1 { --t: 10%; } .g2 { --t: 15%; } .g3 { --t: 20%; } .g4 { --t: 26%; }
        .point { stroke: var(--card); stroke-width: .6; }
        .boundary { fill: none; stroke: var(--ink); stroke-width: 1.4; stroke-linecap: round; }
        """;

    /// <summary>For the page.</summary>
    public const string Css = """
        :root { color-scheme: light dark; --page: #f6f6f4; --card: #fff; --ink: #1d2025; --muted: #5c636d; --line: #d8dbe0; --grid: #eceef1;
          --yes: #0b4a94; --no: #d06a10; --plus: #0b6b5b; --minus: #93286f; --mark: #7a2aa0; --good: #18794a; --fair: #8a5a00; --bad: #b3261e; }
        @media screen and (prefers-color-scheme: dark) { :root { --page: #131519; --card: #1b1e24; --ink: #e7e9ec; --muted: #a3abb6; --line: #3a4049;
          --grid: #292d34;
          --yes: #a5d0ff; --no: #cc6a22; --plus: #5fc9b3; --minus: #d77bb6; --mark: #d2a1f0; --good: #5fd39a; --fair: #f0b54a; --bad: #ff8b82; } }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { margin: 0; background: var(--page); color: var(--ink);
          font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
        main, header, footer { max-width: 1120px; margin: 0 auto; padding: 0 16px; }
        header { padding-top: 28px; }
        h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; }
        h2 { font-size: 1.05rem; margin: 0 0 8px; }
        header p { color: var(--muted); margin: 0 0 16px; overflow-wrap: anywhere; }
        main { display: grid; gap: 16px; grid-template-columns: repeat(2, minmax(0, 1fr)); }
        section, .verdict { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px; min-width: 0; }
        section.wide, .verdicts { grid-column: 1 / -1; }
        section p { color: var(--muted); font-size: .875rem; margin: 8px 0 0; overflow-wrap: anywhere; }
        section p.area { color: var(--ink); font-size: .95rem; margin: 0 0 4px; font-variant-numeric: tabular-nums; }
        p.area data { font-weight: 650; }
        .verdicts { display: grid; gap: 16px; grid-template-columns: repeat(3, minmax(0, 1fr)); }
        .verdict { border-left: 5px solid var(--muted); }
        .verdict h2 { font-size: .9rem; font-weight: 500; color: var(--muted); margin: 0; }
        .verdict p { font-size: .875rem; margin: 4px 0 0; color: var(--muted); }
        .verdict .answer { font-size: 1.35rem; font-weight: 650; color: var(--ink); margin: 0; line-height: 1.3; }
        .verdict.good { border-left-color: var(--good); } .verdict.fair { border-left-color: var(--fair); }
        .verdict.bad { border-left-color: var(--bad); }
        .verdict.good .answer { color: var(--good); } .verdict.fair .answer { color: var(--fair); }
        .verdict.bad .answer { color: var(--bad); }
        svg { display: block; width: 100%; height: auto; max-width: 520px; margin: 0 auto; }
        svg text { font-size: 11px; fill: var(--muted); font-family: inherit; font-variant-numeric: tabular-nums; }
        svg .name, svg .words { font-size: 11.5px; } svg .words { paint-order: stroke; stroke: var(--card); stroke-width: 3px; stroke-linejoin: round; }
        .grid { stroke: var(--grid); stroke-width: 1; }
        .line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
        .line.faint { stroke-width: 1; stroke-opacity: .3; }
        .line.curve, .line.unseen { stroke: var(--ink); } .line.training { stroke: var(--muted); stroke-dasharray: 6 4; }
        .line.chance { stroke: var(--muted); stroke-width: 1; stroke-dasharray: 1.5 4; } .bar-of-error { stroke: var(--ink); stroke-width: 1.2; }
        .threshold line { stroke: var(--mark); stroke-width: 1.6; } .threshold circle { fill: var(--mark); stroke: var(--card); stroke-width: 1; }
        line.mark { stroke: var(--mark); stroke-width: 1.6; stroke-dasharray: 5 3; }
        .plot { position: relative; } .cursor { fill: none; stroke: none; } .cursor.on { stroke: var(--mark); stroke-width: 2; }
        section p.reading { min-height: 1.4em; margin: 0; text-align: center; color: var(--ink); font-variant-numeric: tabular-nums; }
        section p.control { display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: center; color: var(--ink); margin: 0 0 8px; }
        section p.control[hidden] { display: none; } .control input { flex: 1 1 12rem; min-width: 0; height: 28px; accent-color: var(--mark); }
        section p.colours { display: flex; flex-wrap: wrap; align-items: center; } .colours i { width: 16px; height: 14px; background: var(--grid); }
        .colours span { padding: 0 6px; } .colours .ground.yes { background: color-mix(in srgb, var(--yes) calc(1.75 * var(--t)), var(--card)); }
        .colours .ground.no { background: color-mix(in srgb, var(--no) var(--t), var(--card)); }
        .mark { fill: none; stroke: var(--muted); stroke-width: 1; stroke-dasharray: 2 3; }
        .dot.curve { fill: var(--ink); fill-opacity: .85; stroke: var(--card); stroke-width: 1; }
        .dot.kept { fill: var(--ink); stroke: var(--card); stroke-width: 1; } .ring { fill: none; stroke: var(--ink); stroke-width: 1.5; } .ring.faint { stroke-opacity: .45; stroke-width: 1; }
        .bar.yes, .ground.yes, .point.yes { fill: var(--yes); } .bar.no, .ground.no, .point.no { fill: var(--no); }
        svg .bar { fill-opacity: .85; } .ground { shape-rendering: crispEdges; }
        .ground.no { fill-opacity: var(--t); } .ground.yes { fill-opacity: calc(1.75 * var(--t)); }
        .g0 { --t: 6%; } .g1 { --t: 10%; } .g2 { --t: 15%; } .g3 { --t: 20%; } .g4 { --t: 26%; }
        .point { stroke: var(--card); stroke-width: .6; } .point.held { stroke: var(--ink); stroke-width: .9; }
        .boundary { fill: none; stroke: var(--ink); stroke-width: 1.4; stroke-linecap: round; }
        .legend { display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 0 0 6px !important; }
        .legend span { display: inline-flex; align-items: center; gap: 6px; overflow-wrap: anywhere; min-width: 0; }
        .key { flex: none; width: 14px; height: 10px; border-radius: 2px; background: var(--muted); }
        .key.yes { background: var(--yes); width: 11px; height: 11px; border-radius: 50%; }
        .key.no { background: var(--no); width: 10px; height: 10px; border-radius: 0; transform: rotate(45deg); }
        .key.ring, .key.ringed { width: 11px; height: 11px; border-radius: 50%; background: none; border: 1.5px solid var(--ink); }
        .key:is(.training, .unseen, .curve, .chance, .edge, .marked) { width: 24px; height: 2px; border-radius: 0; background: var(--ink); }
        .key:is(.training, .chance, .marked) { background: repeating-linear-gradient(90deg, var(--muted) 0 6px, #0000 6px 9px); }
        .key.chance { background: repeating-linear-gradient(90deg, var(--muted) 0 2px, #0000 2px 5px); }
        .key.faint { height: 1px; opacity: .5; }
        .key.marked { background: repeating-linear-gradient(90deg, var(--mark) 0 6px, #0000 6px 9px); } .key.threshold { width: 9px; height: 9px; border-radius: 50%; background: var(--mark); }
        .key.error { width: 2px; height: 13px; background: var(--ink); } .key.best { width: 8px; border-radius: 50%; height: 8px; background: var(--ink); }
        table { border-collapse: collapse; font-size: .84rem; font-variant-numeric: tabular-nums; width: 100%; }
        th, td { padding: 4px 8px; text-align: right; border-bottom: 1px solid var(--grid); }
        th:first-child { text-align: left; } thead th { font-weight: 500; color: var(--muted); vertical-align: bottom; }
        tbody th { font-weight: 500; }
        tr.current { font-weight: 650; background: var(--grid); } tr.current th { font-weight: 650; }
        .scroll { overflow-x: auto; } .scroll th:first-child { white-space: nowrap; }
        .muted { color: var(--muted); }
        details { margin-top: 8px; font-size: .875rem; } summary { cursor: pointer; color: var(--muted); }
        details:not([open]) > :not(summary) { display: none; }
        .confusion { table-layout: fixed; border-spacing: 4px; border-collapse: separate; }
        .confusion td, .confusion th { text-align: center; border: 0; padding: 8px 6px; overflow-wrap: anywhere; }
        .confusion tbody td { border-radius: 6px; padding: 26px 6px; } .confusion b { font-size: 1.25rem; } .confusion span { color: var(--muted); }
        .confusion .right { background: color-mix(in srgb, var(--good) 16%, var(--card)); }
        .confusion .wrong { background: color-mix(in srgb, var(--bad) 14%, var(--card)); }
        .confusion span { color: var(--ink); }
        .bars { table-layout: fixed; } .bars th:first-child { width: 34%; overflow-wrap: anywhere; }
        .bars .bar div { height: 12px; min-width: 1px; border-radius: 0 3px 3px 0; background: var(--muted); }
        .bars td:nth-child(3), .bars thead th:nth-child(3) { width: 5.2rem; padding-left: 0; }
        .bars td:nth-child(4), .bars thead th:nth-child(4) { width: 5.2rem; }
        .map { table-layout: fixed; border-collapse: separate; border-spacing: 1px; }
        .map th { width: 36%; overflow-wrap: anywhere; line-height: 1.2; padding: 2px 8px 2px 0; border: 0; font-weight: 400; }
        .map td { padding: 0; border: 0; height: 20px; } :is(.map, .colours) .plus { background: color-mix(in srgb, var(--plus) var(--s), var(--grid)); }
        :is(.map, .colours) .minus { background: repeating-linear-gradient(135deg, color-mix(in srgb, var(--minus) var(--s), var(--grid)) 0 4px,
          color-mix(in srgb, var(--minus) calc(var(--s) * .45), var(--grid)) 4px 6px); }
        .map .output td { height: 26px; } .map .output th { font-weight: 600; }
        dl { margin: 0; font-size: .875rem; } dl div { display: grid; grid-template-columns: 11rem minmax(0, 1fr); gap: 0 16px; padding: 2px 0;
          break-inside: avoid; }
        #options dl { columns: 26rem; column-gap: 32px; }
        dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--grid); border-radius: 6px; padding: 10px 12px;
          font-size: .84rem; margin: 8px 0 0; }
        footer { color: var(--muted); font-size: .875rem; padding-top: 16px; padding-bottom: 32px; }
        :focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; }
        @media screen and (max-width: 760px) { main, .verdicts { grid-template-columns: minmax(0, 1fr); } header { padding-top: 20px; }
        section, .verdict { padding: 14px 12px; }
          .bars .muted { display: none; } .bars th:first-child { width: 44%; } dl div { grid-template-columns: 8.5rem minmax(0, 1fr); gap: 0 10px; }
          th, td { padding: 4px 6px; } }
        .thresholds { container-type: inline-size; }
        .thresholds .scroll + .scroll th:first-child { white-space: normal; }
        @container (max-width: 540px) { .thresholds :is(th, td) { padding: 4px; }
          .thresholds .scroll:first-child :is(th, td):is(:nth-child(4), :nth-child(5)) { display: none; } }
        @container (max-width: 390px) { .thresholds .scroll:first-child :is(th, td):nth-child(8), .thresholds .scroll + .scroll :is(th, td):nth-child(6) { display: none; } }
        @container (max-width: 345px) { .thresholds :is(th, td) { padding: 4px 1px; font-size: .75rem; }
          .thresholds .scroll :is(th, td):not(:first-child) { padding-left: calc(100cqi / 12 - 20px); } }
        @page { size: A4; margin: 12mm; }
        @media print { body { background: none; font-size: 12px; } main { gap: 10px; } section, .verdict { break-inside: avoid; padding: 10px; }
          .control, .reading, details { display: none !important; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
        """;
}
