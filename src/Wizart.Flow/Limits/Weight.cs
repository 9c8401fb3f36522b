namespace Wizart.Flow;

/// <summary>
/// What a task's priority is made of: its own number, and those of the tasks around it. Names and meanings are Airflow's
/// (airflow.task.weight_rule.WeightRule).
/// </summary>
public enum Weight
{
    /// <summary>Its own, and those of all tasks that wait for it, directly or not: what much hangs on goes first. The default.</summary>
    Downstream,

    /// <summary>Its own, and those of all tasks that it waits for: what is nearly done goes first.</summary>
    Upstream,

    /// <summary>Its own alone.</summary>
    Absolute,
}
