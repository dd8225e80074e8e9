using System.Diagnostics.CodeAnalysis;

namespace Nonsmooth.Settings;

/// <summary>Reads a value; false where the text is none.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="text">What was written.</param>
/// <param name="value">What it means.</param>
/// <exception cref="NonsmoothException">The text is none, and the message says what to write instead.</exception>
public delegate bool Reader<T>(string text, [MaybeNullWhen(false)] out T value);

/// <summary>The values that a setting takes: which they are, and how they are written.</summary>
/// <typeparam name="T">Their type.</typeparam>
/// <param name="Expects">What one looks like, after "give".</param>
/// <param name="Print">A value as <paramref name="Read"/> takes it, whatever the culture; null for one that stands for "not set".</param>
/// <param name="Read">Reads a text; whether the value is allowed is <paramref name="Holds"/>'s business.</param>
/// <param name="Holds">Whether a value is allowed.</param>
public sealed record Range<T>(string Expects, Func<T, string?> Print, Reader<T> Read, Predicate<T> Holds)
{
    /// <summary>What stands for a value in help. Default <c>TEXT</c>.</summary>
    public string Placeholder { get; init; } = "TEXT";

    /// <summary>Whether a value is a number or a truth value, which JSON writes without quotes.</summary>
    public bool IsLiteral { get; init; }

    /// <summary>The values, or what they begin with, where they can be listed: for completion and near names. Default none.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The values of this range that also hold for another predicate.</summary>
    public Range<T> Where(Predicate<T> holds, string expects) => this with { Expects = expects, Holds = value => Holds(value) && holds(value) };
}
