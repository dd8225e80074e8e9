namespace Nonsmooth.Programs;

/// <summary>An input of a program.</summary>
/// <param name="Name">Unique among the inputs.</param>
/// <param name="Value">The number of the value.</param>
/// <param name="Role">What it stands for.</param>
public sealed record ProgramInput(string Name, int Value, InputRole Role) : NamedValue(Name, Value);
