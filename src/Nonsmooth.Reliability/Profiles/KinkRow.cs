using System.Collections.Immutable;
using Nonsmooth.Dictionary;
using Nonsmooth.Engines.Dialects;
using Nonsmooth.Engines.Spellings;
using Nonsmooth.LibTorch.Autograd;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Engines;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Profiles;

/// <summary>One point of one spelling of the catalogue at which frameworks have to choose, or at which users are surprised.</summary>
/// <param name="Group">The family, for headings.</param>
/// <param name="Id">A stable name.</param>
/// <param name="Spelling">The function, as it is written.</param>
/// <param name="Point">The point, all arguments in a row; the gradient is that of the sum of the function's values.</param>
public sealed record KinkRow(string Group, string Id, Spelling Spelling, IReadOnlyList<double> Point)
{
    /// <summary>The shape of the argument of a function of arrays; null for a vector.</summary>
    public Shape? Shape { get; init; }

    /// <summary>Whether the program under the default selection is libtorch's; the remark says why not.</summary>
    public bool ProgramIsLibTorch { get; init; } = true;

    /// <summary>How far around the point the function is looked at: less than the ε of functions that have one.</summary>
    public double Radius { get; init; } = 1e-6;

    /// <summary>What one should know of the row.</summary>
    public string? Remark { get; init; }

    /// <summary>The spelling whose recordings decide, where it is another one of the same function.</summary>
    public string? RecordedAs { get; init; }

    /// <summary>What is known of engines that are not run, by the profile's name.</summary>
    internal ImmutableDictionary<string, KinkClaim> Claims { get; init; } = ImmutableDictionary.Create<string, KinkClaim>(StringComparer.Ordinal);

    /// <summary>A row of a spelling's name.</summary>
    internal static KinkRow Of(string group, string id, string spelling, params IReadOnlyList<double> point) =>
        new(group, id, SpellingCatalogue.Find(spelling), point);

    /// <summary>Recorded of some engines: this gradient, or without one what the profile's selection gives.</summary>
    internal KinkRow Recorded(string profiles, params IReadOnlyList<double> gradient) => With(profiles, Claim(Evidence.Recorded, gradient));

    /// <summary>Read in some engines' sources.</summary>
    internal KinkRow Seen(string profiles, params IReadOnlyList<double> gradient) => With(profiles, Claim(Evidence.Seen, gradient));

    /// <summary>Remembered of some engines.</summary>
    internal KinkRow Recalled(string profiles, params IReadOnlyList<double> gradient) => With(profiles, Claim(Evidence.Recalled, gradient));

    /// <summary>Recorded of some engines whose function of that name is another one.</summary>
    internal KinkRow Another(string profiles, params IReadOnlyList<double> gradient) =>
        With(profiles, Claim(Evidence.Recorded, gradient) with { OfAnotherFunction = true });

    /// <summary>Recorded to be another gradient than before, and not which.</summary>
    internal KinkRow Changed(string profile) => With(profile, Claim(Evidence.Recorded, []) with { IsChanged = true });

    /// <summary>The function by libtorch's own operators.</summary>
    internal Func<AutogradTensor, AutogradTensor> Live
    {
        get
        {
            var function = LibTorchSpelling.Of(Spelling.Written);
            return x => function(Spelling.Arguments > 1 ? [.. Enumerable.Range(0, Point.Count).Select(i => x.Call("slice", "Tensor", 0, AutogradArgument.Some(i), AutogradArgument.Some(i + 1L), 1))]
                : Shape is { } shape ? [x.Call("view", "", AutogradArgument.List([.. shape.AsSpan().ToArray().Select(s => (long)s)]))]
                : [x]);
        }
    }

    /// <summary>The function in functions of the dictionary, as an engine composes it; null where the dictionary lacks one.</summary>
    internal Func<Variable, Variable>? Program(Dialect dialect)
    {
        IReadOnlyList<Shape> shapes = Spelling.Arguments > 1 ? [.. Point.Select(_ => new Shape(1))] : [Shape ?? new Shape(Point.Count)];
        return Spelling.Express(dialect, shapes).Program is null ? null : x => Spelling.Build(
            dialect,
            Spelling.Arguments > 1 ? [.. Point.Select((_, i) => x.Slice(0, i, i + 1))] : Shape is { } shape ? [x.Reshape(shape)] : [x]);
    }

    private static KinkClaim Claim(Evidence evidence, IReadOnlyList<double> gradient) => new(evidence, gradient.Count == 0 ? null : gradient);

    private KinkRow With(string profiles, KinkClaim claim) =>
        this with { Claims = Claims.SetItems(profiles.Split(' ').Select(p => KeyValuePair.Create(p, claim))) };
}
