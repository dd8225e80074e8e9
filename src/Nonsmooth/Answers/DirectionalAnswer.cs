namespace Nonsmooth.Answers;

/// <summary>Derivatives along directions.</summary>
/// <param name="Derivatives">For each direction and each real output its derivative, row-major; none where time was over.</param>
/// <param name="Doubt">Why they are not certified (the point sits on a jump, a derivative is not finite, time was over); null where they are.</param>
/// <param name="Cost">What they cost.</param>
public sealed record DirectionalAnswer(IReadOnlyList<IReadOnlyList<double[]>> Derivatives, string? Doubt, AnswerCost Cost)
{
    /// <summary>The derivatives of a program with one output of one element: one a direction.</summary>
    public double[] Scalars => [.. Derivatives.Select(d => d.Single().Single())];
}
