namespace Wizart.Flow.Engine.Attempts;

/// <summary>Runs attempts on the thread pool of this process: for <c>flow run</c> and tests.</summary>
public sealed class LocalDispatcher(SlotLoop slots) : IDispatcher
{
    /// <inheritdoc/>
    public void Dispatch(ClaimedAttempt first) => _ = Task.Run(() => slots.RunAsync(first));
}
