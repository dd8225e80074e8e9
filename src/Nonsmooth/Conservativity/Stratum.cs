namespace Nonsmooth.Conservativity;

/// <summary>A set on which a function of one's own is smooth, given by a parametrisation.</summary>
/// <param name="Name">The set in words: <c>singular matrices</c>.</param>
/// <param name="Parameters">How many parameters there are, each between −2 and 2.</param>
/// <param name="Map">From parameters to a point of the set; smooth.</param>
public sealed record Stratum(string Name, int Parameters, Func<double[], double[]> Map);
