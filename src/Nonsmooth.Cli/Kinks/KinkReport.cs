using Nonsmooth.Selections;

namespace Nonsmooth.Cli.Kinks;

/// <summary>Everything in the dictionary that is not smooth, and what presets make of it.</summary>
/// <param name="Presets">Names of the presets, in the order in which the rows list their choices.</param>
/// <param name="Kinks">Isolated kinks along one variable.</param>
/// <param name="Ties">Points of functions of several variables at which arguments tie or vanish.</param>
/// <param name="NotPathDifferentiable">Functions without a conservative derivative.</param>
/// <param name="Zero">What the slope of a program that is identically 0 depends on.</param>
/// <param name="Keys">The keys of the standard dictionary and of solutions.</param>
/// <param name="Catalogue">Frameworks compared, libtorch measured.</param>
internal sealed record KinkReport(
    IReadOnlyList<string> Presets,
    IReadOnlyList<SlopeRow> Kinks,
    IReadOnlyList<TieRow> Ties,
    IReadOnlyList<JumpRow> NotPathDifferentiable,
    ZeroProgram Zero,
    IReadOnlyList<KeyRow> Keys,
    CatalogueSheet Catalogue);

/// <summary>One kink.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Attributes">Its attributes, or null.</param>
/// <param name="At">Where it kinks.</param>
/// <param name="Left">The slope on the left.</param>
/// <param name="Right">The slope on the right.</param>
/// <param name="Choices">What each preset selects.</param>
internal sealed record SlopeRow(
    string Function, string? Attributes, string At, double Left, double Right, IReadOnlyList<SlopeChoice> Choices);

/// <summary>A selected slope, what it is at the kink, and what the rule is that selects it.</summary>
internal sealed record SlopeChoice(double Slope, PointLabel Point, RuleLabel Rule);

/// <summary>One tie.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="At">The point, in words.</param>
/// <param name="Choices">What each preset selects.</param>
internal sealed record TieRow(string Function, string At, IReadOnlyList<GradientChoice> Choices);

/// <summary>A selected gradient, what it is at the tie, and what the rule is that selects it.</summary>
internal sealed record GradientChoice(IReadOnlyList<double> Gradient, PointLabel Point, RuleLabel Rule);

/// <summary>A function that jumps.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Where">Where it jumps.</param>
internal sealed record JumpRow(string Function, string Where);
