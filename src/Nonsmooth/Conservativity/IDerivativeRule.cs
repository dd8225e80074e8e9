namespace Nonsmooth.Conservativity;

/// <summary>A scalar function of a row of numbers, and a rule for its derivative.</summary>
internal interface IDerivativeRule
{
    /// <summary>Between which numbers each variable is drawn.</summary>
    IReadOnlyList<(double Low, double High)> Ranges { get; }

    /// <summary>Numbers at which variables may have kinks.</summary>
    IReadOnlyList<double> Kinks { get; }

    /// <summary>The function.</summary>
    double Value(double[] x);

    /// <summary>What the rule says backward.</summary>
    double[] Gradient(double[] x);

    /// <summary>What the rule says forward; null where there is no such rule.</summary>
    double? Tangent(double[] x, double[] direction);
}
