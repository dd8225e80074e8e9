namespace Nonsmooth.Programs;

/// <summary>A named input or output of a program.</summary>
/// <param name="Name">Unique among the inputs, or among the outputs.</param>
/// <param name="Value">The number of the value.</param>
public record NamedValue(string Name, int Value);
