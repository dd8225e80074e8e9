using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Audits;

/// <summary>Redraws the parameters of a network from a distribution that a study prescribes.</summary>
/// <remarks>Source: reliability specification, 2.1.</remarks>
internal static class ParameterDraw
{
    public static IReadOnlyList<Parameter> Of(IReadOnlyList<Parameter> parameters, DrawKind kind) => kind switch
    {
        DrawKind.Published => [.. parameters.Select(p => p with { Initializer = Published(p) })],
        DrawKind.FanIn => [.. parameters.Select(p => p with { Initializer = FanIn(p, parameters) })],
        _ => parameters,
    };

    private static Initializer Published(Parameter parameter) => parameter.Shape.Rank switch
    {
        4 => Initializer.Uniform(Math.Sqrt(6.0 / Fan(parameter))),
        2 => Initializer.Normal(0.01),
        _ => IsGain(parameter) ? Initializer.One : Initializer.Zero,
    };

    // A bias shares the bound of the weight of its module; a normalisation has none.
    private static Initializer FanIn(Parameter parameter, IReadOnlyList<Parameter> all)
    {
        var weight = parameter.Shape.Rank > 1 ? parameter : all.FirstOrDefault(p => p.Shape.Rank > 1 && Module(p) == Module(parameter));
        return weight is null ? parameter.Initializer : Initializer.FanIn(Fan(weight));
    }

    private static bool IsGain(Parameter parameter) => parameter.Name.EndsWith(".weight", StringComparison.Ordinal);

    private static string Module(Parameter parameter) => parameter.Name[..Math.Max(0, parameter.Name.LastIndexOf('.'))];

    private static long Fan(Parameter weight) => weight.Shape.Count64 / weight.Shape[0];
}
