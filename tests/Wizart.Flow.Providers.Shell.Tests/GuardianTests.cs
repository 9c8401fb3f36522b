using System.Diagnostics;
using Wizart.Flow.Providers.Shell.Processes;

namespace Wizart.Flow.Providers.Shell.Tests;

public class GuardianTests
{
    private readonly string _mark = $"/flow-mark-{Guid.NewGuid():N}";

    [Fact]
    public async Task When_the_starter_is_gone_the_group_is_ended()
    {
        using var leader = Leader();
        var guardian = Guardian.Start();
        guardian.WatchOver(leader.Id);
        guardian.Release(); // what the system does with the pipes of a killed process

        Assert.True(await ProcessTable.IsFreeOf(_mark, 30.Seconds()));
    }

    [Fact]
    public async Task When_the_program_is_over_it_touches_nothing()
    {
        using var leader = Leader();
        await using (var guardian = Guardian.Start()) guardian.WatchOver(leader.Id);

        // Its own end comes after anything that it would do; other tests have guardians too.
        foreach (var id in ProcessTable.CommandsWith("read -r group").ToArray())
            Assert.True(await ProcessTable.IsGone(id, 30.Seconds()));
        Assert.False(leader.HasExited);
        new ProcessGroup(leader.Id).Kill();
    }

    private Process Leader() => Process.Start(new ProcessStartInfo("setsid", ["bash", "-c", $"sh -c 'sleep 300; : {_mark}' & sleep 300; : {_mark}"]))!;
}
