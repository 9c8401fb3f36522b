namespace Wizart.Flow.Providers.Reports.Writing;

/// <summary>How a report looks: light and dark, on a phone and on paper.</summary>
internal static class ReportStyle
{
    public const string Sheet =
        """
        :root {
          --ground: #f6f7f9; --card: #ffffff; --ink: #1d2530; --muted: #5b6675; --line: #dfe4ea; --stripe: #f6f8fa;
          --good: #0a7a4b; --bad: #c62828; --accent: #0b66c3; --note: #fff4d6; --note-line: #e0a800;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #12161c; --card: #1b2129; --ink: #e6eaf0; --muted: #9aa6b5; --line: #2e3743; --stripe: #202731;
            --good: #4cc38a; --bad: #ff7b72; --accent: #6cb2ff; --note: #332a10; --note-line: #b58900;
          }
          figure img { filter: invert(1) hue-rotate(180deg); mix-blend-mode: screen; }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; background: var(--ground); color: var(--ink); -webkit-text-size-adjust: 100%;
          font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", "Liberation Sans", Arial, sans-serif;
        }
        main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
        h1 { font-size: 1.75rem; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
        h2 { font-size: 1.2rem; line-height: 1.3; margin: 2.25rem 0 .75rem; overflow-wrap: anywhere; }
        .under { margin: .35rem 0 0; color: var(--muted); overflow-wrap: anywhere; }
        .words { margin: .75rem 0; max-width: 45rem; white-space: pre-line; overflow-wrap: anywhere; }
        .note {
          margin: 1rem 0; padding: .7rem 1rem; background: var(--note); border-left: 4px solid var(--note-line); border-radius: 4px;
          white-space: pre-line; overflow-wrap: anywhere;
        }
        .headlines { display: grid; grid-template-columns: repeat(auto-fit, minmax(12.5rem, 1fr)); gap: .9rem; margin: 1.5rem 0; }
        .headline { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .9rem 1.1rem 1rem; min-width: 0; }
        .headline p { margin: 0; }
        .name { color: var(--muted); font-size: .9rem; overflow-wrap: anywhere; }
        .value { margin-top: .1rem !important; line-height: 1.25; overflow-wrap: anywhere; }
        .value strong { font-size: 2rem; font-weight: 650; font-variant-numeric: tabular-nums; }
        .value span { color: var(--muted); }
        .change { color: var(--muted); font-size: .9rem; }
        .good { color: var(--good); }
        .bad { color: var(--bad); }
        .spark { display: block; width: 100%; max-width: 12rem; height: auto; margin-top: .5rem; }
        .spark polyline { fill: none; stroke: var(--accent); stroke-width: 1.5; stroke-linejoin: round; stroke-linecap: round; }
        .spark circle { fill: var(--accent); }
        figure { margin: 1.25rem 0; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .75rem; }
        figure img { display: block; width: 100%; height: auto; border-radius: 4px; }
        figcaption { color: var(--muted); font-size: .9rem; padding: .6rem .25rem 0; overflow-wrap: anywhere; }
        .table { margin: 1.25rem 0 0; width: fit-content; min-width: min(16rem, 100%); max-width: 100%; background: var(--card); border: 1px solid var(--line); border-radius: 10px; overflow-x: auto; }
        .table + .cut { margin-top: .5rem; }
        table { border-collapse: collapse; font-size: .92rem; width: max-content; min-width: 100%; }
        caption { text-align: left; font-weight: 600; padding: .75rem .9rem .35rem; }
        th, td { padding: .45rem .9rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); max-width: 24rem; overflow-wrap: anywhere; }
        th { color: var(--muted); font-weight: 600; font-size: .85rem; white-space: nowrap; }
        tbody tr:nth-child(even) { background: var(--stripe); }
        tbody tr:last-child td { border-bottom: 0; }
        .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        .cut { color: var(--muted); font-size: .9rem; margin: .5rem 0 0; }
        footer { margin-top: 2.5rem; padding-top: .9rem; border-top: 1px solid var(--line); color: var(--muted); font-size: .85rem; overflow-wrap: anywhere; }
        @media (max-width: 32rem) {
          main { padding: 1.25rem .9rem 2rem; }
          h1 { font-size: 1.4rem; }
          .headlines { grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .6rem; }
          .headline { padding: .7rem .8rem .8rem; }
          .value strong { font-size: 1.55rem; }
          figure { padding: .35rem; }
          td { max-width: 14rem; }
          th, td { padding: .4rem .6rem; }
        }
        @media print {
          :root {
            --ground: #ffffff; --card: #ffffff; --ink: #000000; --muted: #444444; --line: #bbbbbb; --stripe: #f4f4f4;
            --good: #0a7a4b; --bad: #c62828; --accent: #0b66c3; --note: #fff4d6; --note-line: #e0a800;
          }
          body { font-size: 11pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          main { max-width: none; padding: 0; }
          figure img { filter: none; mix-blend-mode: normal; }
          .table { overflow: visible; width: auto; max-width: none; }
          table { width: 100%; }
          table { font-size: 9pt; }
          th, td { padding: 3pt 5pt; }
          th, .cut, footer { font-size: 8.5pt; }
          .wide table { width: 100%; font-size: 6pt; }
          .wide th, .wide td { padding: 2pt 1pt; white-space: normal; font-size: inherit; }
          thead { display: table-header-group; }
          tr, figure, .headline { break-inside: avoid; }
          h2 { break-after: avoid; }
        }

        """;
}
