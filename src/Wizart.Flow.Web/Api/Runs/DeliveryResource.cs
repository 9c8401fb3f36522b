using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web;

/// <summary>What a callback told one notifier, or is to tell.</summary>
/// <param name="Id">Its number; the receiver of a webhook sees the same.</param>
/// <param name="Event">What happened.</param>
/// <param name="TaskId">The task; null when it is about the run.</param>
/// <param name="MapIndex">The element of a mapped task; -1 for a plain one.</param>
/// <param name="Attempt">The attempt that ended; null for a run.</param>
/// <param name="State">The state then.</param>
/// <param name="Reason">Why.</param>
/// <param name="Notifier">Who is told: <c>log</c>, <c>webhook https://example.org</c>, <c>webhook alerts</c>, <c>TeamsChannel performance</c>.</param>
/// <param name="Status">Where the delivery stands.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="Error">Why the last try that failed did.</param>
/// <param name="CreatedAt">When it happened.</param>
/// <param name="DueAt">When it is tried next.</param>
/// <param name="EndedAt">When it was delivered or given up.</param>
public sealed record DeliveryResource(
    long Id, CallbackEvent Event, string? TaskId, int MapIndex, int? Attempt, string State, string? Reason, string Notifier,
    DeliveryState Status, int Tries, string? Error, DateTimeOffset CreatedAt, DateTimeOffset? DueAt, DateTimeOffset? EndedAt)
{
    /// <summary>The delivery as the API tells it.</summary>
    public static DeliveryResource Of(Delivery delivery) => new(
        delivery.Id, delivery.Event, delivery.TaskId, delivery.MapIndex, delivery.Attempt == 0 ? null : delivery.Attempt, delivery.State,
        delivery.Reason, NameOf(delivery.Notifier), delivery.Status, delivery.Tries, delivery.Error, delivery.CreatedAt, delivery.DueAt,
        delivery.EndedAt);

    /// <summary>Without the path of an address: that is often its password.</summary>
    private static string NameOf(NotifierModel notifier) => notifier.Kind switch
    {
        NotifierKind.Webhook when notifier.Connection is { } id => $"webhook {id}",
        NotifierKind.Webhook => $"webhook {new Uri(notifier.Url!).GetLeftPart(UriPartial.Authority)}",
        NotifierKind.Channel => $"{notifier.Client?.Split('.')[^1]} {notifier.Connection}",
        _ => SnakeCaseEnums.Word(notifier.Kind),
    };
}
