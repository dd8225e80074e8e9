using System.Text.Json;

namespace Nonsmooth.Training.Checkpoints;

/// <summary>Where a training run stands: with the tensors, all that is needed to go on as if it had never stopped.</summary>
/// <param name="Epoch">The epoch that is running, from 0.</param>
/// <param name="Step">Optimizer steps done in the whole run.</param>
/// <param name="Seed">The seed of the run.</param>
public sealed record RunState(int Epoch, long Step, ulong Seed)
{
    /// <summary>The next step of the epoch, from 0. Default 0.</summary>
    public int Batch { get; init; }

    /// <summary>The settings of the run. Default none.</summary>
    public IReadOnlyDictionary<string, string> Config { get; init; } = new Dictionary<string, string>();

    /// <summary>Numbers measured so far, for example the best accuracy. Default none; NaN and ±∞ are kept.</summary>
    public IReadOnlyDictionary<string, double> Measures { get; init; } = new Dictionary<string, double>();

    /// <summary>Instructions and libraries that computed it, by name: what its last bits may depend on. Default none.</summary>
    public IReadOnlyDictionary<string, string> Machine { get; init; } = new Dictionary<string, string>();

    internal string ToJson() => JsonSerializer.Serialize(this, RunStateJson.Default.RunState);

    internal static RunState FromJson(string path, string json)
    {
        try
        {
            var state = JsonSerializer.Deserialize(json, RunStateJson.Default.RunState) ?? throw new JsonException("null");
            return state is { Epoch: >= 0, Step: >= 0, Batch: >= 0, Config: not null, Measures: not null, Machine: not null }
                && !state.Config.Values.Concat(state.Machine.Values).Contains(null)
                    ? state
                    : throw new JsonException("a count is negative, or an entry missing");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new NonsmoothException($"'{path}' holds a run state that is not valid; use another copy.", e);
        }
    }
}
