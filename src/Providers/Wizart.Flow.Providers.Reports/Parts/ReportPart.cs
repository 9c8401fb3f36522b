using Wizart.Flow.Providers.Charts;
using Wizart.Flow.Providers.Csv;

namespace Wizart.Flow.Providers.Reports.Parts;

/// <summary>One thing in a report, in the order of telling.</summary>
internal abstract record ReportPart
{
    /// <summary>A figure in large digits.</summary>
    /// <param name="Name">What it is.</param>
    /// <param name="Value">The figure; null when there is none.</param>
    /// <param name="Unit">Of what.</param>
    /// <param name="IsCompared">Whether there could be an earlier value.</param>
    /// <param name="Previous">The earlier value; null when there was none.</param>
    /// <param name="Better">Which way it should go.</param>
    /// <param name="Earlier">The values before this one, the oldest first; none for no line.</param>
    public sealed record Headline(
        string Name, double? Value, string Unit, bool IsCompared, double? Previous, Better Better, IReadOnlyList<double> Earlier) : ReportPart
    {
        /// <summary>The change in percent; null when there is nothing to compare with.</summary>
        public double? Change => Value is { } now && Previous is { } before && before != 0 ? (now - before) / Math.Abs(before) * 100 : null;

        /// <summary>Whether the change is for the better; null when it is small, or neither way is.</summary>
        public bool? IsBetter => Better == Better.Either || Change is not { } change || Math.Abs(change) < Figures.SmallestChange
            ? null
            : change > 0 == (Better == Better.Higher);
    }

    /// <summary>A heading.</summary>
    public sealed record Heading(string Text) : ReportPart;

    /// <summary>Paragraphs, parted by empty lines.</summary>
    public sealed record Words(string Text) : ReportPart;

    /// <summary>Something not to be overlooked.</summary>
    public sealed record Note(string Text) : ReportPart;

    /// <summary>A picture.</summary>
    public sealed record Picture(Chart Chart, string Caption) : ReportPart;

    /// <summary>A table, or the beginning of it.</summary>
    public sealed record Figure(Table Table, string Caption, int MostRows) : ReportPart
    {
        /// <summary>More columns than this can't be read.</summary>
        public const int MostColumns = 40;

        /// <summary>What is shown of it.</summary>
        public Table Shown => Table.Columns.Count > MostColumns ? Table.Select([.. Table.Columns.Take(MostColumns)]).Take(MostRows) : Table.Take(MostRows);

        /// <summary>What is not shown, in words; null when all is.</summary>
        public string? Cut
        {
            get
            {
                List<string> cut = [];
                if (Table.Count > MostRows) cut.Add(FormattableString.Invariant($"the first {MostRows:#,0} of {Table.Count:#,0} rows"));
                if (Table.Columns.Count > MostColumns) cut.Add(FormattableString.Invariant($"the first {MostColumns} of {Table.Columns.Count:#,0} columns"));
                return cut.Count == 0 ? null : $"Shown are {string.Join(" and ", cut)}.";
            }
        }
    }
}
