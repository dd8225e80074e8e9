using Nonsmooth.Programs;

namespace Nonsmooth.Engines.Spellings;

/// <summary>A spelling as a program of the dictionary, or what the dictionary lacks for it.</summary>
/// <param name="Program">The program; its inputs are x0, x1, …, its output is value. Null where it cannot be expressed.</param>
/// <param name="Missing">The function that is missing; null where there is a program.</param>
public sealed record Expression(Program? Program, string? Missing);
