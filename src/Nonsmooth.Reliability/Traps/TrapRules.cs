using Nonsmooth.Reliability.Traps.Rules;

namespace Nonsmooth.Reliability.Traps;

/// <summary>The rules, the particular before the general. To add one: write its file and its row here.</summary>
internal static class TrapRules
{
    /// <summary>All rules.</summary>
    public static IReadOnlyList<ITrapRule> All { get; } =
    [
        new SelectSqrt(),
        new SelectLog(),
        new SelectDivide(),
        new SelectExp(),
        new ZeroTimesInfinity(),
        new EpsilonLost(),
        new StandardDeviationOfOne(),
        new StandardDeviation(),
        new VarianceWithoutEpsilon(),
        new VarianceByDifference(),
        new NormByHand(),
        new Hypot(),
        new Normalise(),
        new Cosine(),
        new LogOfSoftmax(),
        new LogOfSigmoid(),
        new LogSumExpByHand(),
        new SoftplusByHand(),
        new SoftmaxByHand(),
        new ExpOverflow(),
        new SigmoidByHand(),
        new XLogY(),
        new SoftmaxAllMasked(),
        new PowAtZero(),
        new SqrtAtZero(),
        new LogAtZero(),
        new DivisionByZero(),
        new LogOfEpsilon(),
        new EpsilonInDenominator(),
    ];
}
