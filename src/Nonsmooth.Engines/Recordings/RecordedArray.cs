using Nonsmooth.Tensors;

namespace Nonsmooth.Engines.Recordings;

/// <summary>An array as it was recorded.</summary>
/// <param name="Shape">The sizes of its axes.</param>
/// <param name="Data">The elements, row-major; exact in the format that they were computed in.</param>
public sealed record RecordedArray(Shape Shape, IReadOnlyList<double> Data);
