namespace Wizart.Flow.Host.Tests.Cli;

/// <summary>Scripts that several tests use.</summary>
internal static class Scripts
{
    public const string Sums =
        """
        var size = Param("size", 3).Between(1, 100);
        var dag = Dag("sums").Describe("Adds up").Schedule(Daily.At("06:00").In("Europe/Minsk")).StartingOn("2026-01-01");
        var numbers = dag.Task("numbers").From(size).Run(n => Enumerable.Range(1, n).ToArray());
        var sum = dag.Task("sum").From(numbers).Run(xs => { Console.WriteLine($"The sum is {xs.Sum()}"); return xs.Sum(); });
        dag.Task("small").From(sum).OnlyIf(s => s < 10).Run(s => new { Small = s });
        dag.Task("tell").After(sum).Run(() => { });
        """;

    public const string Fails =
        """
        var dag = Dag("fails");
        var list = dag.Task("list").Run(() => new[] { 1 });
        dag.Task("broken").From(list).Run(list =>
        {
            return list[7];
        });
        """;
}
