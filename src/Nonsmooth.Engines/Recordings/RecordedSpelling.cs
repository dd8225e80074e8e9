using Nonsmooth.Engines.Spellings;

namespace Nonsmooth.Engines.Recordings;

/// <summary>A row of the list of spellings that engines were asked.</summary>
/// <param name="Name">The spelling's name.</param>
/// <param name="Function">The mathematical function that it writes.</param>
/// <param name="Kind">How it was asked.</param>
/// <param name="Written">The spelling in Python, over the operations E.</param>
/// <param name="Inputs">By format (f64, f32, bf16, f16) the points.</param>
public sealed record RecordedSpelling(
    string Name, string Function, SpellingKind Kind, string Written, IReadOnlyDictionary<string, IReadOnlyList<RecordedPoint>> Inputs);
