namespace Nonsmooth.Engines.Recordings;

/// <summary>What an engine answered for a spelling in a format, at all points side by side or at one.</summary>
/// <param name="Spelling">The spelling's name.</param>
/// <param name="Format">f64, f32, bf16 or f16.</param>
/// <param name="Point">The point's name; empty where all points stand side by side.</param>
public sealed record Answer(string Spelling, string Format, string Point)
{
    /// <summary>The value; null where the engine raised an error.</summary>
    public RecordedArray? Value { get; init; }

    /// <summary>By argument the slopes by reverse mode; an argument's is null where the engine says there is no dependence. Null with an error.</summary>
    public IReadOnlyList<IReadOnlyList<double>?>? Reverse { get; init; }

    /// <summary>
    /// Forward mode: by argument the slopes where all points stand side by side, else one list, the derivative along the
    /// tangent of the recording. Null with an error, and where it was not asked.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<double>>? Forward { get; init; }

    /// <summary>The engine's own words, shortened, instead of a value.</summary>
    public string? Error { get; init; }

    /// <summary>The engine's own words instead of <see cref="Reverse"/>.</summary>
    public string? ReverseError { get; init; }

    /// <summary>The engine's own words instead of <see cref="Forward"/>.</summary>
    public string? ForwardError { get; init; }
}
