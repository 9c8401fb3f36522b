using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task The_audit_log_is_newest_first_and_says_from_where()
    {
        var first = new AuditEntry(Sample.Noon, new Caller("анна", "192.0.2.7"), "trigger", "etl", """{"run":1}""");
        var second = new AuditEntry(Sample.Noon, "bob", "pause", "etl", null);
        await DoAsync(t => t.AuditAsync(first));
        await DoAsync(t => t.AuditAsync(second));

        var entries = await Queries.AuditAsync(new AuditFilter(), Cancellation);
        Assert.Equal([second, first], entries.Select(entry => entry with { Id = 0 }));
        Assert.Equal("192.0.2.7", entries[1].Address);
        Assert.True(entries[0].Id > entries[1].Id);
        Assert.Equal([second], (await Queries.AuditAsync(new AuditFilter(Count: 1), Cancellation)).Select(entry => entry with { Id = 0 }));
    }

    [Fact]
    public async Task Pages_of_the_audit_log_follow_each_other_without_gap_or_overlap()
    {
        await DoAsync(async t =>
        {
            for (var i = 0; i < 25; i++) await t.AuditAsync(new AuditEntry(Sample.Noon, "ann", "trigger", $"etl/{i}", null));
        });

        var seen = new List<string>();
        long? before = null;
        while (await Queries.AuditAsync(new AuditFilter(before, Count: 10), Cancellation) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(entry => entry.Target));
            before = page[^1].Id;
        }

        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(i => $"etl/{i}"), seen);
    }

    [Fact]
    public async Task The_audit_log_is_filtered_by_who_what_and_when()
    {
        await DoAsync(async t =>
        {
            await t.AuditAsync(new AuditEntry(Sample.Noon, "ann", "pause", "etl", null));
            await t.AuditAsync(new AuditEntry(Sample.Noon.AddHours(1), "bob", "trigger", "etl/7", null));
            await t.AuditAsync(new AuditEntry(Sample.Noon.AddHours(2), "ann", "trigger", "etl_2/8", null));
        });

        async Task<IEnumerable<string>> Targets(AuditFilter filter) => (await Queries.AuditAsync(filter, Cancellation)).Select(entry => entry.Target);
        Assert.Equal(["etl_2/8", "etl"], await Targets(new AuditFilter(Actor: "ann")));
        Assert.Equal(["etl_2/8", "etl/7"], await Targets(new AuditFilter(Action: "trigger")));
        Assert.Equal(["etl/7", "etl"], await Targets(new AuditFilter(Target: "etl")));
        Assert.Equal(["etl/7"], await Targets(new AuditFilter(Target: "etl/7")));
        Assert.Equal(["etl/7"], await Targets(new AuditFilter(From: Sample.Noon.AddHours(1), To: Sample.Noon.AddHours(2))));
        Assert.Empty(await Targets(new AuditFilter(Actor: "ann", Target: "etl/7")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task A_page_of_the_audit_log_has_1_to_1000_entries(int count) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Queries.AuditAsync(new AuditFilter(Count: count), Cancellation));
}
