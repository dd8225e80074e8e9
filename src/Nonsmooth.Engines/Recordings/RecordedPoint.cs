namespace Nonsmooth.Engines.Recordings;

/// <summary>Arguments at which spellings were asked.</summary>
/// <param name="Name">The point's name; empty where the arrays are many points side by side.</param>
/// <param name="Arguments">One array an argument.</param>
public sealed record RecordedPoint(string Name, IReadOnlyList<RecordedArray> Arguments);
