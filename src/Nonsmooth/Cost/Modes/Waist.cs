namespace Nonsmooth.Cost;

/// <summary>A value that everything between the inputs of interest and the real outputs flows through.</summary>
/// <param name="Name">The value's name in the program.</param>
/// <param name="Value">The value's number in the program.</param>
/// <param name="Elements">How many reals it holds.</param>
public sealed record Waist(string Name, int Value, long Elements);
