using CsCheck;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Tests.Ui.Graph;

/// <summary>DAGs of any shape: tasks in groups within groups, each after some of those before it.</summary>
internal static class RandomModels
{
    public static Gen<DagModel> Any { get; } =
        from groups in Gen.Int[0, 5]
        from tasks in Gen.Int[1, 30]
        from parents in Gen.Int[-1, 4].Array[groups]
        from homes in Gen.Int[-1, groups - 1].Array[tasks]
        from density in Gen.Double[0, 0.4]
        from draws in Gen.Double[0, 1].Array[tasks * tasks]
        select Make(parents, homes, density, draws);

    /// <summary>Layers of tasks, each after two of the layer before.</summary>
    public static DagModel Layers(int layers, int width) => new()
    {
        Id = "large",
        Tasks =
        [
            .. from layer in Enumerable.Range(0, layers)
               from i in Enumerable.Range(0, width)
               select new TaskModel
               {
                   Id = $"t{layer}_{i}",
                   Index = (layer * width) + i,
                   Upstream = layer == 0 ? [] : [((layer - 1) * width) + i, ((layer - 1) * width) + ((i + 1) % width)],
               },
        ],
    };

    private static DagModel Make(int[] parents, int[] homes, double density, double[] draws)
    {
        var names = new string[parents.Length];
        var groups = new List<GroupModel>();
        for (var g = 0; g < parents.Length; g++)
        {
            int? parent = parents[g] >= 0 && parents[g] < g ? parents[g] : null; // a group stands after those around it
            names[g] = parent is { } around ? $"{names[around]}.g{g}" : $"g{g}";
            groups.Add(new GroupModel { Id = names[g], Parent = parent });
        }

        return new DagModel
        {
            Id = "any",
            Groups = groups,
            Tasks =
            [
                .. homes.Select((home, i) => new TaskModel
                {
                    Id = home >= 0 ? $"{names[home]}.t{i}" : $"t{i}",
                    Index = i,
                    Group = home >= 0 ? home : null,
                    Upstream = [.. Enumerable.Range(0, i).Where(before => draws[(i * homes.Length) + before] < density)],
                }),
            ],
        };
    }
}
