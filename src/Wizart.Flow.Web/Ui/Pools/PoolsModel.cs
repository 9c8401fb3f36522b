using Wizart.Flow.Engine.Commands;

namespace Wizart.Flow.Web.Ui.Pools;

/// <summary>The pools that fit.</summary>
public sealed record PoolsModel(string Text, IReadOnlyList<PoolRow> Pools, int All);

/// <summary>A pool, and the DAGs that use it.</summary>
public sealed record PoolRow(PoolStatus Status, IReadOnlyList<string> Dags);

/// <summary>The form that gives a pool another number of slots.</summary>
/// <param name="Status">The pool.</param>
/// <param name="Slots">What stands in the field.</param>
/// <param name="Mistake">What is wrong with it.</param>
public sealed record PoolForm(PoolStatus Status, string Slots, string? Mistake = null);
